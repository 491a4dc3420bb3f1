// What the guide is asked: the newest message of a prompt, who asks it, and how much of the answer was already given.
import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider'
import { CONTINUE, heard, markerIn } from '../spoken'

export interface Question {
  /** What is asked, without the mention of whom it asks. */
  readonly text: string
  /** Who asks; null when the prompt does not say. */
  readonly name: string | null
  /** The seq of the message that asks; null when the prompt does not say. */
  readonly seq: number | null
  /** The first half of an answer that broke off. */
  readonly partial: string | null
  /** What was done for it already: calls of tools, and what they answered. */
  readonly done: LanguageModelV4Prompt
}

/** What is read of a question, in characters: whoever asks something asks it soon. */
export const LONGEST_QUESTION = 2_000

export function questionIn(prompt: LanguageModelV4Prompt): Question {
  const last = prompt.at(-1)
  const isContinued = last?.role === 'user' && textOf(last) === CONTINUE
  const turns = isContinued ? prompt.slice(0, -2) : prompt
  const asked = turns.findLastIndex((message) => message.role === 'user')
  const turn = turns[asked]
  const words = turn ? textOf(turn) : ''
  const marker = markerIn(textOf(prompt.find(({ role }) => role === 'system')))
  const spoken = marker === null ? undefined : heard(words, marker).at(-1)
  return {
    text: withoutMentions((spoken?.text ?? words).slice(0, LONGEST_QUESTION)),
    name: spoken?.name ?? null,
    seq: spoken?.seq ?? null,
    partial: isContinued ? textOf(prompt.at(-2)) : null,
    done: turns.slice(asked + 1),
  }
}

function textOf(message: LanguageModelV4Message | undefined): string {
  if (!message) return ''
  if (message.role === 'system') return message.content
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
}

/** "@Parley, what is 2 + 2?" asks what 2 + 2 is. */
/** How a message begins that a schedule says. */
const SCHEDULED = /^Scheduled \((?:[^()]|\([^()]*\))*\): /

function withoutMentions(text: string): string {
  return text
    .replace(SCHEDULED, '')
    .replace(/^(?:\s*@[\p{L}\p{N}_-]+[,:]?)+\s*/u, '')
    .trimEnd()
    .replace(/(?<=\s)@[\p{L}\p{N}_-]+$/u, '')
    .trim()
}
