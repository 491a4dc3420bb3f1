// What is left of the day's tokens for whoever writes here, once most of it is gone [R154].
import type { RoomId } from '../../conversation/ids'
import { numeral } from '../basics/counted'
import { type Left, shareOf } from './left'

/** The share from which on it is said. */
const NEARLY = 0.8

interface AllowanceProps {
  readonly room: RoomId
  readonly left: Left | null
}

export function Allowance({ room, left }: AllowanceProps) {
  if (!left?.tokens || shareOf(left.tokens) < NEARLY) return null
  const { of, limit, spent } = left.tokens
  return (
    <p role="note" data-part="allowance" data-left-tokens={Math.max(0, limit - spent)} className="mx-auto w-full max-w-3xl px-4 pb-1 text-sm text-muted">
      {spent >= limit ? 'Nothing' : `${numeral(limit - spent)} tokens`} left of the {numeral(limit)} that {of === 'room' ? 'this room has' : 'you have here'}{' '}
      today, until 00:00 UTC.{' '}
      <a href={`/rooms/${room}/costs`} className="underline underline-offset-2">
        Costs
      </a>
    </p>
  )
}
