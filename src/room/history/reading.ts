// What the room answers when it is read: rows from SQLite, with open replies as they stand in memory.
import type { Message } from '../../conversation/message'
import type { CatchUp, Page, Snapshot } from '../../conversation/page'
import type { History } from './history'
import type { Members } from '../members/members'
import type { Turns } from '../turns/turns'

export function pageBefore(history: History, turns: Turns, before: number | null): Page {
  const page = history.page(before)
  return { ...page, messages: page.messages.map((message) => turns.current(message)) }
}

export function snapshotOf(history: History, turns: Turns, members: Members, now: number): Snapshot {
  return { ...pageBefore(history, turns, null), version: history.version, ...members.here(), now }
}

/** Changed rows, and every open reply in full: growth takes no version, so `since` cannot tell what was missed of it [L11]. */
export function catchUpFrom(history: History, turns: Turns, members: Members, since: number | null, now: number): CatchUp {
  const changed = since === null ? null : history.changedSince(since)
  if (changed === null) return { kind: 'snapshot', snapshot: snapshotOf(history, turns, members, now) }
  const byId = new Map<string, Message>(changed.map((message) => [message.id, turns.current(message)]))
  for (const message of turns.openMessages()) byId.set(message.id, message)
  const messages = [...byId.values()].sort((a, b) => a.metadata.seq - b.metadata.seq)
  return { kind: 'rows', version: history.version, messages, ...members.here(), now }
}
