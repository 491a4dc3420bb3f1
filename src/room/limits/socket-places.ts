// Whether a room has a place for one more socket. A room full of newcomers, or of one address, never locks its owner out,
// nor those who had a place there before.
import { refuse, type Refusal } from '../../conversation/refusal'
import { MAX_SOCKETS_OF_ADDRESS, MAX_SOCKETS_OF_PERSON, PLACES, PLACES_AT_ADDRESS, type Standing } from '../../limits/limits'

const OF_PERSON = `You have this room open ${MAX_SOCKETS_OF_PERSON} times already. Close some of them, and load this page again.`
const OF_ADDRESS = 'This room is open too many times in your network. Try again in a minute.'
const FULL = 'This room is full. Try again in a minute.'

/** What is open now. `ofAddress` is 0 where addresses are not counted. */
export interface Open {
  readonly all: number
  readonly ofPerson: number
  readonly ofAddress: number
}

/** Null when there is a place. */
export function refusePlace({ all, ofPerson, ofAddress }: Open, standing: Standing): Refusal | null {
  if (all >= PLACES[standing]) return refuse('room_full', FULL, 60_000).refusal
  if (ofPerson >= MAX_SOCKETS_OF_PERSON) return refuse('too_many_sockets', OF_PERSON).refusal
  if (ofAddress >= MAX_SOCKETS_OF_ADDRESS * PLACES_AT_ADDRESS[standing]) return refuse('too_many_sockets', OF_ADDRESS, 60_000).refusal
  return null
}
