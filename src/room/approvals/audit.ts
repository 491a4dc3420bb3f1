// What may be audited: a line for each call that acts outside or had to be approved, the newest first.
import type { Decision } from '../../conversation/approval'
import type { MessageId } from '../../conversation/ids'
import type { PolicyMode } from '../../conversation/policy'
import type { History } from '../history/history'
import type { AuditResult, AuditState, StoredApproval, StoredApprovals } from './stored-approvals'

/** Lines that are told at once. */
export const AUDIT_PAGE = 50

/** What is looked up of the calls that have ended meanwhile, each time somebody looks. */
const RESOLVED_AT_ONCE = 500

export interface AuditLine {
  readonly seq: number
  readonly id: string
  /** Server time, ms since 1970: when it was to be decided, and when it was. */
  readonly at: number
  readonly closedAt: number | null
  readonly reply: MessageId
  readonly asker: string | null
  readonly askerName: string
  readonly agent: string
  readonly agentName: string
  readonly tool: string
  readonly server: string | null
  /** SHA-256 of the arguments. */
  readonly hash: string
  readonly policy: PolicyMode
  readonly taint: string | null
  readonly state: AuditState
  readonly decisions: readonly Decision[]
  readonly note: string | null
  readonly result: AuditResult | null
}

export interface AuditedPage {
  readonly lines: readonly AuditLine[]
  /** Where the next page begins; null when this is the last. */
  readonly before: number | null
}

export function auditPage(stored: StoredApprovals, history: Pick<History, 'get'>, before: number | null): AuditedPage {
  resolveResults(stored, history)
  const rows = stored.page(before, AUDIT_PAGE + 1)
  const lines = rows.slice(0, AUDIT_PAGE).map(lineOf)
  return { lines, before: rows.length > AUDIT_PAGE ? (lines.at(-1)?.seq ?? null) : null }
}

/** What became of a call is in its reply, until that is cleared away. */
export function resolveResults(stored: StoredApprovals, history: Pick<History, 'get'>, most = RESOLVED_AT_ONCE): void {
  for (const { id, state, card } of stored.unresolved(most)) {
    const result = resultOf(state, card, history)
    if (result) stored.resolve(id, result)
  }
}

/** Null while it is under way. */
function resultOf(state: AuditState, { reply, call }: StoredApproval['card'], history: Pick<History, 'get'>): AuditResult | null {
  if (state !== 'approved' && state !== 'auto') return 'not-run'
  const parts = history.get(reply)?.parts
  if (!parts) return 'unknown'
  const part = parts.find((one) => one.type === 'dynamic-tool' && one.toolCallId === call)
  if (part?.type !== 'dynamic-tool') return 'unknown'
  if (part.state === 'output-available') return 'done'
  if (part.state === 'output-error') return 'failed'
  return part.state === 'output-denied' ? 'not-run' : null
}

function lineOf({ seq, id, state, card, result }: StoredApproval): AuditLine {
  const { reply, asker, askerName, agent, agentName, tool, server, hash, mode, taint, decisions, note, openedAt, closedAt } = card
  return { seq, id, at: openedAt, closedAt, reply, asker, askerName, agent, agentName, tool, server, hash, policy: mode, taint, state, decisions, note, result }
}
