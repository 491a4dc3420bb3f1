// What a turn is given to speak with.
import type { Grant } from '../../agents/grant'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { History } from '../history/history'

export interface SpeakRequest {
  readonly reply: Message
  readonly roomName: string
  readonly here: readonly Member[]
  readonly history: History
  readonly signal: AbortSignal
  /** Asks for a call of a model, which somebody's budget pays for. */
  readonly grant: Grant
}
