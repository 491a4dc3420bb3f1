// What a model is told for one turn: where it is, who is here, as much of the newest history as fits, and last the
// message it answers. It sees the room as one of its members does: each message under the name of whoever said it.
import type { ModelMessage } from 'ai'
import type { Member } from '../conversation/member'
import { type Message, textOf } from '../conversation/message'
import { CONTINUE, newMarker, spoken } from '../models/spoken'
import type { Speaker } from './roster'
import { type OtherAgent, systemPrompt } from './system-prompt'
import { shortened, tokensOf } from './tokens'

export interface PromptRequest {
  readonly agent: Speaker
  /** The other agents of the room. */
  readonly others?: readonly OtherAgent[]
  readonly roomName: string
  /** Who is here now; agents may be among them. */
  readonly here: readonly Member[]
  /** Oldest first. What comes after the prompt, or is not finished, is left out. */
  readonly history: readonly Message[]
  /** The message to answer. */
  readonly prompt: Message
  /** Tokens that the prompt and its answer may take together. */
  readonly contextTokens: number
  /** Ms since 1970. */
  readonly now: number
  /** What the reply says already, when it broke off and is to go on. */
  readonly partial?: string
  /** What no text can know; for tests. */
  readonly marker?: string
}

export interface Prompt {
  readonly system: string
  /** Person and agent take turns, beginning and ending with a person. */
  readonly messages: readonly ModelMessage[]
}

/** The longest answer that room is kept for, in tokens: some 1,500 words. */
const ANSWER_TOKENS = 2_048

export function buildPrompt({
  agent,
  others = [],
  roomName,
  here,
  history,
  prompt,
  contextTokens,
  now,
  partial = '',
  marker = newMarker(),
}: PromptRequest): Prompt {
  const system = systemPrompt({ agent, others, roomName, here, now, marker })
  const budget = contextTokens - Math.min(ANSWER_TOKENS, contextTokens / 4) - tokensOf(system)
  const begun = partial.trim() === '' ? '' : lastOf(partial, budget / 2)
  const resumption: readonly Turn[] =
    begun === ''
      ? []
      : [
          { role: 'assistant', content: begun },
          { role: 'user', content: CONTINUE },
        ]
  const left = budget - cost(resumption)
  const asked = { role: 'user', content: shortened(turnOf(prompt, agent, marker).content, left) } as const
  const past = history.filter((message) => message.id !== prompt.id && isTold(message, prompt)).map((message) => turnOf(message, agent, marker))
  const remembered = newestThatFit(past, left - cost([asked]))
  return { system, messages: [...alternating([...remembered, asked]), ...resumption] }
}

interface Turn {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/** A failed reply and one without words tell nothing; a stopped one tells what it said. */
function isTold(message: Message, prompt: Message): boolean {
  const { seq, status } = message.metadata
  if (seq > prompt.metadata.seq || textOf(message).trim() === '') return false
  return status === 'complete' || status === 'stopped' || status === 'interrupted'
}

function turnOf(message: Message, agent: Speaker, marker: string): Turn {
  const { author, seq } = message.metadata
  const text = textOf(message)
  if (author.id === agent.id) return { role: 'assistant', content: text }
  return { role: 'user', content: spoken({ seq, kind: author.kind, name: author.name, text }, marker) }
}

function newestThatFit(turns: readonly Turn[], budget: number): readonly Turn[] {
  let left = budget
  const tooOld = turns.findLastIndex((turn) => {
    left -= tokensOf(turn.content)
    return left < 0
  })
  const fitting = turns.slice(tooOld + 1)
  // Several providers refuse a conversation that the model itself begins.
  const first = fitting.findIndex((turn) => turn.role === 'user')
  return first < 0 ? [] : fitting.slice(first)
}

/** Turns of the same role are made one: models behind strict templates refuse two in a row. */
function alternating(turns: readonly Turn[]): readonly Turn[] {
  const merged: Turn[] = []
  for (const turn of turns) {
    const last = merged.at(-1)
    if (last?.role === turn.role) merged[merged.length - 1] = { ...last, content: `${last.content}\n\n${turn.content}` }
    else merged.push(turn)
  }
  return merged
}

/** The end of a text: to go on with it, its end is what matters. */
function lastOf(text: string, tokens: number): string {
  return tokensOf(text) <= tokens ? text : text.slice(-Math.floor((text.length * tokens) / tokensOf(text)))
}

function cost(turns: readonly Turn[]): number {
  return turns.reduce((sum, turn) => sum + tokensOf(turn.content), 0)
}
