// Rows of the lanes whose browser draws the messages itself: one row per message object, so that what did not change is
// not drawn again.
import { isUnfinished, type Message } from '../conversation/message'
import type { RowKey } from '../conversation/room-client'
import type { Timeline } from '../conversation/timeline'
import type { Shown } from './client/base-client'

export interface MessageRow extends RowKey {
  readonly message: Message
}

const rowOf = new WeakMap<Message, MessageRow>()

/** `before`: what was shown the last time, if anything was. */
export function shownOf({ messages, hasEarlier, records, here, hereCount }: Timeline, before: KnownRows<MessageRow> = NO_ROWS): Shown<MessageRow> {
  return { rows: rowsOf(messages, before, (message) => row(message, messages)), hasEarlier, records, here, hereCount }
}

/** Messages and the row of each. */
export interface KnownRows<Row> {
  readonly messages: readonly Message[]
  readonly rows: readonly Row[]
}

export const NO_ROWS: KnownRows<never> = { messages: [], rows: [] }

/** A row for each message. Where the message before was the same, so is the row: a list of thousands is only looked through. */
export function rowsOf<Row>(messages: readonly Message[], { messages: known, rows }: KnownRows<Row>, make: (message: Message) => Row): readonly Row[] {
  const shown: Row[] = rows.slice(0, messages.length)
  // By hand, because this runs with every tick: nothing is called for what stays.
  for (let at = 0; at < messages.length; at += 1) {
    const message = messages[at]
    if (message && (message !== known[at] || at >= rows.length)) shown[at] = make(message)
  }
  return shown
}

/** For the row of a reply that is being written, or waits for its turn or for people: who may stop it. */
export function askedBy({ metadata }: Message, all: readonly Message[]): Pick<RowKey, 'askedBy'> {
  if (!isUnfinished(metadata.status)) return {}
  const asker = metadata.askedBy ?? all.findLast(({ id }) => id === metadata.replyTo)?.metadata.author.id
  return asker === undefined ? {} : { askedBy: asker }
}

function row(message: Message, all: readonly Message[]): MessageRow {
  const known = rowOf.get(message)
  if (known) return known
  const { seq, status } = message.metadata
  const made = { id: message.id, seq, status, message, ...askedBy(message, all) }
  rowOf.set(message, made)
  return made
}
