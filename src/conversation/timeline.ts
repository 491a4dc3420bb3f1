// What one client knows of a room: the fold of its events over a snapshot [L1]. Pure; every lane's rules meet here.
import { amend, withNewerAmendments } from './amendment'
import type { MemberId, MessageId } from './ids'
import type { AmendedEvent, RoomEvent, Settled } from './event'
import { lengthOf, saidLength } from './event'
import type { Member } from './member'
import type { Message, Part } from './message'
import type { CatchUp, Page, Snapshot } from './page'
import { replaceRecords, withRecords, type RoomRecord } from './record'

export interface Timeline {
  readonly version: number
  /** Oldest first, seq without holes. */
  readonly messages: readonly Message[]
  readonly hasEarlier: boolean
  /** None that was deleted. */
  readonly records: readonly RoomRecord[]
  readonly here: readonly Member[]
  readonly hereCount: number
}

/** `gap`: something was missed; the timeline is as it was and its client must catch up. */
export type Folded = { readonly timeline: Timeline; readonly gap: boolean }

export function timelineFrom(snapshot: Snapshot): Timeline {
  const { version, messages, hasEarlier, records, here, hereCount } = snapshot
  return { version, messages, hasEarlier, records, here, hereCount }
}

/** Folds one event in. Applying an event twice changes nothing; an event from before the snapshot is ignored. */
export function fold(timeline: Timeline, event: RoomEvent): Folded {
  switch (event.type) {
    case 'message':
      return foldMessage(timeline, event.message)
    case 'part':
      return changeMessage(timeline, event.id, (message) => withPart(message, event.index, event.part))
    case 'delta':
      return changeMessage(timeline, event.id, (message) => withDelta(message, event.index, event.offset, event.text))
    case 'settled':
      return foldSettled(timeline, event)
    case 'amended':
      return foldAmended(timeline, event)
    case 'record':
      return { timeline: withRecord(timeline, event), gap: false }
    case 'cleared':
      if (event.version <= timeline.version) return { timeline, gap: false }
      return { timeline: { ...timeline, version: event.version, messages: [], hasEarlier: false }, gap: false }
    case 'arrived':
      return { timeline: withArrival(timeline, event.member, event.hereCount), gap: false }
    case 'left':
      return { timeline: withDeparture(timeline, event.memberId, event.hereCount), gap: false }
    case 'typing':
      return { timeline, gap: false }
    default:
      event satisfies never
      // From a newer release: a tab that was open before it goes on.
      return { timeline, gap: false }
  }
}

/** Folds a whole answer to `since` in [L6]. */
export function foldCatchUp(timeline: Timeline, catchUp: CatchUp): Timeline {
  if (catchUp.kind === 'snapshot') return replaceBySnapshot(timeline, catchUp.snapshot)
  const oldest = timeline.messages[0]?.metadata.seq ?? 0
  const changed = catchUp.messages.filter((message) => message.metadata.seq >= oldest)
  const messages = mergeBySeq(timeline.messages, changed)
  const records = withRecords(timeline.records, catchUp.records)
  return { ...timeline, version: Math.max(timeline.version, catchUp.version), messages, records, here: catchUp.here, hereCount: catchUp.hereCount }
}

/** Puts an older page before what is known [L7]. A page that does not meet the oldest known message is ignored. */
export function prepend(timeline: Timeline, page: Page): Timeline {
  const oldest = timeline.messages[0]?.metadata.seq
  const last = page.messages.at(-1)?.metadata.seq
  if (last === undefined) return { ...timeline, hasEarlier: page.hasEarlier }
  if (oldest === undefined || last !== oldest - 1) return timeline
  return { ...timeline, messages: [...page.messages, ...timeline.messages], hasEarlier: page.hasEarlier }
}

/** Names people who are here; who is named already may have another name by now. */
export function withNames(timeline: Timeline, members: readonly Member[]): Timeline {
  const named = new Map([...timeline.here, ...members].map((member) => [member.id, member]))
  return { ...timeline, here: [...named.values()] }
}

/**
 * A new snapshot replaces what is known, but earlier pages that still join on to it are kept for their reader: as far
 * back as every message is complete, and if none was amended since. Any other may have changed unseen.
 */
function replaceBySnapshot(timeline: Timeline, snapshot: Snapshot): Timeline {
  const fresh = { ...timelineFrom(snapshot), records: replaceRecords(timeline.records, snapshot.records) }
  const first = fresh.messages[0]?.metadata.seq
  const oldest = timeline.messages[0]?.metadata.seq
  const last = timeline.messages.at(-1)?.metadata.seq
  if (first === undefined || oldest === undefined || last === undefined) return fresh
  if ((snapshot.amendedBefore ?? 0) > timeline.version) return fresh
  if (!fresh.hasEarlier || oldest >= first || last < first - 1) return fresh
  const earlier = timeline.messages.filter((message) => message.metadata.seq < first)
  const kept = earlier.slice(earlier.findLastIndex((message) => message.metadata.status !== 'complete') + 1)
  return { ...fresh, messages: [...kept, ...fresh.messages], hasEarlier: timeline.hasEarlier || kept.length < earlier.length }
}

