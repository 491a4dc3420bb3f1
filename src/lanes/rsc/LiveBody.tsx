'use client'
// What a message says, in the rsc lane: the words that this client holds by now, or those that came with the rendering.
import type { MessageId } from '../../conversation/ids'
import type { Part } from '../../conversation/message'
import { MessageBody } from '../../ui/parts/MessageBody'
import { useLiveMessage } from './live-message'

interface LiveBodyProps {
  readonly id: MessageId
  readonly parts: readonly Part[]
  readonly streaming: boolean
}

export function LiveBody({ id, parts, streaming }: LiveBodyProps) {
  const live = useLiveMessage(id)
  return <MessageBody parts={live?.parts ?? parts} streaming={live ? live.metadata.status === 'streaming' : streaming} />
}
