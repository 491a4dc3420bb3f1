// Which models an instance has, and which one an agent means [R163]: what the environment names, what its owner connected, what was
// found on the machine, and the guide. The environment wins: where it names a model, that is the default whatever was chosen.
import type { ChosenModel, ModelChoice } from '../choose-model'
import { chooseModel, modelWith } from '../choose-model'
import type { ModelEnvironment, ModelSettings } from '../model-settings'
import { parseModelSettings } from '../model-settings'
import type { RoomReader } from '../room-reader'
import { foundModels } from './found'

export type Origin = 'environment' | 'connected' | 'found' | 'built-in'

export interface OfferedModel {
  /** As an agent names it: one word. */
  readonly id: string
  /** For people. */
  readonly label: string
  readonly origin: Origin
  readonly isDefault: boolean
}

export interface ConnectedModel {
  readonly id: string
  readonly label: string
  readonly isDefault: boolean
  /** With its key; null where the key cannot be read any more. Asked for when it is spoken with, and not before. */
  settings(): Promise<ModelSettings | null>
}

export interface OfferEnvironment extends ModelEnvironment {
  /** What `npm start` found on the machine. */
  readonly FOUND_MODELS?: string | undefined
}

/** What an agent means that names none. */
export const DEFAULT = 'default'
const GUIDE = { id: 'guide', label: 'Built-in guide', settings: { provider: 'guide' } } as const

/** Whether the environment says which model is the default. What is wrong there says so too: a fault is nobody's leave to choose. */
export function isSetByEnvironment(environment: ModelEnvironment): boolean {
  const parsed = parseModelSettings(environment)
  return !parsed.ok || parsed.settings.provider !== 'guide' || (environment.MODEL ?? '').trim() !== ''
}

/** All that an agent may have, in the order in which its form shows them; one of them is the default. */
export function offeredModels(environment: OfferEnvironment, connected: readonly ConnectedModel[]): readonly OfferedModel[] {
  const chosen = isSetByEnvironment(environment) ? chooseModel(environment, NOBODY) : null
  const own = chosen?.ok && !chosen.chosen.isGuide ? [{ id: chosen.chosen.id, label: chosen.chosen.label, origin: 'environment' as const }] : []
  const others = [
    ...connected.map(({ id, label }) => ({ id, label, origin: 'connected' as const })),
    ...foundModels(environment.FOUND_MODELS).map(({ id, label }) => ({ id, label, origin: 'found' as const })),
    { id: GUIDE.id, label: GUIDE.label, origin: 'built-in' as const },
  ]
  const all = [...own, ...others.filter(({ id }, at) => own[0]?.id !== id && others.findIndex((other) => other.id === id) === at)]
  const standard = defaultId(environment, connected, own[0]?.id ?? null)
  return all.map((model) => ({ ...model, isDefault: model.id === standard }))
}

/** Whether the model that an agent names costs anybody anything: all do but the guide. */
export function isMetered(named: string, environment: OfferEnvironment, connected: readonly ConnectedModel[]): boolean {
  if (named !== DEFAULT) return named !== GUIDE.id
  return offeredModels(environment, connected).some(({ isDefault, origin }) => isDefault && origin !== 'built-in')
}

/** The model of an agent, for one answer; a failure with code `configuration` where there is none of that name. Nothing is taken instead of it. */
export async function chooseOffered(
  { name, model: named }: { readonly name: string; readonly model: string },
  environment: OfferEnvironment,
  connected: readonly ConnectedModel[],
  room: RoomReader,
): Promise<ModelChoice> {
  const isSet = isSetByEnvironment(environment)
  if (named === DEFAULT && isSet) return chooseModel(environment, room)
  const id = named === DEFAULT ? (defaultId(environment, connected, null) ?? GUIDE.id) : named
  if (id === GUIDE.id) return modelWith(GUIDE.settings, environment, room)
  const own = isSet ? chooseModel(environment, room) : null
  if (own?.ok && own.chosen.id === id) return own
  const known = connected.find((model) => model.id === id)
  if (known) {
    const settings = await known.settings()
    return settings
      ? as(id, modelWith(settings, environment, room), { isConnected: true })
      : failed(`The key of the model ${quoted(id)} cannot be read any more, because this instance has another secret. Its owner connects the model again.`)
  }
  const found = foundModels(environment.FOUND_MODELS).find((model) => model.id === id)
  if (found) return as(id, modelWith(found.settings, environment, room))
  return failed(`The model of ${name}, ${quoted(id)}, is not here any more. The room’s owner can give ${name} another one.`)
}

/** What is asked where nobody names a model. */
function defaultId(environment: OfferEnvironment, connected: readonly ConnectedModel[], own: string | null): string | null {
  if (isSetByEnvironment(environment)) return own ?? ((environment.MODEL ?? '').trim() === GUIDE.id ? GUIDE.id : null)
  return (connected.find(({ isDefault }) => isDefault) ?? foundModels(environment.FOUND_MODELS)[0] ?? GUIDE).id
}

function as(id: string, choice: ModelChoice, more: Partial<ChosenModel> = {}): ModelChoice {
  return choice.ok ? { ok: true, chosen: { ...choice.chosen, ...more, id } } : choice
}

function failed(text: string): ModelChoice {
  return { ok: false, failure: { code: 'configuration', text } }
}

/** A name is a program's word, and may be any. */
function quoted(id: string): string {
  return JSON.stringify(id.slice(0, 200))
}

/** For whoever only asks what there is. */
const NOBODY: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }
