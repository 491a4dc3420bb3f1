// What an agent was before, the newest first: who saved it, when, and a button that makes it so again. Plain forms.
import type { AgentProfile } from '../../conversation/agent-profile'
import type { MemberId } from '../../conversation/ids'
import type { AgentVersion } from '../../room/records/agent-versions'
import type { Visit } from '../../room/surface'
import { Button } from '../../ui/basics/Button'
import { Day } from '../../ui/basics/Day'
import { agentsPath } from '../directory/places'

interface AgentVersionsProps {
  readonly room: Visit['room']
  readonly agent: MemberId
  readonly versions: readonly AgentVersion[]
}

/** Of an instruction, in characters: twenty long ones would be a long page. */
const SHOWN = 1_000

const FIELDS = {
  handle: 'handle',
  name: 'name',
  instruction: 'instruction',
  model: 'model',
  mode: 'answers',
  atOnce: 'at once',
  colour: 'colour',
  emoji: 'picture',
  servers: 'servers',
  order: 'order',
} as const satisfies Record<keyof AgentProfile, string>

export function AgentVersions({ room, agent, versions }: AgentVersionsProps) {
  return (
    <section aria-labelledby="versions" className="border-t border-line pt-4">
      <h2 id="versions" className="font-semibold text-ink">
        Versions
      </h2>
      <p className="mt-1 text-sm text-muted">The last twenty are kept. What you restore is saved as a new one.</p>
      <ol className="mt-2 flex flex-col divide-y divide-line">
        {versions.map((version, at) => (
          <li key={version.number} data-version={version.number} className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 py-2">
            <Saved version={version} before={versions[at + 1] ?? null} />
            {at === 0 ? (
              <span className="inline-flex min-h-10 items-center text-sm text-muted">As it is now</span>
            ) : (
              <form method="post" action={agentsPath(room.id)}>
                <input type="hidden" name="agent" value={agent} />
                <input type="hidden" name="version" value={version.number} />
                <Button type="submit" name="intent" value="restore" aria-label={`Restore version ${version.number}`}>
                  Restore
                </Button>
              </form>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Saved({ version: { number, savedAt, savedBy, profile }, before }: { readonly version: AgentVersion; readonly before: AgentVersion | null }) {
  return (
    <div className="min-w-0 flex-1 basis-56 text-sm text-muted">
      <p className="text-ink">
        Version {number}
        {savedBy === null ? (
          ', as it began'
        ) : (
          <>
            {', saved by '}
            <bdi>{savedBy}</bdi>
          </>
        )}
      </p>
      {savedAt === null ? null : <Day at={savedAt} />}
      <p>{before === null ? null : changed(profile, before.profile)}</p>
      <details>
        <summary className="inline-flex min-h-6 items-center underline underline-offset-2">Its instruction</summary>
        <p dir="auto" className="mt-1 max-h-48 overflow-y-auto break-words whitespace-pre-wrap text-ink" tabIndex={0}>
          {profile.instruction.length > SHOWN ? `${profile.instruction.slice(0, SHOWN)}…` : profile.instruction}
        </p>
      </details>
    </div>
  )
}

/** Which fields it changed. */
function changed(profile: AgentProfile, before: AgentProfile): string {
  const names = Object.entries(FIELDS).flatMap(([field, words]) =>
    String(profile[field as keyof AgentProfile]) === String(before[field as keyof AgentProfile]) ? [] : [words],
  )
  return names.length === 0 ? 'Nothing changed' : `Changed: ${names.join(', ')}`
}
