// What a turn has read that nobody here answers for. Invariant: in doubt it has; a tool's own earlier answers do not count against it in a
// later turn, else nothing that its owner lets run always would run twice. What one agent read counts for those that it asks and that ask it.
import type { OfferedTool } from '../../agents/tools/tool'
import { type Taint, TAINTS } from '../../conversation/approval'
import { type CallFacts, factsOf } from '../../conversation/tool-part'
import type { MemberId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { RecordOf } from '../../conversation/record'

/** The newest messages that a model may be shown. */
const REMEMBERED = 200
/** Of those, replies that used a tool outside: so many of the newest are looked at. */
const LOOKED_AT = 20
/** Replies that ask each other, at most: more than a chain ever has. */
const MOST_TOGETHER = 48

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
  const here = parts.flatMap((part) => (isRead(part) ? [factsOf(part)] : []))
  const [outside] = [...here, ...readTogether(sql, reply)].filter(({ effect }) => effect === 'outside')
  if (outside) return taintFrom(outside)
  const { seq } = reply.metadata
  const [other] = earlierOutside(sql, seq).filter((facts) => facts.server !== tool.server || (facts.server === undefined && facts.tool !== tool.own))
  if (other) return taintFrom(other)
  // Whoever looks into the room may have read any of it.
  const after = here.length > 0 ? 0 : seq - REMEMBERED
  const carried = carriedTaint(sql, after)
  if (carried) return carried
  if (hasGuests(sql, after, owner)) return 'guest'
  return notes.some((note) => !isOwners(note, owner)) ? 'note' : null
}

/** An agent that notes something for the owner may have it from anywhere; what the owner wrote anew is theirs. */
function isOwners({ value: { by, agent, edited } }: RecordOf<'memory'>, owner: MemberId | null): boolean {
  return edited ? edited.by === owner : by === owner && agent === undefined
}

function taintFrom({ server }: CallFacts): Taint {
  return server === undefined ? 'web' : 'server'
}

/**
 * What was read in the replies that called for this one, and in those that this and they had asked: the words of an agent that read
 * something from outside are of outside, by whatever tool.
 */
function readTogether(sql: SqlStorage, reply: Message): readonly CallFacts[] {
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
       SELECT parts FROM message JOIN together USING (id) WHERE id <> ?1 AND author_kind = 'agent' AND instr(parts, '"effect":"outside"') > 0`,
      reply.id,
      MOST_TOGETHER,
    )
    .toArray()
    .flatMap(readIn)
}

function earlierOutside(sql: SqlStorage, before: number): readonly CallFacts[] {
  return sql
    .exec<{ parts: string }>(
      `SELECT parts FROM message WHERE seq < ?1 AND seq >= ?1 - ?2 AND author_kind = 'agent' AND instr(parts, '"effect":"outside"') > 0 ORDER BY seq DESC LIMIT ?3`,
      before,
      REMEMBERED,
      LOOKED_AT,
    )
    .toArray()
    .flatMap(readIn)
    .filter(({ effect }) => effect === 'outside')
}

function readIn({ parts }: { readonly parts: string }): readonly CallFacts[] {
  return (JSON.parse(parts) as readonly Part[]).flatMap((part) => (isRead(part) ? [factsOf(part)] : []))
}

/** What a tool answered, also that it failed, is in its own words. */
function isRead(part: Part): part is Extract<Part, { type: 'dynamic-tool' }> {
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
