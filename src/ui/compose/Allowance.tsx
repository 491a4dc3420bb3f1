'use client'
// What is left of the day's tokens for whoever writes here, once most of it is gone [R154]. The room answers it to them alone, and is
// asked only where its owner set a budget: when they come in, when that changes, and when an answer of theirs has ended.
import { useEffect, useState } from 'react'
import type { AllowanceHere } from '../../conversation/budgets'
import type { RoomId } from '../../conversation/ids'
import { numeral } from '../basics/counted'
import { serverTime } from '../basics/server-clock'
import { useRecords } from '../frame/records'

/** The share from which on it is said. */
const NEARLY = 0.8

interface AllowanceProps {
  readonly room: RoomId
  /** Answers to this person that are under way. */
  readonly asking: number
}

export function Allowance({ room, asking }: AllowanceProps) {
  const [budget] = useRecords('budget')
  const [meter] = useRecords('meter')
  const [told, setTold] = useState<AllowanceHere | null>(null)
  const limits = budget?.value ?? null
  const isLimited = limits !== null && (limits.person !== null || limits.room !== null)
  // What changes when something else may be left.
  const moment = `${budget?.version ?? 0}.${asking}`
  useEffect(() => {
    if (!isLimited) return
    const left = new AbortController()
    void askAllowance(room, moment, left.signal).then((allowance) => {
      if (allowance && !left.signal.aborted) setTold(allowance)
    })
    return () => left.abort()
  }, [room, isLimited, moment])
  if (!isLimited || !told || (serverTime() ?? 0) >= told.resetsAt) return null
  // What others spend is known without asking: the meter says it to everybody.
  const ofRoom = meter && Date.parse(meter.value.day) === told.resetsAt - DAY_MS ? meter.value.today.input + meter.value.today.output : 0
  const person = { limit: limits.person, spent: told.person.spent }
  const all = { limit: limits.room, spent: Math.max(told.room.spent, ofRoom) }
  const isRoom = shareOf(all) > shareOf(person)
  const { limit, spent } = isRoom ? all : person
  if (limit === null || shareOf({ limit, spent }) < NEARLY) return null
  return (
    <p role="note" data-part="allowance" data-left-tokens={Math.max(0, limit - spent)} className="mx-auto w-full max-w-3xl px-4 pb-1 text-sm text-muted">
      {spent >= limit ? 'Nothing' : `${numeral(limit - spent)} tokens`} left of the {numeral(limit)} that {isRoom ? 'this room has' : 'you have here'} today,
      until 00:00 UTC.{' '}
      <a href={`/rooms/${room}/costs`} className="underline underline-offset-2">
        Costs
      </a>
    </p>
  )
}

const DAY_MS = 24 * 60 * 60 * 1000

function shareOf({ limit, spent }: { readonly limit: number | null; readonly spent: number }): number {
  if (limit === null) return 0
  return limit === 0 ? 1 : spent / limit
}

/** Null when it could not be had: then nothing is said. */
async function askAllowance(room: RoomId, moment: string, signal: AbortSignal): Promise<AllowanceHere | null> {
  try {
    const answered = await fetch(`/rooms/${room}/allowance?at=${moment}`, { signal, headers: { accept: 'application/json' } })
    return answered.ok ? await answered.json<AllowanceHere>() : null
  } catch {
    return null
  }
}
