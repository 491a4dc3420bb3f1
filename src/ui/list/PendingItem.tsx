// A post that the room has not acknowledged, or has refused. Only its author ever sees it.
import type { Member } from '../../conversation/member'
import type { Pending } from '../../conversation/room-client'
import { Entry } from './Entry'
import { Notice } from '../parts/Notice'
import { TextPart } from '../parts/TextPart'
import { PendingButtons } from './PendingButtons'
import { waitInWords } from '../basics/wait'

export interface PendingItemProps {
  readonly post: Pending
  readonly author: Member
  readonly continued?: boolean
}

export function PendingItem({ post, author, continued = false }: PendingItemProps) {
  const { refusal } = post
  const status = refusal ? 'failed' : 'pending'
  return (
    <Entry id={post.id} seq={null} author={author} status={status} createdAt={post.createdAt} continued={continued}>
      <TextPart text={post.text} streaming={false} />
      {refusal ? (
        <Notice tone="danger" buttons={<PendingButtons post={post} />}>
          Not sent. {refusal.message}
          {refusal.retryAfterMs === undefined ? null : ` You can send it again in ${waitInWords(refusal.retryAfterMs)}.`}
        </Notice>
      ) : null}
    </Entry>
  )
}
