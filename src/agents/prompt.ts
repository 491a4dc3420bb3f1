// What a model is told for one step of a turn: where it is, who is here, as much of the newest history as fits, the message it answers,
// and what it did for that already. It sees the room as one of its members does: each message under the name of whoever said it.
import type { ModelMessage } from 'ai'
import type { Member } from '../conversation/member'
import { type Message, type Part, textOf } from '../conversation/message'
import { CONTINUE, newMarker, spoken } from '../models/spoken'
import type { Speaker } from './roster'
import { type OtherAgent, systemPrompt } from './system-prompt'
import { notesThatFit, type TellableNote } from './told-notes'
import { shortened, tokensOf } from './tokens'
import { LONGEST_READ } from './tools/bounds'
import type { OfferedTool } from './tools/tool'
import { type Telling, toldSteps, type ToldStep } from './turn/told-parts'

export interface PromptRequest {
  readonly agent: Speaker
  /** The other agents of the room. */
  readonly others?: readonly OtherAgent[]
  readonly roomName: string
  /** Who is here now; agents may be among them. */
  readonly here: readonly Member[]
  /** Oldest first. What comes after the prompt, or is not finished, is left out. */
  readonly history: readonly Message[]
  /** What the room remembers, newest first. */
  readonly notes?: readonly TellableNote[]
  /** The message to answer. */
  readonly prompt: Message
  /** Tokens that the prompt and its answer may take together. */
  readonly contextTokens: number
  /** Ms since 1970. */
  readonly now: number
  /** What the reply holds already: what was said and done for it, in earlier steps or before it broke off. */
  readonly parts?: readonly Part[]
  /** What people said to it meanwhile, in order. */
  readonly heard?: readonly Heard[]
  /** What may be called. */
  readonly tools?: readonly OfferedTool[]
  /** What no text can know; for tests. */
  readonly marker?: string
}

/** A message that a reply heard while it was being made: after so many of its parts. */
export interface Heard {
  readonly message: Message
  readonly after: number
}

export interface Prompt {
  readonly system: string
  /** Person and agent take turns, beginning and ending with a person. */
  readonly messages: readonly ModelMessage[]
}

/** The longest answer that room is kept for, in tokens: some 1,500 words. */
const ANSWER_TOKENS = 2_048

/** Of a result of an earlier reply, in characters: what it was for has been said since. */
const EARLIER_RESULT = 1_000
/** The same of this one, where not all of it fits. */
const SHORTER_RESULTS = [LONGEST_READ, 4_000, 1_000, 250]

export function buildPrompt({
  agent,
  others = [],
  roomName,
  here,
  history,
  notes = [],
  prompt,
  contextTokens,
  now,
  parts = [],
  heard = [],
  tools = [],
  marker = newMarker(),
}: PromptRequest): Prompt {
  const system = systemPrompt({ agent, others, roomName, here, now, marker, hasTools: tools.length > 0, notes: notesThatFit(notes, contextTokens) })
  const budget = contextTokens - Math.min(ANSWER_TOKENS, contextTokens / 4) - tokensOf(system) - tokensOfTools(tools)
  const telling: Telling = { mostOfResult: EARLIER_RESULT, asCalls: tools.length > 0, marker, nameOf: naming() }
  const own = ownSteps(parts, heard, budget, telling)
  const left = budget - tokensIn(own)
  const asked = { role: 'user', content: shortened(spokenBy(prompt, marker), left) } as const
  const past = history
    .filter((message) => message.id !== prompt.id && isTold(message, prompt))
    .map((message) => (message.metadata.author.id === agent.id ? toldSteps(message.parts, message.id, telling).flat() : [told(message, marker)]))
  const remembered = newestThatFit(past, left - tokensIn([asked]))
  return { system, messages: [...alternating([...remembered.flat(), asked]), ...own] }
}

/** Every call's name in one prompt: nine letters and digits. */
function naming(): Telling['nameOf'] {
  const names = new Map<string, string>()
  return (reply, call) => {
    const key = `${reply} ${call}`
    const name = names.get(key) ?? `call${String(names.size + 1).padStart(5, '0')}`
    names.set(key, name)
    return name
  }
}

