// The models of an instance: which there are, which is the default, and the form that connects another. No key is ever on the page.
import { MAX_NAME_UNITS } from '../../conversation/member'
import { HOUSES, type Faults, type Typed } from '../../models/offer/connection'
import type { OfferedModel } from '../../models/offer/offer'
import { Button } from '../../ui/basics/Button'
import { Choice } from '../../ui/basics/Choice'
import { Day } from '../../ui/basics/Day'
import { Field } from '../../ui/basics/Field'

export interface ShownModel extends OfferedModel {
  /** Of a connected one. */
  readonly hasKey: boolean
  readonly address: string | null
  readonly testedAt: number | null
  readonly tested: string | null
}

export interface InstanceModelsProps {
  readonly models: readonly ShownModel[]
  readonly isSetByEnvironment: boolean
  /** Parley runs on a machine of one's own. */
  readonly isLocal: boolean
  /** What was typed, and what is wrong with it; null where nothing was. */
  readonly refused: { readonly typed: Typed; readonly faults: Faults; readonly message: string } | null
}

const ORIGINS = {
  environment: 'set where Parley runs',
  connected: 'connected here',
  found: 'found on this machine',
  'built-in': 'built in, and no language model',
} as const

export function InstanceModels({ models, isSetByEnvironment, isLocal, refused }: InstanceModelsProps) {
  return (
    <>
      <p className="text-sm text-muted">
        Agents answer with the default, or with one of these that their form names.
        {isSetByEnvironment ? ' Where Parley runs, the environment says which is the default, and it wins over any choice here.' : ''}
      </p>
      <ul className="flex flex-col divide-y divide-line">
        {models.map((model) => (
          <Model key={model.id} model={model} mayChoose={!isSetByEnvironment} />
        ))}
      </ul>
      <details open={refused !== null} className="rounded-xl border border-line px-4 py-2">
        <summary className="flex min-h-10 items-center font-medium text-ink underline underline-offset-2">Connect a model</summary>
        <Connect isLocal={isLocal} refused={refused} />
      </details>
    </>
  )
}

function Model({ model, mayChoose }: { readonly model: ShownModel; readonly mayChoose: boolean }) {
  const { id, label, origin, isDefault, hasKey, address, tested, testedAt } = model
  return (
    <li className="flex flex-col gap-2 py-3" data-model={id}>
      <div>
        <p className="break-words text-ink">
          <span className="font-medium">{label}</span>
          {isDefault ? <span className="ml-2 rounded-md bg-accent-soft px-1.5 py-0.5 text-xs font-medium text-ink">Default</span> : null}
        </p>
        <p className="text-sm break-words text-muted">
          <code className="font-mono text-xs">{id}</code> · {ORIGINS[origin]}
          {origin === 'connected' ? (hasKey ? ', with a key' : ', without a key') : ''}
          {address === null ? null : (
            <>
              {' '}
              · at <code className="font-mono text-xs">{address}</code>
            </>
          )}
        </p>
        {tested === null ? null : (
          <div role="status" className="mt-1 text-sm text-ink">
            <p className="break-words">{tested}</p>
            {testedAt === null ? null : (
              <div className="text-muted">
                <Day what="Tested" at={testedAt} />
              </div>
            )}
          </div>
        )}
      </div>
      {origin === 'connected' ? <Decisions model={model} mayChoose={mayChoose} /> : null}
    </li>
  )
}

function Decisions({ model: { id, label, isDefault }, mayChoose }: { readonly model: ShownModel; readonly mayChoose: boolean }) {
  return (
    <form method="post" action="/instance/models" className="flex flex-wrap items-start gap-2">
      <input type="hidden" name="id" value={id} />
      <Button type="submit" name="intent" value="test" aria-label={`Test ${label}`}>
        Test
      </Button>
      {mayChoose ? (
        <Button
          type="submit"
          name="intent"
          value={isDefault ? 'no-default' : 'default'}
          aria-label={isDefault ? `No longer use ${label} as the default` : `Make ${label} the default`}
        >
          {isDefault ? 'No longer the default' : 'Make default'}
        </Button>
      ) : null}
      <details>
        <summary className="inline-flex min-h-10 items-center px-2 text-sm text-muted underline underline-offset-2" aria-label={`Remove ${label}`}>
          Remove
        </summary>
        <div className="flex flex-col items-start gap-2 py-1">
          <p className="max-w-72 text-sm text-muted">Its key is forgotten. Agents that have this model fail and say so, until they are given another.</p>
          <Button type="submit" variant="danger" name="intent" value="remove" aria-label={`Remove the model ${label}`}>
            Remove the model
          </Button>
        </div>
      </details>
    </form>
  )
}

function Connect({ isLocal, refused }: Pick<InstanceModelsProps, 'isLocal' | 'refused'>) {
  const { typed = {}, faults = {}, message = '' } = refused ?? {}
  return (
    <form method="post" action="/instance/models" className="flex flex-col gap-4 py-3">
      {message === '' ? null : (
        <p role="alert" className="text-sm text-danger">
          {message}
        </p>
      )}
      <Choice label="Provider" name="provider" idPrefix="model-" chosen={typed.provider ?? 'openai'} options={Object.entries(HOUSES)} error={faults.provider} />
      <Field
        label="Model name"
        id="model-name"
        name="model"
        defaultValue={typed.model}
        required
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        hint="As its provider writes it, such as gpt-5-mini or claude-haiku-5-5."
        error={faults.model}
      />
      <Field
        label="Key"
        id="model-key"
        name="key"
        type="password"
        maxLength={500}
        autoComplete="new-password"
        hint="Kept sealed, and never shown again. A server of your own may need none."
        error={faults.key}
      />
      <Field
        label="Address"
        id="model-address"
        name="address"
        defaultValue={typed.address}
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        hint={`For “Another address”: any server that speaks OpenAI’s chat completions, with its /v1.${isLocal ? ' http:// for this very machine alone.' : ''}`}
        error={faults.address}
      />
      <Field
        label="Label"
        id="model-label"
        name="label"
        defaultValue={typed.label}
        maxLength={MAX_NAME_UNITS}
        autoComplete="off"
        hint="For “Another address”: what people see in its place, such as Ollama at work. The address itself is shown to you alone."
        error={faults.label}
      />
      <Field
        label="Account id"
        id="model-account"
        name="account"
        defaultValue={typed.account}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        hint="For Workers AI."
        error={faults.account}
      />
      <div>
        <Button type="submit" variant="primary" name="intent" value="connect">
          Connect model
        </Button>
      </div>
    </form>
  )
}
