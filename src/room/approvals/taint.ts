// What a turn has read that nobody here answers for. Invariant: in doubt it has; a tool's own earlier answers do not count against it in a
// later turn, else nothing that its owner lets run always would run twice.
import type { Taint } from '../../agents/approvals/policy-for'
import type { OfferedTool } from '../../agents/tools/tool'
import { type CallFacts, factsOf } from '../../conversation/tool-part'
import type { MemberId } from '../../conversation/ids'
import type { Message, Part } from '../../conversation/message'
import type { RecordOf } from '../../conversation/record'

/** The newest messages that a model may be shown. */
const REMEMBERED = 200
/** Of those, replies that used a tool outside: so many of the newest are looked at. */
const LOOKED_AT = 20

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
  const [outside] = here.filter(({ effect }) => effect === 'outside')
  if (outside) return taintFrom(outside)
  const { seq } = reply.metadata
  const [other] = earlierOutside(sql, seq).filter((facts) => facts.server !== tool.server || (facts.server === undefined && facts.tool !== tool.own))
  if (other) return taintFrom(other)
  // Whoever looks into the room may have read any of it.
  if (hasGuests(sql, here.length > 0 ? 0 : seq - REMEMBERED, owner)) return 'guest'
  return notes.some((note) => !isOwners(note, owner)) ? 'note' : null
}

/** An agent that notes something for the owner may have it from anywhere; what the owner wrote anew is theirs. */
function isOwners({ value: { by, agent, edited } }: RecordOf<'memory'>, owner: MemberId | null): boolean {
  return edited ? edited.by === owner : by === owner && agent === undefined
}

function taintFrom({ server }: CallFacts): Taint {
  return server === undefined ? 'web' : 'server'
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
    .flatMap(({ parts }) => (JSON.parse(parts) as readonly Part[]).flatMap((part) => (isRead(part) ? [factsOf(part)] : [])))
    .filter(({ effect }) => effect === 'outside')
}

/** What a tool answered, also that it failed, is in its own words. */
function isRead(part: Part): part is Extract<Part, { type: 'dynamic-tool' }> {
  return part.type === 'dynamic-tool' && (part.state === 'output-available' || part.state === 'output-error')
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
