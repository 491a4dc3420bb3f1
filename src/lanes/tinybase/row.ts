// A message as a row of the store. Row and stamps are functions of the message alone, so that a room and its clients
// agree on them without telling each other: what both hold is never sent again.
import { lastChange, type Amended } from '../../conversation/amendment'
import type { MergeableChanges } from 'tinybase/mergeable-store'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Failure, Message, MessageStatus, Part } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'
import { recordChanges } from './record-row'
import { stamped } from './stamp'
import type { RoomRecord } from '../../conversation/record'

export const MESSAGES = 'messages'

/** Scalars only. Every row has every cell, empty where there is nothing: one left over from the slot's last message would belong to nobody. */
export interface MessageCells {
  readonly id: MessageId
  readonly seq: number
  readonly version: number
  /** JSON. */
  readonly author: string
  readonly status: MessageStatus
  readonly createdAt: number
  readonly replyTo: MessageId | ''
  readonly askedBy: MemberId | ''
  /** 0 for none. */
  readonly startedAt: number
  /** JSON. */
  readonly failure: string
  /** Text alone, which nearly every message is, stays plain; anything else is JSON in `parts`. */
  readonly text: string
  readonly parts: string
  /** JSON of what was amended since, with its version. */
  readonly amended: string
}

/** The store's own beginnings of strings: it refuses text that starts with them. */
const RESERVED = /^[\uFFFC\uFFFD]/

/** The slot of a message in the ring: the message a page later takes its place. */
export function slotOf(seq: number): string {
  return String(seq % PAGE_SIZE)
}

/** The changes that put these messages and records into a store. */
export function changesFor(messages: readonly Message[], records: readonly RoomRecord[] = []): MergeableChanges {
  const rows = Object.fromEntries(messages.map((message) => [slotOf(message.metadata.seq), [stampedCells(message)] as [ReturnType<typeof stampedCells>]]))
  return [[{ ...(messages.length === 0 ? {} : { [MESSAGES]: [rows] }), ...recordChanges(records) }], [{}], 1]
}

/** What was said and what was amended change apart. The newer of both, because the slot's last message may have been amended last. */
function stampedCells(message: Message): { [cell: string]: [string | number, string] } {
  const { amended, ...said } = cellsOf(message)
  return { ...stamped(said, message.metadata.version), ...stamped({ amended }, lastChange(message.metadata)) }
}

function cellsOf({ id, metadata, parts }: Message): MessageCells {
  const { seq, version, author, status, createdAt, replyTo, askedBy, startedAt, failure, amended } = metadata
  return {
    id,
    seq,
    version,
    author: JSON.stringify({ id: author.id, name: author.name, kind: author.kind }),
    status,
    createdAt,
    replyTo: replyTo ?? '',
    askedBy: askedBy ?? '',
    startedAt: startedAt ?? 0,
    failure: failure ? JSON.stringify(failure) : '',
    // What an open reply has said so far is no business of the store: it travels as growth.
    ...(status === 'streaming' ? { text: '', parts: '' } : saidBy(parts)),
    amended: amended ? JSON.stringify(amended) : '',
  }
}

function saidBy(parts: readonly Part[]): Pick<MessageCells, 'text' | 'parts'> {
  const [only] = parts
  if (!only) return { text: '', parts: '' }
  const plain = parts.length === 1 && only.type === 'text' && Object.keys(only).length === 2 && only.text !== '' && !RESERVED.test(only.text)
  return plain ? { text: only.text, parts: '' } : { text: '', parts: JSON.stringify(parts) }
}

/** The message of a row that `changesFor` made. */
export function messageFrom({
  id,
  seq,
  version,
  status,
  createdAt,
  replyTo,
  askedBy,
  startedAt,
  failure,
  text,
  parts,
  amended,
  ...cells
}: MessageCells): Message {
  const author = JSON.parse(cells.author) as Member
  return {
    id,
    role: author.kind === 'agent' ? 'assistant' : 'user',
    metadata: {
      seq,
      version,
      author,
      status,
      createdAt,
      ...(replyTo === '' ? {} : { replyTo }),
      // A row that this device kept from an older release has no such cells.
      ...(askedBy ? { askedBy } : {}),
      ...(startedAt ? { startedAt } : {}),
      ...(failure === '' ? {} : { failure: JSON.parse(failure) as Failure }),
      ...(amended ? { amended: JSON.parse(amended) as Amended } : {}),
    },
    parts: partsFrom(text, parts),
  }
}

function partsFrom(text: string, parts: string): readonly Part[] {
  if (parts !== '') return JSON.parse(parts) as Part[]
  return text === '' ? [] : [{ type: 'text', text }]
}
