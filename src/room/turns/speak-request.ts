// What a turn is given to speak with.
import type { Grant } from '../../agents/turn/grant'
import type { RosterAgent } from '../../agents/roster'
import type { TurnInput } from '../../agents/turn/turn'
import type { Member } from '../../conversation/member'
import type { Memory } from '../../conversation/memory'
import type { Message } from '../../conversation/message'
import type { Planned } from '../../models/room-reader'
import type { History } from '../history/history'

export interface SpeakRequest extends Pick<TurnInput, 'parts' | 'heard' | 'context' | 'admit' | 'ask' | 'answersTo' | 'began' | 'until'> {
  readonly reply: Message
  /** Its author; null when the room has no such agent any more. */
  readonly agent: RosterAgent | null
  /** All of the room, in the order in which they answer. */
  readonly agents: readonly RosterAgent[]
  readonly roomName: string
  readonly here: readonly Member[]
  readonly history: History
  /** What the room remembers, newest first. */
  readonly notes: readonly Memory[]
  /** What it has planned, the next first. */
  readonly plans: readonly Planned[]
  readonly signal: AbortSignal
  /** What may be called in this turn. */
  tools(): Promise<TurnInput['tools']>
  /** Asks for a call of a model, which somebody's budget pays for. */
  readonly grant: Grant
}