/** What was said and done for this answer already; its results shorter, and its first steps left out, where not all of it fits. */
function ownSteps(parts: readonly Part[], heard: readonly Heard[], budget: number, telling: Telling): readonly ModelMessage[] {
  const most = parts.some(({ type }) => type === 'dynamic-tool') ? budget * 0.75 : budget / 2
  let steps: readonly ToldStep[] = []
  for (const mostOfResult of SHORTER_RESULTS) {
    steps = withHeard(parts, heard, budget / 4, { ...telling, mostOfResult })
    if (tokensIn(steps.flat()) <= most) break
  }
  while (steps.length > 1 && tokensIn(steps.flat()) > most) {
    const first = steps.findIndex(([message]) => message?.role !== 'user')
    // What people said stays.
    if (first < 0 || first === steps.length - 1) break
    steps = steps.toSpliced(first, 1)
  }
  const last = steps.at(-1)?.at(-1)
  if (last?.role !== 'assistant' || typeof last.content !== 'string') return steps.flat()
  // It broke off in these words.
  const begun = { ...last, content: lastOf(last.content, budget / 2) }
  return [...steps.flat().slice(0, -1), begun, { role: 'user', content: CONTINUE }]
}

/** What was said and done, and between it what was heard; `most`: of one message, in tokens. */
function withHeard(parts: readonly Part[], heard: readonly Heard[], most: number, telling: Telling): readonly ToldStep[] {
  const ends = [...heard.map(({ after }) => after), parts.length]
  return ends.flatMap((end, at) => {
    const [before, said] = [heard[at - 1], heard[at]]
    const steps = toldSteps(parts.slice(before?.after ?? 0, end), '', telling)
    return said ? [...steps, [{ role: 'user', content: shortened(spokenBy(said.message, telling.marker), most) }]] : steps
  })
}

/** A failed reply and one without words tell nothing; a stopped one tells what it said. */
function isTold(message: Message, prompt: Message): boolean {
  const { seq, status } = message.metadata
  if (seq > prompt.metadata.seq || textOf(message).trim() === '') return false
  return status === 'complete' || status === 'stopped' || status === 'interrupted'
}

function told(message: Message, marker: string): ModelMessage {
  return { role: 'user', content: spokenBy(message, marker) }
}

function spokenBy(message: Message, marker: string): string {
  const { author, seq } = message.metadata
  return spoken({ seq, kind: author.kind, name: author.name, text: textOf(message) }, marker)
}

/** What each message of the room is told as, as many of the newest as fit. */
function newestThatFit(all: readonly (readonly ModelMessage[])[], budget: number): readonly (readonly ModelMessage[])[] {
  let left = budget
  const tooOld = all.findLastIndex((messages) => {
    left -= tokensIn(messages)
    return left < 0
  })
  const fitting = all.slice(tooOld + 1)
  // Several providers refuse a conversation that the model itself begins.
  const first = fitting.findIndex(([message]) => message?.role === 'user')
  return first < 0 ? [] : fitting.slice(first)
}

/** Words of the same role are made one: models behind strict templates refuse two in a row. */
function alternating(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const merged: ModelMessage[] = []
  for (const message of messages) {
    const last = merged.at(-1)
    const one = last && mergedOf(last, message)
    if (one) merged[merged.length - 1] = one
    else merged.push(message)
  }
  return merged
}

/** Null where they stay two. */
function mergedOf(last: ModelMessage, next: ModelMessage): ModelMessage | null {
  if (last.role !== next.role || typeof last.content !== 'string' || (last.role !== 'user' && last.role !== 'assistant')) return null
  if (typeof next.content === 'string') return { role: last.role, content: `${last.content}\n\n${next.content}` }
  return next.role === 'assistant' ? { ...next, content: [{ type: 'text', text: last.content }, ...next.content] } : null
}

/** The end of a text: to go on with it, its end is what matters. */
function lastOf(text: string, tokens: number): string {
  return tokensOf(text) <= tokens ? text : text.slice(-Math.floor((text.length * tokens) / tokensOf(text)))
}

/** What these take of a model's context, in tokens. */
export function tokensIn(messages: readonly ModelMessage[]): number {
  return messages.reduce((sum, { content }) => sum + tokensOf(typeof content === 'string' ? content : JSON.stringify(content)), 0)
}

/** The same of what may be called. */
export function tokensOfTools(tools: readonly OfferedTool[]): number {
  return tools.reduce((sum, { name, description, schema }) => sum + tokensOf(`${name}${description}${JSON.stringify(schema)}`), 0)
}
