'use client'
// What is left of the day for whoever writes here: of what the room's owner allows, in tokens, and of what the instance does, in answers.
// The room answers it to them alone, and is asked only where its owner set a budget or they begin to write: when they come in, when a
// budget changes, and when an answer of theirs has ended.
import { useEffect, useState } from 'react'
import type { AllowanceHere, RoomSpender } from '../../conversation/budgets'
import type { RoomId } from '../../conversation/ids'
import { serverTime } from '../basics/server-clock'
import type { Spent } from '../forecast/forecast'
import { useRecords } from '../frame/records'
import { useRoomState } from '../frame/room-state'

/** What was told, with the answers that the instance still gives them; null where it does not count them. */
interface Told extends AllowanceHere {
  readonly answers: number | null
}

export interface Left {
  /** The tighter of the room's budgets; null where there is none. */
  readonly tokens: { readonly of: RoomSpender; readonly limit: number; readonly spent: number } | null
  readonly answers: number | null
}

/** Then whatever would ask an agent is refused. */
export function spentOf(left: Left | null): Spent | null {
  if (left?.tokens && left.tokens.spent >= left.tokens.limit) return left.tokens.of
  return left?.answers === 0 ? 'answers' : null
}

/** `asking`: answers to this person that are under way. Null while nothing is known. */
export function useLeft(room: RoomId, asking: number, isWriting: boolean): Left | null {
  const [budget] = useRecords('budget')
  const [meter] = useRecords('meter')
  const [told, setTold] = useState<Told | null>(null)
  const [wrote, setWrote] = useState(false)
  if (isWriting && !wrote) setWrote(true)
  const isConnected = useRoomState(({ connection }) => connection === 'connected', false)
  const limits = budget?.value ?? null
  const isLimited = limits !== null && (limits.person !== null || limits.room !== null)
  // Where nothing is counted, once is enough.
  const isCounted = isLimited || (told !== null && told.answers !== null)
  const moment = isCounted ? `${budget?.version ?? 0}.${asking}` : '0.0'
  const asks = isConnected && (isLimited || wrote)
  useEffect(() => {
    if (!asks) return
    const left = new AbortController()
    void askAllowance(room, moment, left.signal).then((allowance) => {
      if (allowance && !left.signal.aborted) setTold(allowance)
    })
    return () => left.abort()
  }, [room, asks, moment])
  if (!told || (serverTime() ?? 0) >= told.resetsAt) return null
  // What others spend is known without asking: the meter says it to everybody.
  const ofRoom = meter && Date.parse(meter.value.day) === told.resetsAt - DAY_MS ? meter.value.today.input + meter.value.today.output : 0
  const person = { of: 'person', limit: limits?.person ?? null, spent: told.person.spent } as const
  const all = { of: 'room', limit: limits?.room ?? null, spent: Math.max(told.room.spent, ofRoom) } as const
  const { of, limit, spent } = shareOf(all) > shareOf(person) ? all : person
  return { tokens: limit === null ? null : { of, limit, spent }, answers: told.answers }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** From 0 on; 1 is all of it. */
export function shareOf({ limit, spent }: { readonly limit: number | null; readonly spent: number }): number {
  if (limit === null) return 0
  return limit === 0 ? 1 : spent / limit
}

/** Null when it could not be had: then nothing is said. */
async function askAllowance(room: RoomId, moment: string, signal: AbortSignal): Promise<Told | null> {
  try {
    const answered = await fetch(`/rooms/${room}/allowance?at=${moment}`, { signal, headers: { accept: 'application/json' } })
    return answered.ok ? await answered.json<Told>() : null
  } catch {
    return null
  }
}
