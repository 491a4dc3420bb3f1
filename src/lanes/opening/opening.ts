// What a page is opened with: the newest messages, handed to its components, or left in its document, where the rows
// stand in the HTML and the messages beside them.
import type { MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import type { Snapshot } from '../../conversation/page'
import { hearPageTime } from '../../ui/basics/server-clock'
import { messagesInDocument } from './document-data'

/** A snapshot whose messages are in the document. */
export interface Opening extends Omit<Snapshot, 'messages'> {
  readonly inDocument: {
    readonly isEmpty: boolean
    /** Whether an answer is being written, or is to be. */
    readonly answering: boolean
  }
}

export type Initial = Snapshot | Opening

/** While the server renders, one row stands for all: where it is shown, the rows that were rendered for everybody are put in. */
const STAND_IN = 'rows-of-the-page' as MessageId

export function isStandIn({ id }: { readonly id: MessageId }): boolean {
  return id === STAND_IN
}

/** What a lane's client begins with: here the same as what its HTML shows. */
export function snapshotFrom(initial: Initial): Snapshot {
  if (typeof document !== 'undefined') hearPageTime(initial.now)
  if (!('inDocument' in initial)) return initial
  const { inDocument, ...snapshot } = initial
  if (typeof document !== 'undefined') return { ...snapshot, messages: messagesInDocument() }
  return { ...snapshot, messages: inDocument.isEmpty ? [] : [standIn(inDocument.answering)] }
}

function standIn(answering: boolean): Message {
  const author = { id: STAND_IN as string as Message['metadata']['author']['id'], name: '', kind: 'agent' } as const
  return { id: STAND_IN, role: 'assistant', metadata: { seq: 1, version: 0, author, status: answering ? 'streaming' : 'complete', createdAt: 0 }, parts: [] }
}