function foldMessage(timeline: Timeline, message: Message): Folded {
  const { seq, version } = message.metadata
  const at = indexOf(timeline.messages, message.id)
  const known = timeline.messages[at]
  if (known) {
    if (known.metadata.version >= version) return { timeline, gap: false }
    return {
      timeline: { ...timeline, version: Math.max(timeline.version, version), messages: timeline.messages.with(at, withNewerAmendments(message, known)) },
      gap: false,
    }
  }
  const first = timeline.messages[0]
  const last = timeline.messages.at(-1)
  if (first && seq < first.metadata.seq) return { timeline, gap: false }
  if (last && seq > last.metadata.seq + 1) return { timeline, gap: true }
  const after = timeline.messages.findLastIndex((earlier) => earlier.metadata.seq < seq) + 1
  return { timeline: { ...timeline, version: Math.max(timeline.version, version), messages: timeline.messages.toSpliced(after, 0, message) }, gap: false }
}

function foldSettled(timeline: Timeline, event: Settled): Folded {
  const folded = changeMessage(timeline, event.id, (message) => {
    if (message.metadata.version >= event.version) return message
    if (event.lengths.length !== message.parts.length || event.lengths.some((length, index) => lengthAt(message, index) !== length)) return null
    const { failure: _old, ...metadata } = message.metadata
    const failure = event.failure ? { failure: event.failure } : {}
    return { ...message, metadata: { ...metadata, ...failure, status: event.status, version: event.version } }
  })
  if (folded.gap) return folded
  return { timeline: { ...folded.timeline, version: Math.max(folded.timeline.version, event.version) }, gap: false }
}

function foldAmended(timeline: Timeline, { id, version, change }: AmendedEvent): Folded {
  const { timeline: amended } = changeMessage(timeline, id, (message) => amend(message, version, change))
  return { timeline: amended.version >= version ? amended : { ...amended, version }, gap: false }
}

/** An event from before the snapshot may tell of a record that was deleted since: its deletion comes with it. */
function withRecord(timeline: Timeline, { kind, id, version, value }: RoomRecord): Timeline {
  const records = withRecords(timeline.records, [{ kind, id, version, value }])
  return records === timeline.records && timeline.version >= version ? timeline : { ...timeline, version: Math.max(timeline.version, version), records }
}

/** Null from `change` says that something is missing. A message that this client does not hold is not its concern. */
function changeMessage(timeline: Timeline, id: MessageId, change: (message: Message) => Message | null): Folded {
  const at = indexOf(timeline.messages, id)
  const message = timeline.messages[at]
  if (!message) return { timeline, gap: false }
  const changed = change(message)
  if (changed === null) return { timeline, gap: true }
  if (changed === message) return { timeline, gap: false }
  return { timeline: { ...timeline, messages: timeline.messages.with(at, changed) }, gap: false }
}

function withPart(message: Message, index: number, part: Part): Message | null {
  if (message.metadata.status !== 'streaming') return message
  const known = message.parts[index]
  if (!known) return index === message.parts.length ? { ...message, parts: [...message.parts, part] } : null
  // A text part appears with its first words: for one that is known already they are old news.
  if (part.type !== 'dynamic-tool') return message
  return { ...message, parts: message.parts.with(index, part) }
}

/** A delta applies only at its offset: behind it, the overlap is trimmed; ahead of it, something was missed. */
function withDelta(message: Message, index: number, offset: number, text: string): Message | null {
  if (message.metadata.status !== 'streaming') return message
  const part = message.parts[index]
  if (!part || part.type === 'dynamic-tool') return null
  const overlap = part.text.length - offset
  if (overlap < 0) return null
  if (overlap >= text.length) return message
  return { ...message, parts: message.parts.with(index, { ...part, text: part.text + text.slice(overlap) }) }
}

function withArrival(timeline: Timeline, member: Member, hereCount: number): Timeline {
  return { ...withNames(timeline, [member]), hereCount }
}

function withDeparture(timeline: Timeline, id: MemberId, hereCount: number): Timeline {
  const here = timeline.here.filter((member) => member.id !== id)
  if (here.length === timeline.here.length && hereCount === timeline.hereCount) return timeline
  return { ...timeline, here, hereCount }
}

function mergeBySeq(known: readonly Message[], changed: readonly Message[]): readonly Message[] {
  const bySeq = new Map(known.map((message) => [message.metadata.seq, message]))
  for (const message of changed) {
    const old = bySeq.get(message.metadata.seq)
    bySeq.set(message.metadata.seq, old ? newerOf(message, old) : message)
  }
  return [...bySeq.values()].sort((a, b) => a.metadata.seq - b.metadata.seq)
}

function newerOf(message: Message, known: Message): Message {
  return isOlder(message, known) ? withNewerAmendments(known, message) : withNewerAmendments(message, known)
}

/** Growth takes no version: of one version, the message that says less is the older. */
function isOlder(message: Message, known: Message): boolean {
  if (message.metadata.version !== known.metadata.version) return message.metadata.version < known.metadata.version
  return saidLength(message) < saidLength(known)
}

function lengthAt(message: Message, index: number): number {
  const part = message.parts[index]
  return part ? lengthOf(part) : -1
}

/** Searched from the end: what changes is nearly always the newest. */
function indexOf(messages: readonly Message[], id: MessageId): number {
  return messages.findLastIndex((message) => message.id === id)
}
