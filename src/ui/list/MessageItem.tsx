// One message. No hooks and no handlers, so that the server and the browser render the same thing; what is interactive
// in it are leaves that find the room by themselves.
import { memo } from 'react'
import type { Message } from '../../conversation/message'
import { MessageBody } from '../parts/MessageBody'
import { Engaged } from './Engaged'
import { EndNote, hasEndNote } from './EndNote'
import { Entry } from './Entry'

export interface MessageItemProps {
  readonly message: Message
  /** Goes on from the message before: its name and picture are left out. See isContinuation. */
  readonly continued?: boolean
}

export const MessageItem = memo(function MessageItem({ message, continued = false }: MessageItemProps) {
  const { author, seq, status, createdAt, amended } = message.metadata
  return (
    <Entry id={message.id} seq={seq} author={author} status={status} {...(amended ? { amended } : {})} createdAt={createdAt} continued={continued}>
      <MessageBody message={message} />
      <Engaged message={message} />
      {hasEndNote(message) ? <EndNote message={message} /> : null}
    </Entry>
  )
})
