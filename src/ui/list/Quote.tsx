'use client'
// Above a person's message: what it replies to, in one line that leads there. It needs scripts, and the room's other messages, so that
// a page's HTML says only which message that is; room.css keeps its line free.
import { useState, type MouseEvent } from 'react'
import type { MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { Icon } from '../basics/Icon'
import { giveFocus } from '../basics/hand-over'
import { useHydrated } from '../frame/hydrated'
import { type AnyRoomState, useRoomState } from '../frame/room-state'
import { excerptOf } from './excerpt'

export function Quote({ of }: { readonly of: MessageId }) {
  const [find] = useState(() => finderOf(of))
  const message = useRoomState(find, null)
  const hydrated = useHydrated()
  if (!hydrated) return null
  return (
    <p data-part="reply-to">
      {message ? (
        <a href={`#${of}`} onClick={(event) => lead(event, of)}>
          <Icon name="reply" className="size-3" />
          <span className="sr-only">In reply to </span>
          <bdi>{message.metadata.author.name}</bdi>: <bdi>{excerptOf(message)}</bdi>
        </a>
      ) : (
        <span>In reply to an earlier message</span>
      )}
    </p>
  )
}

/** Looks for it once, and again when older messages have come: what replies to it stands below it. */
function finderOf(id: MessageId): (state: AnyRoomState) => Message | null {
  let at = -1
  let first: MessageId | undefined
  return ({ rows }) => {
    const known = rows[at]
    if (known?.id === id) return known.message ?? null
    if (first !== undefined && rows[0]?.id === first) return null
    first = rows[0]?.id
    at = rows.findIndex((row) => row.id === id)
    return rows[at]?.message ?? null
  }
}

function lead(event: MouseEvent<HTMLElement>, id: MessageId): void {
  const message = event.currentTarget.closest('[role="log"]')?.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(id)}"]`)
  event.preventDefault()
  message?.scrollIntoView({ block: 'center' })
  giveFocus(message ?? null)
}
