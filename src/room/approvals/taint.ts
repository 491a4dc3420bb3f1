// What a turn has read that nobody here answers for. Invariant: in doubt it has; a tool's own earlier answers do not count against it in a
// later turn, else nothing that its owner lets run always would run twice. What one agent read counts for those that it asks and that ask it.
import type { OfferedTool } from '../../agents/tools/tool'
import { type Taint, TAINTS } from '../../conversation/approval'
import { factsOf } from '../../conversation/tool-part'
import type { MemberId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { RecordOf } from '../../conversation/record'

/** The newest messages that a model may be shown. */
const REMEMBERED = 200
/** Messages that are looked at, those that tools found in the room included, and what those had found. */
const MOST_READ = 4_000
/** Replies that ask each other, at most: more than a chain ever has. */
const MOST_TOGETHER = 48

type Call = Extract<Part, { type: 'dynamic-tool' }>

export interface Read {
  readonly sql: SqlStorage
  readonly reply: Message
  /** What the reply holds now. */
  readonly parts: readonly Part[]
  /** What is called. */
  readonly tool: Pick<OfferedTool, 'own' | 'server'>
  /** Whoever answers for the room. */
  readonly owner: MemberId | null
  /** What the room remembers, which is in every prompt. */
  readonly notes: readonly RecordOf<'memory'>[]
}

export function taintOf({ sql, reply, parts, tool, owner, notes }: Read): Taint | null {
  const read = parts.filter(isRead)
  const together = readTogether(sql, reply)
  const [outside] = [...read, ...together].map(factsOf).filter(({ effect }) => effect === 'outside')
  if (outside) return taintFrom(outside.server ?? null)
  const { seq } = reply.metadata
  const other = otherOutside(sql, seq, [...read, ...together].flatMap(foundIn), tool)
  if (other) return taintFrom(other.server)
  // Whoever looks into the room may have read any of it.
  const after = read.length > 0 ? 0 : seq - REMEMBERED
  const carried = carriedTaint(sql, after)
  if (carried) return carried
  if (hasGuests(sql, after, owner) || hasReasons(sql, seq - REMEMBERED, owner)) return 'guest'
  return notes.some((note) => !isOwners(note, owner)) ? 'note' : null
}

/** An agent that notes something for the owner may have it from anywhere; what the owner wrote anew is theirs. */
function isOwners({ value: { by, agent, edited } }: RecordOf<'memory'>, owner: MemberId | null): boolean {
  return edited ? edited.by === owner : by === owner && agent === undefined
}

function taintFrom(server: string | null): Taint {
  return server === null ? 'web' : 'server'
}

/**
 * What was read in the replies that called for this one, and in those that this and they had asked: the words of an agent that read
 * something from outside are of outside, by whatever tool.
 */
function readTogether(sql: SqlStorage, reply: Message): readonly Call[] {
  return sql
    .exec<{ parts: string }>(
      `WITH RECURSIVE
         above (id, reply_to) AS (
           SELECT id, reply_to FROM message WHERE id = ?1
           UNION SELECT message.id, message.reply_to FROM above JOIN message ON message.id = above.reply_to WHERE message.author_kind = 'agent' LIMIT ?2
         ),
         together (id) AS (
           SELECT id FROM above
           UNION SELECT answer.reply_id FROM together JOIN answer ON answer.prompt_id = together.id LIMIT ?2
         )
       SELECT parts FROM message JOIN together USING (id) WHERE id <> ?1 AND author_kind = 'agent' AND instr(parts, '"dynamic-tool"') > 0`,
      reply.id,
      MOST_TOGETHER,
    )
    .toArray()
    .flatMap(({ parts }) => (JSON.parse(parts) as readonly Part[]).filter(isRead))
}

/** The newest answer of another tool outside, in what a model may be shown, in what tools found in the room, and in what those who said that had found. */
function otherOutside(sql: SqlStorage, before: number, found: readonly number[], tool: Read['tool']): { readonly server: string | null } | undefined {
  return sql
    .exec<{ server: string | null }>(
      `WITH RECURSIVE
         seen (seq) AS (
           SELECT value FROM json_each(?1)
           UNION SELECT seq FROM message WHERE seq < ?2 AND seq >= ?2 - ?3
           UNION SELECT CASE WHEN found.type = 'object' THEN found.value ->> '$.number' END
             FROM seen JOIN message ON message.seq = seen.seq JOIN json_each(message.parts) AS part JOIN json_each(part.value, '$.output.found') AS found
             WHERE message.author_kind = 'agent' AND instr(message.parts, '"found":[') > 0
           LIMIT ?4
         )
       SELECT part.value ->> '$.toolMetadata.server' AS server
       FROM seen JOIN message ON message.seq = seen.seq JOIN json_each(message.parts) AS part
       WHERE message.author_kind = 'agent' AND instr(message.parts, '"effect":"outside"') > 0
         AND part.value ->> '$.toolMetadata.effect' = 'outside' AND part.value ->> '$.state' IN ('output-available', 'output-error')
         AND (part.value ->> '$.toolMetadata.server' IS NOT ?5 OR (?5 IS NULL AND part.value ->> '$.toolMetadata.tool' IS NOT ?6))
       ORDER BY message.seq DESC LIMIT 1`,
      JSON.stringify(found),
      before,
      REMEMBERED,
      MOST_READ,
      tool.server ?? null,
      tool.own,
    )
    .toArray()[0]
}

/** The numbers of the messages that a tool of ours found. */
function foundIn({ output }: Call): readonly number[] {
  const { found } = typeof output === 'object' && output !== null ? (output as { readonly found?: unknown }) : {}
  if (!Array.isArray(found)) return []
  return found.flatMap((one: { readonly number?: unknown } | null) => (typeof one?.number === 'number' ? [one.number] : []))
}

/** Why somebody let a call not run, or answered nothing, is told to its model in their own words. */
function hasReasons(sql: SqlStorage, after: number, owner: MemberId | null): boolean {
  const found = sql.exec(
    `SELECT 1 FROM approval JOIN message ON message.id = approval.reply_id JOIN json_each(approval.value, '$.decisions') AS decision
     WHERE message.seq > ? AND instr(approval.value, '"reason"') > 0
       AND decision.value ->> '$.reason' IS NOT NULL AND decision.value ->> '$.by' <> ? LIMIT 1`,
    after,
    owner ?? '',
  )
  return found.toArray().length > 0
}

/** What a tool answered, also that it failed, is in its own words. */
function isRead(part: Part): part is Call {
  return part.type === 'dynamic-tool' && (part.state === 'output-available' || part.state === 'output-error')
}

/** What was said in somebody's name that an answer had planned which had read such things (decision 271). */
function carriedTaint(sql: SqlStorage, after: number): Taint | null {
  const [row] = sql
    .exec<{ taint: string }>(
      `SELECT amended ->> '$.taint' AS taint FROM message
       WHERE seq > max(?, (SELECT coalesce(max(cleared_seq), 0) FROM room)) AND author_kind = 'person' AND amended ->> '$.taint' IS NOT NULL
       ORDER BY seq DESC LIMIT 1`,
      after,
    )
    .toArray()
  return TAINTS.find((taint) => taint === row?.taint) ?? null
}

/** Everybody is a guest who is not the room's owner: nobody else answers for it. What was cleared away is empty, and was read by nobody. */
function hasGuests(sql: SqlStorage, after: number, owner: MemberId | null): boolean {
  const found = sql.exec(
    `SELECT 1 FROM message WHERE seq > max(?, (SELECT coalesce(max(cleared_seq), 0) FROM room)) AND author_kind = 'person' AND author_id <> ? LIMIT 1`,
    after,
    owner ?? '',
  )
  return found.toArray().length > 0
}
