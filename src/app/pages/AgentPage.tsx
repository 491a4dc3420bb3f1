// The form of one agent, a new one's or one that is there, with what each mode would have done in this room.
import { COLOURS, MAX_AT_ONCE, MAX_INSTRUCTION, MODES, type AgentProfile } from '../../conversation/agent-profile'
import type { MemberId } from '../../conversation/ids'
import { MAX_NAME_UNITS } from '../../conversation/member'
import type { RecordOf } from '../../conversation/record'
import type { OfferedModel } from '../../models/offer/offer'
import type { AgentVersion } from '../../room/records/agent-versions'
import type { Rehearsal } from '../../room/queue/rehearsing'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Choice } from '../../ui/basics/Choice'
import { Field } from '../../ui/basics/Field'
import { counted } from '../../ui/basics/counted'
import { agentsPath } from '../directory/places'
import { AgentVersions } from './AgentVersions'
import { modelOptions } from './model-options'
import { MODE_WORDS } from './mode-words'
import { ServerTicks } from './ServerTicks'

/** What stands in the form: what was typed may be anything. */
export type Typed = Readonly<Record<keyof AgentProfile, string>>

export type AgentFaults = Readonly<Partial<Record<keyof AgentProfile, string>>>

interface AgentPageProps {
  readonly room: Visit['room']
  /** Null for a new one. */
  readonly agent: MemberId | null
  /** The version of its record that the form begins from. */
  readonly began: number | null
  readonly typed: Typed
  readonly rehearsal: readonly Rehearsal[]
  /** What the instance has. */
  readonly models: readonly OfferedModel[]
  /** Of the room. */
  readonly servers: readonly RecordOf<'server'>[]
  /** Newest first; none of a new agent. */
  readonly versions: readonly AgentVersion[]
  /** What is wrong with what was typed, by field; and what is wrong with no field of it. */
  readonly faults: AgentFaults
  readonly message: string | null
}

export function AgentPage({ room, agent, began, typed, rehearsal, models, servers, versions, faults, message }: AgentPageProps) {
  const title = agent === null ? 'New agent' : `Agent ${typed.name}`
  return (
    <Card isWide title={title}>
      <title>{`${title} · ${room.name} · Parley`}</title>
      <form method="post" action={agentsPath(room.id)} className="flex flex-col gap-5">
        {agent === null ? null : <input type="hidden" name="agent" value={agent} />}
        {began === null ? null : <input type="hidden" name="began" value={began} />}
        {message !== null ? (
          <p role="alert" className="text-sm text-danger">
            {message}
          </p>
        ) : null}
        <Field
          label="Handle"
          id="handle"
          name="handle"
          defaultValue={typed.handle}
          required
          maxLength={33}
          autoComplete="off"
          hint="What follows an @."
          error={faults.handle}
        />
        <Field label="Name" id="name" name="name" defaultValue={typed.name} required maxLength={MAX_NAME_UNITS} autoComplete="off" error={faults.name} />
        <div className="field">
          <label htmlFor="instruction">Instruction</label>
          <textarea
            id="instruction"
            name="instruction"
            defaultValue={typed.instruction}
            required
            maxLength={MAX_INSTRUCTION}
            rows={7}
            className="agent-input py-2 leading-6"
            {...(faults.instruction ? { 'aria-describedby': 'instruction-error', 'aria-invalid': true } : {})}
          />
          {faults.instruction ? (
            <p id="instruction-error" role="alert" className="text-sm text-danger">
              {faults.instruction}
            </p>
          ) : null}
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <Choice label="Model" name="model" chosen={typed.model} options={modelOptions(models, typed.model)} error={faults.model} />
          <Field label="At once" id="atOnce" name="atOnce" type="number" min={1} max={MAX_AT_ONCE} defaultValue={typed.atOnce} required error={faults.atOnce} />
          <Choice label="Colour" name="colour" chosen={typed.colour} options={COLOURS.map((colour) => [colour, colour])} error={faults.colour} />
          <Field
            label="Picture"
            id="emoji"
            name="emoji"
            defaultValue={typed.emoji}
            maxLength={64}
            autoComplete="off"
            hint="One emoji, or none."
            error={faults.emoji}
          />
        </div>
        <Field
          label="Order"
          id="order"
          name="order"
          type="number"
          min={0}
          max={999}
          defaultValue={typed.order}
          error={faults.order}
          hint="Of several that nobody mentioned, the one with the smallest number answers. Empty: the last."
        />
        {servers.length === 0 ? null : <ServerTicks servers={servers} chosen={typed.servers} />}
        <Choice label="Answers" name="mode" chosen={typed.mode} options={MODES.map((mode) => [mode, `${mode}: ${MODE_WORDS[mode]}`])} error={faults.mode} />
        <Rehearsed rehearsal={rehearsal} name={typed.name} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary" name="intent" value="save">
            Save agent
          </Button>
          <a href={agentsPath(room.id)} className={buttonClass('quiet')}>
            Back to the agents
          </a>
        </div>
      </form>
      {agent === null || versions.length === 0 ? null : <AgentVersions room={room} agent={agent} versions={versions} />}
      {agent === null ? null : <Removal room={room} agent={agent} />}
    </Card>
  )
}

function Rehearsed({ rehearsal, name }: { readonly rehearsal: readonly Rehearsal[]; readonly name: string }) {
  return (
    <section aria-label="Rehearsal" className="rounded-xl bg-paper px-4 py-3 text-sm text-ink">
      <h2 className="font-medium">Rehearsal: in this room’s newest messages</h2>
      <ul className="mt-1 flex flex-col gap-0.5">
        {rehearsal.map(({ mode, answered, heldBack, elsewhere }) => (
          <li key={mode} data-mode={mode} data-answered={answered} data-held-back={heldBack}>
            <b className="font-medium">{mode}</b>: {name === '' ? 'it' : name} would have answered {answered}, been held back {counted(heldBack, 'time')}
            {elsewhere.map((other) => (
              <span key={other.as} data-order={other.as} className="text-muted">{` · as the ${other.as}: ${other.answered} and ${other.heldBack}`}</span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What it said stays; asked for twice. */
function Removal({ room, agent }: { readonly room: Visit['room']; readonly agent: MemberId }) {
  return (
    <details className="border-t border-line pt-3">
      <summary className="flex min-h-10 items-center text-sm text-muted underline underline-offset-2">Remove this agent</summary>
      <form method="post" action={agentsPath(room.id)} className="mt-2 flex flex-col gap-3">
        <p className="text-sm text-muted">What it said stays, under its name. Whatever waits for it is cancelled.</p>
        <input type="hidden" name="agent" value={agent} />
        <Button type="submit" variant="danger" name="intent" value="remove">
          Remove agent
        </Button>
      </form>
    </details>
  )
}
