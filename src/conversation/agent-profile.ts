// What an agent of a room is, as its form says it. Parsed here and nowhere else: a profile that came through is whole.
import { charactersOf } from './characters'
import { MAX_NAME_LENGTH } from './member'
import { isBlank } from './message'
import { cleanName } from './name'
import { MAX_SERVERS } from './server-profile'

/** When an agent speaks by itself: never; when it is spoken to; also when it is plain that it is meant; to everything. */
export const MODES = ['off', 'mention', 'auto', 'always'] as const
export type Mode = (typeof MODES)[number]

/** Colours of the theme, by name; the first is Parley's own. */
export const COLOURS = ['copper', 'amber', 'green', 'teal', 'blue', 'violet', 'pink', 'red'] as const
export type Colour = (typeof COLOURS)[number]

/** What its form says. */
export interface AgentForm {
  /** What follows an @: small letters, digits and inner hyphens. One agent of a room has it. */
  readonly handle: string
  readonly name: string
  readonly colour: Colour
  /** One picture, which stands for the agent where a name is too long; empty for none. */
  readonly emoji: string
  /** What the agent is there for and how it behaves, for its model to read. */
  readonly instruction: string
  /** `provider:model`, or `default`. */
  readonly model: string
  readonly mode: Mode
  /** Answers that it writes at the same time, 1 to 8. */
  readonly atOnce: number
  /** The servers whose tools it may use, by the ids of their records; none where it does not say. */
  readonly servers?: readonly string[]
}

/** What the room's record of it holds. */
export interface AgentProfile extends AgentForm {
  /** The agent's place among the room's: of several that nobody mentioned, the first answers. */
  readonly order: number
}

export type ProfileField = keyof AgentProfile

/** More would leave people no room to follow. */
export const MAX_AGENTS = 12
/** What all agents of a room write at the same time, and so the most that one may. */
export const MAX_AT_ONCE = 8
const MAX_HANDLE = 32
/** Some 1,300 words: a prompt must leave room for the conversation. */
export const MAX_INSTRUCTION = 8_000
const MAX_MODEL = 200
/** The last place among a room's agents. */
export const MAX_ORDER = 999

const HANDLE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/
const PRINTED = /^[\x21-\x7e]+$/
const PICTURE = /^\p{RGI_Emoji}$/v
/** What no keyboard writes and no page shows: all controls but the tab and the end of a line. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu
const SERVER_ID = /^[A-Za-z0-9_-]{1,64}$/

export type ParsedProfile =
  /** `order`: null where nothing says which. */
  | { readonly ok: true; readonly profile: AgentForm; readonly order: number | null }
  /** What is wrong, a sentence for each field that it is wrong with. */
  | { readonly ok: false; readonly faults: Readonly<Partial<Record<ProfileField, string>>> }

/** A profile of whatever a form or a program sent; what is left out of colour, emoji, model, mode and number has a default. `taken`: the handles of the room's other agents, of which there are eleven at most. */
export function parseAgentProfile(input: unknown, taken: readonly string[]): ParsedProfile {
  const fields: Readonly<Record<string, unknown>> = typeof input === 'object' && input !== null ? { ...input } : {}
  const faults: Partial<Record<ProfileField, string>> = {}
  const wrong = <T>(field: ProfileField, fault: string, instead: T): T => {
    faults[field] = fault
    return instead
  }

  const handle = typeof fields['handle'] === 'string' ? fields['handle'].trim().replace(/^@/, '').toLowerCase() : ''
  if (handle.length > MAX_HANDLE || !HANDLE.test(handle))
    wrong('handle', `A handle has 1 to ${MAX_HANDLE} letters from a to z, digits and inner hyphens.`, null)
  else if (taken.includes(handle)) wrong('handle', `Another agent of this room is @${handle}.`, null)
  if (taken.length >= MAX_AGENTS) wrong('handle', `A room has at most ${MAX_AGENTS} agents.`, null)

  const name = cleanName(fields['name']) ?? wrong('name', `A name has 1 to ${MAX_NAME_LENGTH} characters that can be seen.`, '')

  const { instruction: told } = fields
  const instruction = typeof told === 'string' ? told.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed().trim() : ''
  if (isBlank(instruction)) wrong('instruction', 'Say what the agent is there for.', null)
  else if (instruction.length > MAX_INSTRUCTION) {
    wrong(
      'instruction',
      `An instruction has at most ${MAX_INSTRUCTION.toLocaleString('en')} characters; this one has ${instruction.length.toLocaleString('en')}.`,
      null,
    )
  }

  const { model: named = 'default' } = fields
  const isModel = typeof named === 'string' && named.length <= MAX_MODEL && PRINTED.test(named)
  const model = isModel ? named : wrong('model', 'Choose one of the models.', '')
  const mode = oneOf(MODES, fields['mode'] ?? 'mention') ?? wrong('mode', `It answers by one of: ${MODES.join(', ')}.`, 'off' as const)
  const colour = oneOf(COLOURS, fields['colour'] ?? COLOURS[0]) ?? wrong('colour', 'Choose one of the colours.', COLOURS[0])
  const picture = pictureOf(fields['emoji'] ?? '') ?? wrong('emoji', 'Choose one picture, or none.', '')
  const servers = serversOf(fields['servers']) ?? wrong('servers', 'Choose some of the servers, or none.', [])
  const atOnce = wholeNumber(fields['atOnce'] ?? MAX_AT_ONCE, 1, MAX_AT_ONCE) ?? wrong('atOnce', `It writes 1 to ${MAX_AT_ONCE} answers at once.`, 0)

  const { order: asked = '' } = fields
  const isOrdered = asked !== '' && asked !== null
  const order = isOrdered ? (wholeNumber(asked, 0, MAX_ORDER) ?? wrong('order', `Its place is a whole number from 0 to ${MAX_ORDER}, or left empty.`, 0)) : null

  if (Object.keys(faults).length > 0) return { ok: false, faults }
  return { ok: true, profile: { handle, name, colour, emoji: picture, instruction, model, mode, atOnce, ...(servers.length === 0 ? {} : { servers }) }, order }
}

function oneOf<T extends string>(all: readonly T[], value: unknown): T | undefined {
  return all.find((one) => one === value)
}

function pictureOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 64) return null
  const picture = value.trim()
  return picture === '' || (charactersOf(picture).length === 1 && PICTURE.test(picture)) ? picture : null
}

function serversOf(value: unknown = []): readonly string[] | null {
  const isList = Array.isArray(value) && value.length <= MAX_SERVERS && value.every((id) => typeof id === 'string' && SERVER_ID.test(id))
  return isList ? [...new Set(value as readonly string[])] : null
}

/** Forms send digits, programs numbers. */
function wholeNumber(value: unknown, least: number, most: number): number | null {
  const number = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most ? number : null
}
