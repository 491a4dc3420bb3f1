// What the environment says about limits. Imports nothing, so that a start script can load it alone and say what is wrong
// before anything runs. Everything has a default that is safe on the open internet with a real key.

export interface LimitEnvironment {
  /** `off` where many people come from one address, or addresses are not known. */
  readonly ADDRESS_LIMITS?: string | undefined
  /** `off` for measuring: nothing that comes in over HTTP is counted. */
  readonly REQUEST_LIMITS?: string | undefined
  /** `off`: no budget of any kind. */
  readonly BUDGETS?: string | undefined
  readonly GUESTS?: string | undefined
  readonly GUEST_CALLS_PER_DAY?: string | undefined
  readonly GUEST_TOKENS_PER_DAY?: string | undefined
  /** Of all guests of one network together. */
  readonly NETWORK_CALLS_PER_DAY?: string | undefined
  readonly NETWORK_TOKENS_PER_DAY?: string | undefined
  readonly ACCOUNT_CALLS_PER_DAY?: string | undefined
  readonly ACCOUNT_TOKENS_PER_DAY?: string | undefined
  readonly ROOM_CALLS_PER_DAY?: string | undefined
  readonly ROOM_TOKENS_PER_DAY?: string | undefined
  readonly INSTANCE_CALLS_PER_DAY?: string | undefined
  readonly INSTANCE_TOKENS_PER_DAY?: string | undefined
}

/** What may be spent in a day. Null: as much as is asked for. */
export interface Budget {
  readonly calls: number | null
  readonly tokens: number | null
}

/** `network`: the guests of one network together. `guests`: all guests together. */
export type Spender = 'guest' | 'network' | 'guests' | 'account' | 'room' | 'instance'

/** Who may become a guest: everybody, whoever has an invitation to a room, nobody. */
export type Guests = 'open' | 'invited' | 'closed'

export interface LimitSettings {
  readonly addressLimits: boolean
  readonly requestLimits: boolean
  readonly guests: Guests
  readonly budgets: Readonly<Record<Spender, Budget>>
}

export type ParsedLimitSettings = { readonly ok: true; readonly settings: LimitSettings } | { readonly ok: false; readonly message: string }

/** A day of one guest is an evening's talk; of the whole instance, a few dollars with a small model. */
const DEFAULTS: Readonly<Record<Exclude<Spender, 'guests'>, Budget>> = {
  guest: { calls: 50, tokens: 100_000 },
  network: { calls: 600, tokens: 1_500_000 },
  account: { calls: 500, tokens: 1_000_000 },
  room: { calls: 1_000, tokens: 2_000_000 },
  instance: { calls: 2_000, tokens: 4_000_000 },
}

/** What all guests together may have of the instance's budget: the rest is for whoever is none, however many guests there are. */
const SHARE_OF_GUESTS = 0.75

/** Every variable that is read here, for a start script to pass on. */
export const LIMIT_VARIABLES: readonly (keyof LimitEnvironment)[] = [
  'ADDRESS_LIMITS',
  'REQUEST_LIMITS',
  'BUDGETS',
  'GUESTS',
  'GUEST_CALLS_PER_DAY',
  'GUEST_TOKENS_PER_DAY',
  'NETWORK_CALLS_PER_DAY',
  'NETWORK_TOKENS_PER_DAY',
  'ACCOUNT_CALLS_PER_DAY',
  'ACCOUNT_TOKENS_PER_DAY',
  'ROOM_CALLS_PER_DAY',
  'ROOM_TOKENS_PER_DAY',
  'INSTANCE_CALLS_PER_DAY',
  'INSTANCE_TOKENS_PER_DAY',
]

/** The settings, or one sentence that names the variable to change. */
export function parseLimitSettings(environment: LimitEnvironment): ParsedLimitSettings {
  const faults: string[] = []
  const oneOf = <T extends string>(name: keyof LimitEnvironment, values: readonly [T, ...T[]]): T => {
    const given = valueOf(environment[name])
    const found = given === null ? values[0] : values.find((value) => value === given)
    if (found === undefined) faults.push(`${name} is "${given}": write ${values.slice(0, -1).join(', ')} or ${values.at(-1)}.`)
    return found ?? values[0]
  }
  const perDay = (name: keyof LimitEnvironment, normally: number | null): number | null => {
    const given = valueOf(environment[name])
    if (given === null) return normally
    if (given === 'off') return null
    if (/^\d{1,12}$/.test(given)) return Number(given)
    faults.push(`${name} is "${given}", which is no limit: write a number for each day (0 allows none), or off for no limit.`)
    return normally
  }
  const unlimited = oneOf('BUDGETS', ['on', 'off']) === 'off'
  const budget = (spender: keyof typeof DEFAULTS): Budget => {
    const name = spender.toUpperCase() as Uppercase<keyof typeof DEFAULTS>
    const { calls, tokens } = DEFAULTS[spender]
    const given = { calls: perDay(`${name}_CALLS_PER_DAY`, calls), tokens: perDay(`${name}_TOKENS_PER_DAY`, tokens) }
    return unlimited ? { calls: null, tokens: null } : given
  }
  const instance = budget('instance')
  const settings: LimitSettings = {
    addressLimits: oneOf('ADDRESS_LIMITS', ['on', 'off']) === 'on',
    requestLimits: oneOf('REQUEST_LIMITS', ['on', 'off']) === 'on',
    guests: oneOf('GUESTS', ['open', 'invited', 'closed']),
    budgets: {
      guest: budget('guest'),
      network: budget('network'),
      guests: { calls: shareOf(instance.calls), tokens: shareOf(instance.tokens) },
      account: budget('account'),
      room: budget('room'),
      instance,
    },
  }
  const [fault] = faults
  return fault === undefined ? { ok: true, settings } : { ok: false, message: fault }
}

function shareOf(limit: number | null): number | null {
  return limit === null ? null : Math.ceil(limit * SHARE_OF_GUESTS)
}

/** The worker has its environment, and each object its own. */
const known = new WeakMap<LimitEnvironment, LimitSettings>()

/** The settings that are in force; those that cannot be read are taken for their defaults, which are the safe ones. */
export function limitsOf(environment: LimitEnvironment): LimitSettings {
  const settings = known.get(environment) ?? readSafely(environment)
  known.set(environment, settings)
  return settings
}

function readSafely(environment: LimitEnvironment): LimitSettings {
  const parsed = parseLimitSettings(environment)
  if (parsed.ok) return parsed.settings
  console.error(parsed.message)
  const safe = parseLimitSettings({})
  if (!safe.ok) throw new Error(safe.message)
  return safe.settings
}

/** A variable set to nothing or to white space counts as not set. */
function valueOf(variable: string | undefined): string | null {
  const text = variable?.trim().toLowerCase() ?? ''
  return text === '' ? null : text
}
