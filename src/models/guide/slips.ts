// What begins like something that the guide does and lacks what it needs, or names what is not there: one short sentence says what is
// missing. What says nothing but that is asked before all else; the rest last, of what nothing else knew an answer to.
import type { Means } from './means'
import { pageOf } from './pages'
import type { Question } from './question'
import { inert, quote } from './quote'

const POLITE = String.raw`^(?:(?:please|can you|could you)[,\s]+)*`

type Slip = readonly [asks: RegExp, says: (means: Means, named: string) => string | null]

/** Nothing but the beginning of something. */
const EMPTY: readonly Slip[] = [
  [alone(String.raw`(?:remember|note|keep in mind)(?:\s+(?:that|this|it))?`), () => 'Remember what? Write, for example, “remember that we meet on Tuesdays”.'],
  [alone(String.raw`forget(?:\s+(?:that|this|it|about|the|our|my))?`), (means) => `Forget what? ${forgettable(means)}`],
  [alone(String.raw`(?:read|fetch|open|load|visit)(?:\s+(?:a|the|this|that|it))?(?:\s+(?:page|link|address|site|url))?`), () => READ_WHAT],
  [
    alone(String.raw`(?:search|find|grep|look)(?:\s+(?:this room|the room|here|messages?))?(?:\s+(?:for|about|with|up))?`),
    () => 'What shall I search for? Write, for example, “search for deploy”.',
  ],
  [
    alone(String.raw`remind\s+(?:me|us)(?:\s+(?:to|of|that|about))?`),
    () => 'Remind you of what, and when? Write, for example, “remind us tomorrow at 9 to water the plants”.',
  ],
  [alone(String.raw`(?:use|call|run)(?:\s+(?:the|a))?(?:\s+tool)?`), (means) => `Use which tool? ${toolsHere(means)}`],
  [alone(String.raw`ask`), (means) => `Ask whom, and what? ${agentsHere(means)}`],
]

const SLIPS: readonly Slip[] = [
  [alone(String.raw`forget\s+(?:about\s+)?(?:everything|all|all of (?:it|them)|(?:all\s+)?(?:the\s+|your\s+|our\s+)?(?:notes|memory|memories))`), forgettable],
  [alone(String.raw`(?:read|fetch|load|visit)\s+(?:www\.\S{1,200}|[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.[a-z]{2,12}(?:\/\S{0,200})?)`), () => READ_WHAT],
  [
    new RegExp(String.raw`${POLITE}(?:use|call|run)\s+(?:the\s+)?(?:tool\s+)?([\w-]{2,64})(?:\s+tool)?(?:\s+with\b[^]*|\s*\{[^]*)?[.!?\s]*$`, 'i'),
    (means, named) => (means.toolCalled(named) === undefined && isToolName(named) ? `There is no tool called ${inert(named)} here. ${toolsHere(means)}` : null),
  ],
  [
    new RegExp(String.raw`${POLITE}ask\s+@?([\p{L}\p{N}_-]{1,40})(?:[,:]?\s+(?:about|to|whether|if|for|what|who|when|where|how|why)\b[^]*|[.!?\s]*)$`, 'iu'),
    asksNobody,
  ],
  [/^(?:please\s+)?(?:calculate|compute|work out|calc|eval(?:uate)?)\b[\s:=]*([^]*)$/i, (_means, sum) => noSum(sum)],
  [
    /^(?:please\s+)?(?:cancel|delete|remove|stop|undo|drop|unschedule|end)\s+(?:(?:the|this|that|my|our|your|all|every)\s+)*(?:schedules?|plans?|reminders?|planned\b|scheduled\b|(?:every|each|daily|hourly|weekly|weekdays?|weekends?|hour|minutes?|day|morning|week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|in\s+\d|at\s+\d|on\s+\w+day))\b/i,
    (means) => `I cannot cancel what is planned. Whoever planned it, and the room’s owner, can on the page ${pageOf(means, 'schedules')}.`,
  ],
  [
    /^(?:please\s+)?(?:change|edit|correct|delete|remove)\s+(?:(?:the|this|that|my|our|your|all|a)\s+)*(?:notes?|memory|memories)\b/i,
    (means) => `Everybody here can change notes, and take them away, on the page ${pageOf(means, 'memory')}.`,
  ],
]

const READ_WHAT = 'Read which page? Write its whole address, such as “read https://www.example.com”.'

/** Named, at most. */
const NAMED = 6

export function empty(question: Question, means: Means): string | null {
  return firstOf(EMPTY, question, means)
}

export function slip(question: Question, means: Means): string | null {
  return firstOf(SLIPS, question, means)
}

function firstOf(slips: readonly Slip[], { text }: Question, means: Means): string | null {
  const said = text.trim()
  for (const [asks, says] of slips) {
    const found = asks.exec(said)
    const answer = found && says(means, (found[1] ?? '').trim())
    if (answer) return answer
  }
  return null
}

function alone(words: string): RegExp {
  return new RegExp(String.raw`${POLITE}${words}[\s.,:;!?…"“”']*$`, 'i')
}

function forgettable(means: Means): string {
  if (means.notes.length === 0) return 'This room has no notes that I could forget.'
  return `I forget one note at a time: “forget that …”, with words of it. All of them stand on the page ${pageOf(means, 'memory')}.`
}

function toolsHere(means: Means): string {
  const names = means.toolNames(NAMED + 1)
  if (names.length === 0) return 'I have no tools here.'
  const shown = names.slice(0, NAMED).map((name) => `**${inert(name)}**`)
  return `Here are ${shown.join(', ')}${names.length > NAMED ? ', and more' : ''}.`
}

/** “Use your head” means no tool. */
function isToolName(word: string): boolean {
  return !/^(?:your|my|our|his|her|its|their|me|us|him|them|it|this|that|a|an|for|away|out|off|on|to|in|later)$/i.test(word)
}

function agentsHere(means: Means): string {
  const others = means.others.slice(0, NAMED).map(({ name }) => `**${inert(name)}**`)
  if (others.length > 0) return `Here ${others.length === 1 ? 'is' : 'are'} ${others.join(', ')}${means.others.length > NAMED ? ', and more' : ''}.`
  return `No other agent is here. The room’s owner adds one on the page ${pageOf(means, 'agents-settings')}.`
}

function asksNobody(means: Means, named: string): string | null {
  if (/^(?:me|us|you|yourself|them|him|her|it|away|anything|everybody|everyone|anybody|anyone|people|a|an|the|for|about)$/i.test(named)) return null
  const sought = named.toLowerCase()
  const other = means.others.find(({ handle, name }) => handle.toLowerCase() === sought || name.toLowerCase() === sought)
  if (other) return `Ask **${inert(other.name)}** what? Write, for example, “ask ${inert(other.name)} about deploy”.`
  return `There is no agent called ${inert(named)} here. ${agentsHere(means)}`
}

function noSum(sum: string): string {
  return sum === ''
    ? 'Calculate what? Write, for example, “calculate (3 + 4) * 12.5”.'
    : `“${quote(sum)}” is no sum. I know numbers, + - &#42; / % &#94; and parentheses.`
}
