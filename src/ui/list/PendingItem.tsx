// A post that the room has not acknowledged, or has refused. Only its author ever sees it.
import type { Member } from '../../conversation/member'
import type { Pending } from '../../conversation/room-client'
import { useDeviceSeconds } from '../basics/server-seconds'
import { waitInWords, waitLeft } from '../basics/wait'
import { Notice } from '../parts/Notice'
import { TextPart } from '../parts/TextPart'
import { Entry } from './Entry'
import { PendingButtons } from './PendingButtons'

export interface PendingItemProps {
  readonly post: Pending
  readonly author: Member
  /** What is sent now is acknowledged in a moment. */
  readonly connected?: boolean
  readonly continued?: boolean
}

export function PendingItem({ post, author, connected = true, continued = false }: PendingItemProps) {
  const { refusal, refusedAt, isKept = true } = post
  const now = useDeviceSeconds(refusal?.retryAfterMs !== undefined)
  const wait = waitLeft(refusal?.retryAfterMs, refusedAt, now)
  const status = refusal ? 'failed' : 'pending'
  return (
    <Entry
      id={post.id}
      seq={null}
      author={author}
      status={status}
      {...(post.replyTo ? { replyTo: post.replyTo } : {})}
      createdAt={post.createdAt}
      continued={continued}
    >
      <TextPart text={post.text} streaming={false} />
      {refusal ? (
        <Notice tone="danger" buttons={<PendingButtons post={post} waits={wait > 0} />}>
          Not sent. {refusal.message}
          {wait > 0 ? <span data-part="wait"> You can send it again in {waitInWords(wait)}.</span> : null}
          {isKept ? null : ` ${UNKEPT}`}
        </Notice>
      ) : isKept || connected ? null : (
        <Notice tone="calm" buttons={null}>
          {UNKEPT}
        </Notice>
      )}
    </Entry>
  )
}

const UNKEPT = 'This browser cannot keep it: leave this page open until it is sent.'
