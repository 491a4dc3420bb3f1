// The frame of every message, sent or not: who, when, and the attributes by which programs find it.
import type { ElementType, ReactNode } from 'react'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { MessageStatus } from '../../conversation/message'
import { AgentBadge } from '../people/AgentBadge'
import { Avatar } from '../people/Avatar'
import { Timestamp } from './Timestamp'

export interface EntryProps {
  readonly id: MessageId
  /** Null while the room has not given it a place. */
  readonly seq: number | null
  readonly author: Member
  readonly status: MessageStatus
  readonly createdAt: number
  readonly continued: boolean
  /** What stands for the `article`: a leaf that knows a newer status. */
  readonly as?: ElementType
  readonly children: ReactNode
}

/** The attributes of an entry that change while it is shown. */
export function statusAttributes(status: MessageStatus) {
  return { 'data-status': status, 'aria-busy': status === 'streaming' } as const
}

export function Entry({ id, seq, author, status, createdAt, continued, as: Article = 'article', children }: EntryProps) {
  const isAgent = author.kind === 'agent'
  return (
    <Article
      data-message-id={id}
      data-seq={seq ?? ''}
      data-author={author.id}
      data-author-kind={author.kind}
      {...statusAttributes(status)}
      aria-label={isAgent ? `${author.name}, AI` : author.name}
      className={`grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 rounded-lg px-2 ${continued ? 'pt-1.5' : 'pt-4'}`}
    >
      {continued ? <Margin sending={status === 'pending'} /> : <Avatar member={author} />}
      <div className="min-w-0">
        {continued ? null : (
          <header className="mb-0.5 flex min-h-5 flex-wrap items-center gap-x-2 leading-5">
            <span className="min-w-0 truncate text-[0.9375rem] font-semibold text-ink">{author.name}</span>
            {isAgent ? <AgentBadge /> : null}
            {status === 'pending' ? <span className="appears-late text-xs text-muted">Sending…</span> : <Timestamp at={createdAt} />}
          </header>
        )}
        {children}
      </div>
    </Article>
  )
}

/** Beside a message without a header. That it is being sent must take no line of its own, which would jump away once it is sent. */
function Margin({ sending }: { readonly sending: boolean }) {
  if (!sending) return <span />
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn by CSS, there is no image to load
  return <span role="img" aria-label="Sending" title="Sending…" className="appears-late mx-auto mt-2 size-2 rounded-full border-2 border-line-strong" />
}
