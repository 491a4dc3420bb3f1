// A message as the server renders it. Its words are a client leaf, because the leaf that streams must draw Markdown in
// the browser anyway; so is its frame, which knows when the reply is complete. Everything else is made here, once.
import type { ReactNode } from 'react'
import type { Message } from '../../conversation/message'
import { isContinuation } from '../../ui/list/continuation'
import { MessageItem } from '../../ui/list/MessageItem'
import type { Nodes } from './flight'
import { LiveArticle } from './LiveArticle'
import { LiveBody } from './LiveBody'

/** Holds nothing of the reader: the same node goes to everybody. */
export function renderMessage(message: Message, previous: Message | undefined): ReactNode {
  return (
    <MessageItem message={message} continued={isContinuation(message, previous)} as={LiveArticle}>
      <LiveBody id={message.id} parts={message.parts} streaming={message.metadata.status === 'streaming'} />
    </MessageItem>
  )
}

/** Renders consecutive messages. */
export function renderMessages(messages: readonly Message[]): Nodes {
  return Object.fromEntries(messages.map((message, at) => [message.id, renderMessage(message, messages[at - 1])]))
}
