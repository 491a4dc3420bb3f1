// Which of the viewer's waiting replies may become one: where two or more of theirs wait for one agent.
import { useMemo } from 'react'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { RowKey } from '../../conversation/room-client'

/** The same set until it holds others. */
export function useMergeable(rows: readonly RowKey[], viewer: MemberId): ReadonlySet<MessageId> {
  const ids = mergeableIn(rows, viewer).join(' ')
  return useMemo(() => new Set(ids === '' ? [] : (ids.split(' ') as MessageId[])), [ids])
}

export function mergeableIn(rows: readonly RowKey[], viewer: MemberId): readonly MessageId[] {
  const waiting = new Map<MemberId, MessageId[]>()
  for (const { id, status, askedBy, message } of rows) {
    if (status !== 'waiting' || askedBy !== viewer || !message) continue
    const agent = message.metadata.author.id
    waiting.set(agent, [...(waiting.get(agent) ?? []), id])
  }
  return [...waiting.values()].filter((ids) => ids.length > 1).flat()
}
