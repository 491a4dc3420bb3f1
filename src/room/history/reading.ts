// What the room answers when it is read: rows from SQLite, with open replies as they stand in memory.
import type { Message } from '../../conversation/message'
import type { CatchUp, Page, Snapshot } from '../../conversation/page'
import type { History } from './history'
import type { Records } from '../records/records'
import type { Members } from '../members/members'
import type { Turns } from '../turns/turns'

/** What is read. */
export interface Readable {
  readonly history: History
  readonly records: Records
  readonly turns: Turns
  readonly members: Members
}

export function pageBefore({ history, turns }: Pick<Readable, 'history' | 'turns'>, before: number | null): Page {
  const page = history.page(before)
  return { ...page, messages: page.messages.map((message) => turns.current(message)) }
}

export function snapshotOf(room: Readable, now: number): Snapshot {
  const { history, records, members } = room
  const page = pageBefore(room, null)
  const first = page.messages[0]?.metadata.seq
  const amendedBefore = page.hasEarlier && first !== undefined ? history.amendedBefore(first) : 0
  return { ...page, version: history.version, records: records.all(), ...(amendedBefore > 0 ? { amendedBefore } : {}), ...members.here(), now }
}

/** Changed rows and records, and every open reply in full: growth takes no version, so `since` cannot tell what was missed of it [L11]. */
export function catchUpFrom(room: Readable, since: number | null, now: number): CatchUp {
  const { history, turns, members } = room
  const changed = since === null ? null : history.changedSince(since)
  const records = since === null ? null : room.records.changedSince(since)
  if (changed === null || records === null) return { kind: 'snapshot', snapshot: snapshotOf(room, now) }
  const byId = new Map<string, Message>(changed.map((message) => [message.id, turns.current(message)]))
  for (const message of turns.openMessages()) byId.set(message.id, message)
  const messages = [...byId.values()].sort((a, b) => a.metadata.seq - b.metadata.seq)
  return { kind: 'rows', version: history.version, messages, records, ...members.here(), now }
}
