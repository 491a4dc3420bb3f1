// The message that the next one replies to, as the box keeps it with its draft: enough to show it, and to know when it is gone.
import { isFields } from '../../conversation/fields'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Message } from '../../conversation/message'
import type { AnyRoomState } from '../frame/room-state'
import { excerptOf } from '../list/excerpt'

export interface ReplyTarget {
  readonly id: MessageId
  readonly seq: number
  readonly author: Member
  /** Its first words, in one line. */
  readonly words: string
}

export function targetOf(message: Message): ReplyTarget {
  const { seq, author } = message.metadata
  return { id: message.id, seq, author: { id: author.id, name: author.name, kind: author.kind }, words: excerptOf(message) }
}

/** Whether the room has it no more. What was not loaded may be there. */
export function isGone({ id, seq }: ReplyTarget, { connection, rows, hasEarlier }: Pick<AnyRoomState, 'connection' | 'rows' | 'hasEarlier'>): boolean {
  const [first] = rows
  // What a device has kept may be of yesterday.
  if (connection !== 'connected') return false
  if (!first) return !hasEarlier
  // There is no hole in the seqs of a list.
  if (rows[seq - first.seq]?.id === id) return false
  return first.seq <= seq ? rows.length > seq - first.seq : !hasEarlier
}

/** As it is kept beside a draft, which anything may have written. */
export function parseTarget(kept: string | null): ReplyTarget | null {
  try {
    const found: unknown = JSON.parse(kept ?? 'null')
    return isTarget(found) ? found : null
  } catch {
    return null
  }
}

function isTarget(value: unknown): value is ReplyTarget {
  if (!isFields(value)) return false
  const { id, seq, words, author } = value
  return typeof id === 'string' && typeof seq === 'number' && typeof words === 'string' && isMember(author)
}

function isMember(value: unknown): boolean {
  if (!isFields(value)) return false
  const { id, name, kind } = value
  return typeof id === 'string' && typeof name === 'string' && (kind === 'person' || kind === 'agent')
}
