// Which of its abilities the guide answers with, for each question of a message: the first that knows what to say says it.
import { abilities, ABOUT_LANES, ABOUT_MODELS, ABOUT_PARLEY, WHO_I_AM } from './about'
import { anyTool } from './any-tool'
import { calculation } from './calculation'
import { characterOf } from './characters'
import { colleague } from './colleague'
import { type Means, ToolFailed } from './means'
import { missed } from './missed'
import { isTimed, later } from './later'
import { notes } from './notes'
import type { Question } from './question'
import { page } from './page'
import { questionsOf } from './questions'
import { inert } from './quote'
import { recital } from './recital'
import { search } from './search'
import { empty, slip } from './slips'
import { timeOfDay } from './time-of-day'
import { whoIsHere } from './who-is-here'

type Ability = (question: Question, means: Means) => string | null

/** What every agent answers alike. */
const COMMON: readonly Ability[] = [
  empty,
  later,
  ({ text }) => recital(text),
  anyTool,
  page,
  colleague,
  notes,
  search,
  missed,
  whoIsHere,
  ({ text }, means) => timeOfDay(text, () => means.now()),
  ({ text }, means) => calculation(text, (sum) => means.result(sum)),
  slip,
]

const TOPICS: readonly Ability[] = [
  ({ text }) => (/\blanes?\b|\bsync engines?\b|\b(?:rsc|tinybase)\b/i.test(text) ? ABOUT_LANES : null),
  ({ text }) => (asksAboutModels(text) ? ABOUT_MODELS : null),
  ({ text }) => (follows(text, /\b(?:what|how|why|about|explain|tell)\b/i, /\b(?:parley|this (?:app|chat|site|room|place))\b/i) ? ABOUT_PARLEY : null),
]

const MANNERS: readonly Ability[] = [
  ({ text }) => (/\b(?:who|what) are you\b|\bare you (?:an?|the|real|human|chatgpt|claude)\b|\byour name\b/i.test(text) ? WHO_I_AM : null),
  ({ text }, means) => (/\bhelp\b|\bwhat can (?:you|i|we)\b|\bhow do (?:i|we)\b/i.test(text) ? abilities(means) : null),
  greeting,
]

/** The guide's answer, in Markdown, to each question of the message; what it does not know yet is wanted of its means, and the answer then worth nothing. */
export function replyTo(question: Question, means: Means): string {
  const character = characterOf(means)
  if (question.text === '' && !character) return abilities(means)
  // Who is there for one thing knows nothing by heart of Parley.
  const known = character ? [...COMMON, ...MANNERS.slice(0, 1)] : [...COMMON, ...TOPICS, ...MANNERS]
  const answered = (text: string) => first(known, { ...question, text }, means)
  const pieces = questionsOf(question.text, (piece) => means.probe(() => answered(piece) !== null), isTimed)
  const answers = new Set(pieces.flatMap((piece) => answered(piece) ?? []))
  // A greeting before a question is no question.
  const said = [...answers].filter((answer) => answers.size === 1 || !pieces.some((piece) => greeting({ ...question, text: piece }, means) === answer))
  if (said.length > 0) return said.join('\n\n')
  if (character) return character(question, means)
  return answered(question.text) ?? `I cannot answer that: I am only the built-in guide, not a language model. ${abilities(means)}`
}

function first(abilities: readonly Ability[], question: Question, means: Means): string | null {
  for (const ability of abilities) {
    const reply = told(() => ability(question, means))
    if (reply !== null) return reply
  }
  return null
}

/** A tool that did not work is no reason to say nothing. */
function told(answer: () => string | null): string | null {
  try {
    return answer()
  } catch (failed) {
    if (!(failed instanceof ToolFailed)) throw failed
    return inWords(failed.message)
  }
}

/** What a model reads of a call that came to nothing, as people read it. */
function inWords(failure: string): string {
  const notRun = /^This call was not run\.\s*([^]*)$/.exec(failure)?.[1]
  if (notRun !== undefined) return `I did not do it. ${inert(notRun)}`.trim()
  return `That did not work: ${inert(failure.replace(/^This input does not fit the tool: /, ''))}`
}

function asksAboutModels(text: string): boolean {
  if (/\b(?:ollama|openai|anthropic|workers ai|llama\.cpp|lm studio|vllm|api key)\b/i.test(text)) return true
  return follows(text, /\b(?:connect|use|add|set up|configure|change|which|what)\b/i, /\b(?:models?|llms?|gpt|claude|real ai)\b/i)
}

/** Whether the second occurs after the first. As one pattern it would look for it again after every first. */
function follows(text: string, first: RegExp, second: RegExp): boolean {
  const found = first.exec(text)
  return found !== null && second.test(text.slice(found.index + found[0].length))
}

function greeting({ text, name }: Question, means: Means): string | null {
  const [, greets] = /^(?:please\s+)?(?:say|wish us)\s+(?:a\s+)?(hello|hi|good (?:morning|afternoon|evening|night))\b/i.exec(text) ?? []
  if (greets !== undefined) return `${greets.charAt(0).toUpperCase()}${greets.slice(1).toLowerCase()}, everybody!`
  const to = name === null ? '' : `, ${inert(name)}`
  if (/^(?:thanks|thank you|thx|cheers|great|nice)\b/i.test(text)) return `You are welcome${to}.`
  if (/^(?:bye|goodbye|see you|good night)\b/i.test(text)) return `See you${to}.`
  if (!/^(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|welcome)\b/i.test(text)) return null
  return `Hello${to}! I am the guide of this room. ${abilities(means)}`
}
