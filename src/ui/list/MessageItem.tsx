// One message. No hooks and no handlers, so that the server and the browser render the same thing; what is interactive
// in it are leaves that find the room by themselves.
import { memo, type ElementType, type ReactNode } from 'react'
import { isRetryable, type Message } from '../../conversation/message'
import { Entry } from './Entry'
import { MessageBody } from '../parts/MessageBody'
import { StatusNote } from '../parts/StatusNote'
import { RetryButton } from './RetryButton'

export interface MessageItemProps {
  readonly message: Message
  /** Goes on from the message before: its name and picture are left out. See isContinuation. */
  readonly continued?: boolean
  /** What stands for the `article` around it. */
  readonly as?: ElementType
  /** A body to show in place of the message's parts. */
  readonly children?: ReactNode
}

export const MessageItem = memo(function MessageItem({ message, continued = false, as, children }: MessageItemProps) {
  const { author, seq, status, createdAt, failure } = message.metadata
  const streaming = status === 'streaming'
  const isReply = author.kind === 'agent'
  return (
    <Entry id={message.id} seq={seq} author={author} status={status} createdAt={createdAt} continued={continued} {...(as ? { as } : {})}>
      {children ?? <MessageBody parts={message.parts} streaming={streaming} />}
      {isReply && isRetryable(status) ? (
        <StatusNote status={status} {...(failure ? { failure } : {})}>
          <RetryButton id={message.id} />
        </StatusNote>
      ) : null}
    </Entry>
  )
})
