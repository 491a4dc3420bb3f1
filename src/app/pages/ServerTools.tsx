// The tools of one server: for its room's owner a form, with what each of them says of itself and what has changed; for everybody else a list.
import { POLICIES } from '../../conversation/policy'
import type { ToolToReview } from '../../room/servers/servers-port'
import type { Visit } from '../../room/surface'
import { Button } from '../../ui/basics/Button'
import { serversPath } from '../directory/places'
import { POLICY_WORDS, REVIEW_WORDS } from './policy-words'
import type { ShownServer } from './ServersSection'
import { ToolWords } from './ToolWords'

interface ServerToolsProps {
  readonly room: Visit['room']
  readonly server: ShownServer
}

export function ServerTools({ room, server }: ServerToolsProps) {
  const { id, value, tools } = server
  if (value.tools.length === 0) return null
  if (!tools) return <Told server={server} />
  const isReview = value.state === 'review'
  return (
    <form method="post" action={serversPath(room.id)} className="flex flex-col gap-3">
      <input type="hidden" name="server" value={id} />
      <input type="hidden" name="print" value={value.print} />
      {isReview ? (
        <p className="text-sm text-muted">
          Agents read what a tool says of itself, and do what it says: look at it. That a tool only reads is its server’s word, and no promise.
        </p>
      ) : null}
      <ul className="flex flex-col divide-y divide-line">
        {inOrder(tools).map((tool) => (
          <Tool key={tool.name} server={id} tool={tool} />
        ))}
      </ul>
      <div>
        <Button type="submit" variant={isReview ? 'primary' : 'outline'} name="intent" value={isReview ? 'accept' : 'policy'}>
          {isReview ? 'Accept tools' : 'Save policies'}
        </Button>
      </div>
    </form>
  )
}

function Tool({ server, tool }: { readonly server: string; readonly tool: ToolToReview }) {
  const { name, policy, review } = tool
  const field = `policy:${name}`
  const id = `${server}:${name}`
  return (
    <li data-tool={name} data-review={review} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <ToolName tool={tool} />
        <ToolWords tool={tool} />
      </div>
      {review === 'gone' ? null : (
        <div className="field w-full sm:w-64">
          <label htmlFor={id} className="text-sm">
            Policy
          </label>
          <select id={id} name={field} defaultValue={policy} className="agent-input">
            {POLICIES.map((each) => (
              <option key={each} value={each}>
                {`${each}: ${POLICY_WORDS[each]}`}
              </option>
            ))}
          </select>
        </div>
      )}
    </li>
  )
}

function ToolName({ tool: { name, title, readOnly, review } }: { readonly tool: Pick<ToolToReview, 'name' | 'title' | 'readOnly' | 'review'> }) {
  const words = REVIEW_WORDS[review]
  return (
    <>
      <p className="break-words text-ink">
        <code className="font-mono text-sm font-medium">{name}</code>
        {words === null ? null : <span className="ml-2 rounded-md bg-accent-soft px-1.5 py-0.5 text-xs font-medium text-ink">{words}</span>}
      </p>
      {title === null && !readOnly ? null : (
        <p className="text-sm break-words text-muted">
          {title === null ? null : <bdi>{title}</bdi>}
          {title !== null && readOnly ? ' · ' : null}
          {readOnly ? 'says that it only reads' : null}
        </p>
      )}
    </>
  )
}

/** What there is to look at first. */
function inOrder<T extends Pick<ToolToReview, 'review'>>(tools: readonly T[]): readonly T[] {
  return tools.toSorted((a, b) => Number(a.review === 'accepted') - Number(b.review === 'accepted'))
}

function Told({ server: { value } }: { readonly server: ShownServer }) {
  return (
    <ul className="flex flex-col divide-y divide-line">
      {inOrder(value.tools).map((tool) => (
        <li key={tool.name} data-tool={tool.name} data-review={tool.review} className="py-2">
          <ToolName tool={tool} />
          <p className="text-sm text-muted">{tool.review === 'accepted' ? POLICY_WORDS[tool.policy] : 'waits for the owner of the room'}</p>
        </li>
      ))}
    </ul>
  )
}
