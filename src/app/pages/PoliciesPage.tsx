// Who lets each tool of a room run, in words for everybody in it; its owner chooses, tool by tool.
import { POLICIES } from '../../conversation/policy'
import type { RoomTool } from '../../room/approvals/room-policies'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { isolated } from '../../ui/basics/language'
import { agentsPath, policiesPath } from '../directory/places'
import { EFFECT_WORDS, POLICY_WORDS, policyInWords } from './policy-words'

interface PoliciesPageProps {
  readonly room: Visit['room']
  readonly tools: readonly RoomTool[]
  /** What was just chosen for a tool and refused. */
  readonly refused?: { readonly tool: string; readonly message: string }
}

export function PoliciesPage({ room, tools, refused }: PoliciesPageProps) {
  const servers = [...new Set(tools.map(({ server }) => server))]
  return (
    <Card isWide title={`Policies of ${isolated(room.name)}`} lead="Who lets each tool run. A call that somebody has to approve waits for them, for a day.">
      <title>{`Policies · ${room.name} · Parley`}</title>
      {room.isOwner ? null : <p className="text-sm text-muted">The owner of this room changes them.</p>}
      {servers.map((server) => (
        <section key={server ?? ''} aria-labelledby={`of-${server ?? 'room'}`} className="flex flex-col gap-1 border-t border-line pt-4">
          <h2 id={`of-${server ?? 'room'}`} className="font-semibold text-ink">
            {server === null ? 'Tools of this room' : <bdi>{server}</bdi>}
          </h2>
          <ul className="flex flex-col divide-y divide-line">
            {tools
              .filter((tool) => tool.server === server)
              .map((tool) => (
                <Tool key={tool.name} room={room} tool={tool} error={refused?.tool === tool.name ? refused.message : null} />
              ))}
          </ul>
        </section>
      ))}
      <p className="text-sm text-muted">
        What acts outside and would run by itself, or by anybody’s word, is for whoever asked to approve in an answer that has read something from outside or
        what guests wrote. No policy changes that.
      </p>
      <a href={agentsPath(room.id)} className={buttonClass('primary')}>
        Back to the agents
      </a>
    </Card>
  )
}

function Tool({ room, tool, error }: { readonly room: Visit['room']; readonly tool: RoomTool; readonly error: string | null }) {
  const { name, own, policy, isOffered } = tool
  return (
    <li id={name} data-tool={own} data-policy={policy.mode} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words text-ink">
          <code className="font-mono text-sm font-medium">{own}</code>
        </p>
        <p className="text-sm text-muted">
          {EFFECT_WORDS[tool.readOnly ? 'reads' : tool.effect]}
          {isOffered ? '' : '; not used until its server’s tools are accepted again'}
        </p>
        <p data-part="policy" className="text-sm break-words text-ink">
          {policyInWords(tool, room.access)}
        </p>
        {error === null ? null : (
          <p role="alert" className="text-sm text-danger">
            {error}
          </p>
        )}
      </div>
      {room.isOwner ? <Chooser room={room} tool={tool} /> : null}
    </li>
  )
}

/** Where people have to be chosen, the next page asks for them. */
function Chooser({ room, tool: { name, own, policy } }: { readonly room: Visit['room']; readonly tool: RoomTool }) {
  return (
    <form method="post" action={policiesPath(room.id)} className="flex w-full flex-wrap items-center gap-2 sm:w-auto sm:flex-nowrap">
      <input type="hidden" name="tool" value={name} />
      <input type="hidden" name="was" value={JSON.stringify(policy)} />
      <div className="field w-full sm:w-60">
        <label htmlFor={`policy-${name}`} className="sr-only">
          Policy of {own}
        </label>
        <select id={`policy-${name}`} name="mode" defaultValue={policy.mode} className="agent-input">
          {POLICIES.map((mode) => (
            <option key={mode} value={mode}>
              {POLICY_WORDS[mode]}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit" name="intent" value="choose" aria-label={`Save the policy of ${own}`}>
        Save
      </Button>
    </form>
  )
}
