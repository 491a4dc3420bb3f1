// A message as a row and back. Rows are ours: what is read here was written here.
import type { Amendments } from '../../conversation/amendment'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Failure, Message, MessageMetadata, MessageStatus, Part } from '../../conversation/message'
import type { MemberKind } from '../../conversation/member'

export interface MessageRow extends Record<string, SqlStorageValue> {
  seq: number
  id: string
  version: number
  author_id: string
  author_name: string
  author_kind: string
  status: string
  created_at: number
  reply_to: string | null
  parts: string
  failure: string | null
  tries: number
  asked_by: string | null
  started_at: number | null
  amended: string | null
  amended_version: number | null
}

export function messageFromRow(row: MessageRow): Message {
  const metadata: MessageMetadata = {
    seq: row.seq,
    version: row.version,
    author: { id: row.author_id as MemberId, name: row.author_name, kind: row.author_kind as MemberKind },
    status: row.status as MessageStatus,
    createdAt: row.created_at,
    ...(row.reply_to === null ? {} : { replyTo: row.reply_to as MessageId }),
    ...(row.asked_by === null ? {} : { askedBy: row.asked_by as MemberId }),
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    ...(row.failure === null ? {} : { failure: failureFrom(row.failure) }),
    ...(row.amended === null ? {} : { amended: { version: row.amended_version ?? 0, values: JSON.parse(row.amended) as Amendments } }),
  }
  return {
    id: row.id as MessageId,
    role: row.author_kind === 'agent' ? 'assistant' : 'user',
    metadata,
    parts: JSON.parse(row.parts) as Part[],
  }
}

/** Release 0.1 wrote a wait into the sentence and beside it, in ms from a moment that nobody kept: it is over. */
function failureFrom(json: string): Failure {
  const { retryAfterMs, ...failure } = JSON.parse(json) as Failure & { readonly retryAfterMs?: number }
  return retryAfterMs === undefined ? failure : { ...failure, text: failure.text.replace(/ Try again in [^.]*\.$/, '') }
}
