// What the owner of an instance fills in to connect a model. Whole, or refused field by field, with nothing stored [R160].
import { MAX_NAME_LENGTH } from '../../conversation/member'
import { cleanName } from '../../conversation/name'
import type { ModelSettings } from '../model-settings'
import { readAddress } from './address'

/** Whom one may connect, as the form names them, and for people. */
export const HOUSES = { openai: 'OpenAI', anthropic: 'Anthropic', 'workers-ai': 'Workers AI', compatible: 'Another address' } as const
export type House = keyof typeof HOUSES

export type ConnectionField = 'provider' | 'model' | 'key' | 'address' | 'account' | 'label'
export type Typed = Readonly<Partial<Record<ConnectionField, string>>>
export type Faults = Readonly<Partial<Record<ConnectionField, string>>>

/** What may be kept in the open. */
export type OpenSettings =
  | { readonly provider: 'openai' | 'anthropic'; readonly model: string }
  /** `label`: what people call the server, in whose place its address is shown to nobody but the owner. */
  | { readonly provider: 'compatible'; readonly model: string; readonly baseUrl: string; readonly label?: string }
  | { readonly provider: 'workers-ai'; readonly model: string; readonly accountId: string }

export interface Connection {
  readonly settings: OpenSettings
  /** Null for a server that asks for none. */
  readonly key: string | null
}

export type ParsedConnection = { readonly ok: true; readonly connection: Connection } | { readonly ok: false; readonly faults: Faults }

/** Models are called by plain letters and signs. */
const MODEL = /^[\w@./:+-]{1,120}$/
const KEY = /^[\x21-\x7e]{1,500}$/

/** Of a form. `isLocal`: Parley runs on a machine of one's own, whose own servers may be connected. */
export function parseConnection(typed: Typed, isLocal: boolean): ParsedConnection {
  const faults: Partial<Record<ConnectionField, string>> = {}
  const text = (field: ConnectionField) => (typed[field] ?? '').trim()
  const provider = text('provider')
  const [model, key, account] = [text('model'), text('key'), text('account')]
  if (!isHouse(provider)) faults.provider = 'Choose one of these.'
  if (!MODEL.test(model)) faults.model = 'Write the model’s name as its provider does: 1 to 120 letters, digits and @ . / : + - _.'
  if (key === '' && provider !== 'compatible') faults.key = 'It needs a key.'
  else if (key !== '' && !KEY.test(key)) faults.key = 'A key is one word of at most 500 plain letters, digits and signs.'
  if (provider === 'workers-ai' && !/^[A-Za-z0-9]{1,64}$/.test(account)) faults.account = 'An account’s id holds letters and digits only.'
  const address = provider === 'compatible' ? readAddress(typed.address ?? '', isLocal) : null
  if (address && !address.ok) faults.address = address.fault
  const label = text('label') === '' ? '' : cleanName(text('label'))
  if (label === null) faults.label = `A label has 1 to ${MAX_NAME_LENGTH} characters that can be seen.`
  const settings = isHouse(provider) ? settingsOf(provider, model, account, address?.ok ? address.url : '', label ?? '') : null
  if (!settings || Object.keys(faults).length > 0) return { ok: false, faults }
  return { ok: true, connection: { settings, key: key === '' ? null : key } }
}

export function isHouse(provider: string): provider is House {
  return Object.hasOwn(HOUSES, provider)
}

/**
 * By which an agent names it: `provider:model`, and at an address of its own `server`, a word that says which and not where: everybody in a
 * room reads it. At most 200 characters, as an agent's record may name.
 */
export function idOf(settings: OpenSettings, server: string): string {
  return settings.provider === 'compatible' ? `openai:${settings.model}@${server}` : `${settings.provider}:${settings.model}`
}

/** With the key that was kept apart, as a turn needs them. */
export function keyed(settings: OpenSettings, key: string | null): Exclude<ModelSettings, { readonly provider: 'guide' }> {
  if (settings.provider === 'workers-ai') return { ...settings, apiToken: key ?? '' }
  return key === null ? settings : { ...settings, apiKey: key }
}

function settingsOf(provider: House, model: string, accountId: string, baseUrl: string, label: string): OpenSettings {
  if (provider === 'compatible') return { provider, model, baseUrl, ...(label === '' ? {} : { label }) }
  return provider === 'workers-ai' ? { provider, model, accountId } : { provider, model }
}
