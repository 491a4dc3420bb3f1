// The frame of every message, sent or not: who, when, and the attributes by which programs find it. It has no class names:
// there are many of it on a page, and room.css knows it by its attributes.
import { memo, type ReactNode } from 'react'
import type { Amended } from '../../conversation/amendment'
import { placeOf, shownHeldOf, whyOf } from '../../conversation/engaged'
import type { MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { MessageStatus } from '../../conversation/message'
import { AgentBadge } from '../people/AgentBadge'
import { Avatar } from '../people/Avatar'
import { ShownName } from '../people/ShownName'
import { Quote } from './Quote'
import { ReplyButton } from './ReplyButton'
import { Timestamp } from './Timestamp'

interface EntryFrameProps {
  readonly id: MessageId
  /** Null while the room has not given it a place. */
  readonly seq: number | null
  readonly author: Member
  readonly status: MessageStatus
  /** What the rules and the queue say of it. */
  readonly amended?: Amended
  /** The message that it replies to. An agent's says who asked, instead. */
  readonly replyTo?: MessageId
  /** Who and when, or nothing for a message that goes on from the one before. */
  readonly head: ReactNode
  readonly children: ReactNode
}

export function EntryFrame({ id, seq, author, status, amended, replyTo, head, children }: EntryFrameProps) {
  const told = amended ? { amended } : {}
  const why = whyOf(told)
  const place = status === 'waiting' ? placeOf(told) : null
  const quoted = author.kind === 'person' ? replyTo : undefined
  return (
    <article
      data-message-id={id}
      data-seq={seq ?? ''}
      data-author={author.id}
      data-author-kind={author.kind}
      data-status={status}
      {...(why ? { 'data-why': why.rule, 'data-asked-by': why.by } : {})}
      {...(place === null ? {} : { 'data-queue-place': place })}
      {...(quoted === undefined ? {} : { 'data-reply-to': quoted })}
      {...(shownHeldOf(told).length === 0 ? {} : { 'data-held': '' })}
      {...(status === 'streaming' ? { 'aria-busy': true } : {})}
      aria-label={author.kind === 'agent' ? `${author.name}, AI` : author.name}
    >
      {head}
      {quoted === undefined ? null : <Quote of={quoted} />}
      {children}
      {seq === null || status === 'waiting' ? null : <ReplyButton id={id} />}
    </article>
  )
}

interface EntryHeadProps {
  readonly author: Member
  readonly status: MessageStatus
  readonly createdAt: number
}

/** Drawn again when it says something else, and not whenever its message grows. */
export const EntryHead = memo(function EntryHead({ author, status, createdAt }: EntryHeadProps) {
  return (
    <>
      <Avatar member={author} />
      <header>
        <ShownName name={author.name} as="b" />
        {author.kind === 'agent' ? <AgentBadge /> : null}
        {status === 'pending' ? <span className="appears-late">Sending…</span> : <Timestamp at={createdAt} />}
      </header>
    </>
  )
})

export interface EntryProps extends Omit<EntryFrameProps, 'head'>, EntryHeadProps {
  readonly continued: boolean
}

export function Entry({ createdAt, continued, ...frame }: EntryProps) {
  const { author, status } = frame
  return (
    <EntryFrame {...frame} head={continued ? <Margin sending={status === 'pending'} /> : <EntryHead author={author} status={status} createdAt={createdAt} />} />
  )
}

/** Beside a message without a header. That it is being sent must take no line of its own, which would jump away once it is sent. */
function Margin({ sending }: { readonly sending: boolean }) {
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn by CSS, there is no image to load
  return sending ? <span role="img" aria-label="Sending" title="Sending…" className="appears-late" /> : null
}
