// The messages of a page as they stand in its HTML, for scripts: what repeats is said once, and their ids, by which the rows
// are found, are left to the rows. Reading what was written gives the same messages back, whatever they hold.
import type { Amended, Amendments } from '../../conversation/amendment'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { mentionsOf, textPart, type Failure, type Message, type MessageStatus, type Part } from '../../conversation/message'

/** A text and whom it mentions; of a mention that it begins with, only the length. */
type Mentioning = readonly [text: string, ...mentions: (string | number)[]]

/** A message that is one text and complete, as nearly all are, ends after its text. */
type CompactMessage = readonly [
  /** Where the author stands in `authors`. */
  author: number,
  /** Since the version and the time of the message before. */
  version: number,
  createdAt: number,
  said: string | Mentioning | readonly Part[],
  status?: MessageStatus,
  replyTo?: MessageId | null,
  failure?: Failure | null,
  /** Of a reply that was asked for again: when, and who did. */
  again?: readonly [startedAt: number | null, askedBy?: MemberId],
]

/** Messages that follow each other and were amended alike: the place of the first, how many, and where what is said of them stands. */
type AmendedRun = readonly [first: number, count: number, version: number, values: number]

export interface CompactMessages {
  readonly authors: readonly Member[]
  /** The seq of the first; they follow each other without a hole. */
  readonly first: number
  readonly messages: readonly CompactMessage[]
  /** What was amended, each once: an agent that is not spoken to is held back from message after message. */
  readonly amendments?: readonly Amendments[]
  readonly amended?: readonly AmendedRun[]
  /** The places of those whose rows are plain words; left out when there are none. */
  readonly plain?: readonly number[]
}

/** `plain`: the places of those whose rows are plain words. */
export function compact(messages: readonly Message[], plain: readonly number[] = []): CompactMessages {
  const authors: Member[] = []
  const placeOf = new Map<string, number>()
  let version = 0
  let createdAt = 0
  const rows = messages.map(({ parts, metadata }): CompactMessage => {
    const { author, status, replyTo, failure, startedAt, askedBy } = metadata
    const key = JSON.stringify([author.id, author.name, author.kind])
    const place = placeOf.get(key) ?? authors.push({ id: author.id, name: author.name, kind: author.kind }) - 1
    placeOf.set(key, place)
    const since = { version: metadata.version - version, createdAt: metadata.createdAt - createdAt }
    version = metadata.version
    createdAt = metadata.createdAt
    const row = [place, since.version, since.createdAt, saidBy(parts)] as const
    const again = askedBy ? ([startedAt ?? null, askedBy] as const) : startedAt === undefined ? null : ([startedAt] as const)
    if (again) return [...row, status, replyTo ?? null, failure ?? null, again]
    if (failure) return [...row, status, replyTo ?? null, failure]
    if (replyTo) return [...row, status, replyTo]
    return status === 'complete' ? row : [...row, status]
  })
  return { authors, first: messages[0]?.metadata.seq ?? 1, messages: rows, ...amendedIn(messages), ...(plain.length > 0 ? { plain } : {}) }
}

function amendedIn(messages: readonly Message[]): Pick<CompactMessages, 'amended' | 'amendments'> {
  const amendments: Amendments[] = []
  const placeOf = new Map<string, number>()
  const runs: [first: number, count: number, version: number, values: number][] = []
  for (const [at, { metadata }] of messages.entries()) {
    if (!metadata.amended) continue
    const { version, values } = metadata.amended
    const key = JSON.stringify(values)
    const place = placeOf.get(key) ?? amendments.push(values) - 1
    placeOf.set(key, place)
    const last = runs.at(-1)
    if (last && last[0] + last[1] === at && last[2] === version && last[3] === place) last[1] += 1
    else runs.push([at, 1, version, place])
  }
  return runs.length === 0 ? {} : { amendments, amended: runs }
}

/** `ids`: of the rows, in their order. */
export function expand({ authors, first, messages, amendments, amended: runs }: CompactMessages, ids: readonly MessageId[]): readonly Message[] {
  if (ids.length !== messages.length) throw new Error(`${ids.length} rows show ${messages.length} messages`)
  let version = 0
  let createdAt = 0
  const amendedAt = amendedBy(runs ?? [], amendments ?? [])
  return messages.map(([place, sinceVersion, sinceTime, said, status = 'complete', replyTo, failure, again], at): Message => {
    const amended = amendedAt.get(at)
    const author = authors[place]
    const [startedAt, askedBy] = again ?? []
    const id = ids[at]
    if (!author || id === undefined) throw new Error('a message without its author or its row')
    version += sinceVersion
    createdAt += sinceTime
    return {
      id,
      role: author.kind === 'agent' ? 'assistant' : 'user',
      metadata: {
        seq: first + at,
        version,
        author,
        status,
        createdAt,
        ...(replyTo ? { replyTo } : {}),
        ...(askedBy ? { askedBy } : {}),
        ...(typeof startedAt === 'number' ? { startedAt } : {}),
        ...(failure ? { failure } : {}),
        ...(amended ? { amended } : {}),
      },
      parts: partsOf(said),
    }
  })
}

function amendedBy(runs: readonly AmendedRun[], amendments: readonly Amendments[]): ReadonlyMap<number, Amended> {
  const amendedAt = new Map<number, Amended>()
  for (const [first, count, version, place] of runs) {
    const values = amendments[place]
    if (values) for (let at = first; at < first + count; at++) amendedAt.set(at, { version, values })
  }
  return amendedAt
}

/** A message that is one text and nothing else is written as that. */
function saidBy(parts: readonly Part[]): CompactMessage[3] {
  const [only] = parts
  if (parts.length !== 1 || only?.type !== 'text') return parts
  const mentions = mentionsOf({ parts })
  // What is written must come back the same, whatever else is known of the part.
  if (JSON.stringify(textPart(only.text, mentions)) !== JSON.stringify(only)) return parts
  return mentions.length === 0 ? only.text : [only.text, ...mentions.map((mention) => (only.text.startsWith(mention) ? mention.length : mention))]
}

function partsOf(said: CompactMessage[3]): readonly Part[] {
  if (typeof said === 'string') return [{ type: 'text', text: said }]
  if (!isMentioning(said)) return said
  const [text, ...mentions] = said
  return [
    textPart(
      text,
      mentions.map((mention) => (typeof mention === 'number' ? text.slice(0, mention) : mention)),
    ),
  ]
}

function isMentioning(said: Mentioning | readonly Part[]): said is Mentioning {
  return typeof said[0] === 'string'
}
