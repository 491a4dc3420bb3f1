// A message as the server renders it. Its frame and its words are a client leaf, because the leaf that streams must draw
// Markdown in the browser anyway, and knows when the reply is complete. Everything else is made here, once.
import type { ReactNode } from 'react'
import type { Message } from '../../conversation/message'
import { isContinuation } from '../../ui/list/continuation'
import { EntryHead } from '../../ui/list/Entry'
import { EndNote, hasEndNote } from '../../ui/list/EndNote'
import type { Initial } from '../opening/opening'
import type { Nodes } from './flight'
import { LiveArticle } from './LiveArticle'

/** Holds nothing of the reader: the same node goes to everybody. */
export function renderMessage(message: Message, previous: Message | undefined): ReactNode {
  const { author, status, createdAt } = message.metadata
  return (
    <LiveArticle
      {...(isContinuation(message, previous) ? {} : { head: <EntryHead author={author} status={status} createdAt={createdAt} /> })}
      {...(hasEndNote(message) ? { note: <EndNote message={message} /> } : {})}
    />
  )
}

/** Renders consecutive messages, each in its place. */
export function renderRows(messages: readonly Message[]): readonly ReactNode[] {
  return messages.map((message, at) => renderMessage(message, messages[at - 1]))
}

/** The same, by id. */
export function renderMessages(messages: readonly Message[]): Nodes {
  const rows = renderRows(messages)
  return Object.fromEntries(messages.map(({ id }, at) => [id, rows[at]]))
}

/** The rendering of a page's messages, where they are not in its document. */
export function renderedIn(initial: Initial): { readonly nodes?: Nodes } {
  return 'inDocument' in initial ? {} : { nodes: renderMessages(initial.messages) }
}
