// A message as a row of the store. Row and stamps are functions of the message alone, so that a room and its clients
// agree on them without telling each other: what both hold is never sent again.
import { getHlcFunctions } from 'tinybase/common'
import type { MergeableChanges } from 'tinybase/mergeable-store'
import type { Row } from 'tinybase/store'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Failure, Message, MessageStatus, Part } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'

export const MESSAGES = 'messages'

/** The store's own beginnings of strings: it refuses text that starts with them. */
const RESERVED = /^[\uFFFC\uFFFD]/

const [, , encodeHlc] = getHlcFunctions('room')

/** The slot of a message in the ring: the message a page later takes its place. */
export function slotOf(seq: number): string {
  return String(seq % PAGE_SIZE)
}

/** The changes that put these messages into a store. */
export function changesFor(messages: readonly Message[]): MergeableChanges {
  const rows = Object.fromEntries(messages.map((message) => [slotOf(message.metadata.seq), [stampedCells(message)] as [ReturnType<typeof stampedCells>]]))
  return [[{ [MESSAGES]: [rows] }], [{}], 1]
}

/**
 * The stamp's time is the room's version, which grows by one with every change. No wall clock takes part in the merge:
 * a device whose clock is minutes off neither misses anything nor wins anything.
 */
function stampedCells(message: Message): { [cell: string]: [string | number, string] } {
  const hlc = encodeHlc(message.metadata.version, 0)
  return Object.fromEntries(Object.entries(cellsOf(message)).map(([cell, value]) => [cell, [value, hlc]]))
}

/** Every row has every cell, empty where there is nothing: a cell left over from the slot's last message would belong to nobody. */
function cellsOf({ id, metadata, parts }: Message): Record<string, string | number> {
  const { seq, version, author, status, createdAt, replyTo, failure } = metadata
  return {
    id,
    seq,
    version,
    author: JSON.stringify({ id: author.id, name: author.name, kind: author.kind }),
    status,
    createdAt,
    replyTo: replyTo ?? '',
    failure: failure ? JSON.stringify(failure) : '',
    // What an open reply has said so far is no business of the store: it travels as growth.
    ...(status === 'streaming' ? { text: '', parts: '' } : saidBy(parts)),
  }
}

/** Text alone, which nearly every message is, stays plain. */
function saidBy(parts: readonly Part[]): { text: string; parts: string } {
  const [only] = parts
  if (!only) return { text: '', parts: '' }
  const plain = parts.length === 1 && only.type === 'text' && Object.keys(only).length === 2 && only.text !== '' && !RESERVED.test(only.text)
  return plain ? { text: only.text, parts: '' } : { text: '', parts: JSON.stringify(parts) }
}

/** The message of a row that `changesFor` made. */
export function messageFrom(row: Row): Message {
  const author = JSON.parse(String(row['author'])) as Member
  const replyTo = String(row['replyTo'])
  const failure = String(row['failure'])
  return {
    id: String(row['id']) as MessageId,
    role: author.kind === 'agent' ? 'assistant' : 'user',
    metadata: {
      seq: Number(row['seq']),
      version: Number(row['version']),
      author,
      status: String(row['status']) as MessageStatus,
      createdAt: Number(row['createdAt']),
      ...(replyTo === '' ? {} : { replyTo: replyTo as MessageId }),
      ...(failure === '' ? {} : { failure: JSON.parse(failure) as Failure }),
    },
    parts: partsFrom(String(row['text']), String(row['parts'])),
  }
}

function partsFrom(text: string, parts: string): readonly Part[] {
  if (parts !== '') return JSON.parse(parts) as Part[]
  return text === '' ? [] : [{ type: 'text', text }]
}
