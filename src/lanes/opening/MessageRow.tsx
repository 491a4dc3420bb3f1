// One row of the lanes that draw a message from its data alone.
import { memo, type ReactNode } from 'react'
import { isContinuation } from '../../ui/list/continuation'
import { MessageItem, type MessageItemProps } from '../../ui/list/MessageItem'
import type { MessageRow } from '../message-rows'
import { isStandIn } from './opening'
import { RowInDocument } from './RowInDocument'
import { RowsPlace } from './RowsPlace'

export function renderMessageRow(row: MessageRow, previous: MessageRow | undefined): ReactNode {
  if (isStandIn(row)) return <RowsPlace />
  return <DrawnMessage message={row.message} continued={isContinuation(row.message, previous?.message)} />
}

/** Drawn again when its message is another, and not whenever its page is. */
const DrawnMessage = memo(function DrawnMessage({ message, continued = false }: MessageItemProps) {
  return (
    <RowInDocument id={message.id}>
      <MessageItem message={message} continued={continued} />
    </RowInDocument>
  )
})
