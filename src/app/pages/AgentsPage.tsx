// The agents of a room: everybody in it may see them, its owner changes them.
import { TEMPLATES } from '../../agents/templates/templates'
import type { AgentProfile } from '../../conversation/agent-profile'
import { MAX_AGENTS } from '../../conversation/agent-profile'
import type { MemberId } from '../../conversation/ids'
import type { RecordOf } from '../../conversation/record'
import type { Visit } from '../../room/surface'
import type { OfferedModel } from '../../models/offer/offer'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Face } from '../../ui/people/Face'
import { isolated } from '../../ui/basics/language'
import { agentsPath, auditPath, memoryPath, policiesPath, roomPath, schedulesPath } from '../directory/places'
import { modelInWords } from './model-options'
import { MODE_WORDS } from './mode-words'
import { ServersSection, type RefusedServer, type ShownServer } from './ServersSection'

interface AgentsPageProps {
  readonly room: Visit['room']
  readonly agents: readonly RecordOf<'agent'>[]
  /** What the instance has. */
  readonly models: readonly OfferedModel[]
  readonly servers: readonly ShownServer[]
  /** What was just asked for and refused. */
  readonly refused: RefusedServer | null
}

export function AgentsPage({ room, agents, models, servers, refused }: AgentsPageProps) {
  return (
    <Card isWide title={`Agents of ${isolated(room.name)}`} lead="Of several that nobody mentioned, the first one answers.">
      <title>{`Agents · ${room.name} · Parley`}</title>
      <Pages room={room} />
      {agents.length === 0 ? <p className="text-muted">There is no agent in this room.</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {agents.map(({ id, value }) => (
          <li key={id} data-agent={id} className="flex min-h-14 items-center gap-3 py-3">
            <Face member={{ id: id as MemberId, name: value.name, kind: 'agent' }} look={value} />
            <Summary agent={value} model={modelInWords(models, value.model)} />
            {room.isOwner ? (
              <form method="get" action={agentsPath(room.id)}>
                <Button type="submit" name="agent" value={id} aria-label={`Edit ${value.name}`}>
                  Edit
                </Button>
              </form>
            ) : null}
          </li>
        ))}
      </ul>
      {room.isOwner && agents.length < MAX_AGENTS ? <NewAgent room={room} /> : null}
      {room.isOwner ? null : <p className="text-sm text-muted">The owner of this room changes its agents.</p>}
      <ServersSection room={room} servers={servers} agents={agents} refused={refused} />
      <a href={roomPath(room.id)} className={buttonClass('primary')}>
        Back to <bdi>{room.name}</bdi>
      </a>
    </Card>
  )
}

function Summary({ agent, model }: { readonly agent: AgentProfile; readonly model: string }) {
  return (
    <div className="min-w-0 flex-1 text-ink">
      <p className="font-medium">
        <bdi>{agent.name}</bdi> <span className="font-normal text-muted">{`@${agent.handle}`}</span>
      </p>
      <p className="text-sm text-muted">
        {MODE_WORDS[agent.mode]} · {agent.atOnce === 1 ? 'one answer at a time' : `${agent.atOnce} answers at once`}
        {agent.model === 'default' ? null : <span className="break-words"> · {model}</span>}
      </p>
    </div>
  )
}

/** Plain buttons of a form, so that it works without scripts. */
function NewAgent({ room }: { readonly room: Visit['room'] }) {
  return (
    <form method="get" action={agentsPath(room.id)} className="flex flex-wrap gap-2 border-t border-line pt-4">
      <Button type="submit" name="new" value="blank">
        New agent
      </Button>
      {TEMPLATES.slice(1).map(({ handle, name, emoji }) => (
        <Button key={handle} type="submit" variant="quiet" name="new" value={handle} aria-label={`New ${name}`}>
          <span aria-hidden="true">{emoji}</span> {name}
        </Button>
      ))}
    </form>
  )
}

/** What else is known of agents at work, before a list that may be long. */
function Pages({ room }: { readonly room: Visit['room'] }) {
  return (
    <nav className="flex flex-wrap gap-2">
      <a href={memoryPath(room.id)} className={buttonClass('outline')}>
        Memory
      </a>
      <a href={schedulesPath(room.id)} className={buttonClass('outline')}>
        Schedules
      </a>
      <a href={policiesPath(room.id)} className={buttonClass('outline')}>
        Policies
      </a>
      {room.isOwner ? (
        <a href={auditPath(room.id)} className={buttonClass('outline')}>
          Audit
        </a>
      ) : null}
    </nav>
  )
}
