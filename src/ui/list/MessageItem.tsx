// One message. No hooks and no handlers, so that the server and the browser render the same thing; what is interactive
// in it are leaves that find the room by themselves.
import { memo } from 'react'
import { isEndTold } from '../../conversation/engaged'
import type { Message } from '../../conversation/message'
import { MessageBody } from '../parts/MessageBody'
import { EndToldContext } from '../parts/Stopped'
import { Engaged } from './Engaged'
import { EndNote, hasEndNote } from './EndNote'
import { Entry } from './Entry'

export interface MessageItemProps {
  readonly message: Message
  /** Goes on from the message before: its name and picture are left out. See isContinuation. */
  readonly continued?: boolean
}

export const MessageItem = memo(function MessageItem({ message, continued = false }: MessageItemProps) {
  const { author, seq, status, createdAt, amended, replyTo } = message.metadata
  return (
    <Entry
      id={message.id}
      seq={seq}
      author={author}
      status={status}
      {...(amended ? { amended } : {})}
      {...(replyTo ? { replyTo } : {})}
      createdAt={createdAt}
      continued={continued}
    >
      <MessageBody message={message} />
      <Engaged message={message} />
      {hasEndNote(message) ? (
        <EndToldContext value={isEndTold(message.metadata)}>
          <EndNote message={message} />
        </EndToldContext>
      ) : null}
    </Entry>
  )
})
