// Who asked, which agent called what, who let it, what came of it: the newest first, a page at a time.
import type { AuditedPage, AuditLine } from '../../room/approvals/audit'
import type { Visit } from '../../room/surface'
import { buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { isolated } from '../../ui/basics/language'
import { Timestamp } from '../../ui/list/Timestamp'
import { auditExportPath, auditPath, roomPath } from '../directory/places'
import { AUDIT_RESULTS, AUDIT_STATES, AUDIT_VERDICTS, POLICY_WORDS } from './audit-words'

interface AuditPageProps {
  readonly room: Visit['room']
  readonly page: AuditedPage
}

export function AuditPage({ room, page: { lines, before } }: AuditPageProps) {
  return (
    <Card
      isWide
      title={`Audit of ${isolated(room.name)}`}
      lead="Every call of a tool that acts outside this room or had to be approved. The last 10,000 are kept."
    >
      <title>{`Audit · ${room.name} · Parley`}</title>
      {lines.length === 0 ? <p className="text-muted">There is nothing here.</p> : null}
      <ol className="flex flex-col divide-y divide-line">
        {lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </ol>
      <div className="flex flex-wrap gap-3">
        {before === null ? null : (
          <a href={auditPath(room.id, before)} className={buttonClass('outline')}>
            Earlier
          </a>
        )}
        <a href={auditExportPath(room.id)} download className={buttonClass('outline')}>
          Export as JSON lines
        </a>
        <a href={roomPath(room.id)} className={buttonClass('primary')}>
          Back to <bdi>{room.name}</bdi>
        </a>
      </div>
    </Card>
  )
}

function Line({ line }: { readonly line: AuditLine }) {
  const { id, state, result, tool, server, agentName, askerName, at, hash, policy, taint, decisions, note } = line
  return (
    <li data-approval-id={id} data-approval-state={state} data-result={result ?? 'pending'} className="py-3 text-sm text-muted [overflow-wrap:anywhere]">
      <p className="flex flex-wrap items-baseline gap-x-2 text-ink">
        <b>
          {tool}
          {server === null ? null : ` of ${isolated(server)}`}
        </b>
        <span>
          {AUDIT_STATES[state]}, {AUDIT_RESULTS[result ?? 'pending']}
        </span>
        <span className="text-muted">
          <Timestamp at={at} />
        </span>
      </p>
      <p>
        Called by <bdi>{agentName}</bdi>, asked by <bdi>{askerName}</bdi>. Policy: {POLICY_WORDS[policy]}.
      </p>
      {decisions.map(({ by, name, verdict, reason, at: decidedAt }) => (
        <p key={by}>
          {AUDIT_VERDICTS[verdict]} by <bdi>{name}</bdi>, <Timestamp at={decidedAt} />
          {reason === undefined ? '' : `: ${isolated(reason)}`}
        </p>
      ))}
      {note === null ? null : <p>Void: {note}</p>}
      {taint === null ? null : <p>{taint}</p>}
      <p className="font-mono text-xs">SHA-256 {hash}</p>
    </li>
  )
}
