'use client'
// The frame of a message in the rsc lane. That a reply is complete is told without rendering it again: only this changes.
import type { ComponentProps } from 'react'
import type { MessageId } from '../../conversation/ids'
import { statusAttributes } from '../../ui/list/Entry'
import { useLiveMessage } from './live-message'

interface LiveArticleProps extends ComponentProps<'article'> {
  readonly 'data-message-id': MessageId
}

export function LiveArticle(attributes: LiveArticleProps) {
  const live = useLiveMessage(attributes['data-message-id'])
  return <article {...attributes} {...(live ? statusAttributes(live.metadata.status) : {})} />
}
