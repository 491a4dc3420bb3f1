// Rows of the lanes whose browser draws the messages itself: one row per message object, so that what did not change is
// not drawn again.
import type { Message } from '../conversation/message'
import type { RowKey } from '../conversation/room-client'
import type { Timeline } from '../conversation/timeline'
import type { Shown } from './client/base-client'

export interface MessageRow extends RowKey {
  readonly message: Message
}

const rowOf = new WeakMap<Message, MessageRow>()

export function shownOf({ messages, hasEarlier, here, hereCount }: Timeline): Shown<MessageRow> {
  return { rows: messages.map((message) => row(message, messages)), hasEarlier, here, hereCount }
}

/** For the row of a reply that is being written: who may stop it. */
export function askedBy({ metadata }: Message, all: readonly Message[]): Pick<RowKey, 'askedBy'> {
  if (metadata.status !== 'streaming') return {}
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
