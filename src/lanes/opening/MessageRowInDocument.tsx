// One row of the lanes that draw a message from its data alone. It is drawn again when its message is another, and not
// whenever the list is.
import { memo } from 'react'
import { MessageItem, type MessageItemProps } from '../../ui/list/MessageItem'
import { RowInDocument } from './RowInDocument'

export const MessageRowInDocument = memo(function MessageRowInDocument({ message, continued = false }: MessageItemProps) {
  return (
    <RowInDocument id={message.id}>
      <MessageItem message={message} continued={continued} />
    </RowInDocument>
  )
})
