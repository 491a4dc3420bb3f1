'use client'
// The frame of a message in the rsc lane, and its words: what changes while it is shown is drawn here, from the message
// as this client holds it. What the server decided about the message comes in.
import type { ReactNode } from 'react'
import { Engaged } from '../../ui/list/Engaged'
import { EntryFrame } from '../../ui/list/Entry'
import { MessageBody } from '../../ui/parts/MessageBody'
import { useLiveMessage } from './live-message'

interface LiveArticleProps {
  /** Who and when; left out for a message that goes on from the one before. */
  readonly head?: ReactNode
  /** Why a reply is not whole. */
  readonly note?: ReactNode
}

export function LiveArticle({ head, note }: LiveArticleProps) {
  const message = useLiveMessage()
  if (!message) return null
  const { author, seq, status, amended } = message.metadata
  return (
    <EntryFrame id={message.id} seq={seq} author={author} status={status} {...(amended ? { amended } : {})} head={head}>
      <MessageBody message={message} />
      <Engaged message={message} />
      {note}
    </EntryFrame>
  )
}
