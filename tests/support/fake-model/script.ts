// What the fake model says, decided by the words it is asked: directives in double square brackets choose a length, a
// pace or a fault, and anything else is answered with a sentence that holds the asker's words. The same prompt, the same answer.
//
//   [[words:200 delay:10]]        200 words, one every 10 ms
//   [[words:60 width:100000]]     each of so many characters
//   [[echo]]                      the asker's words and nothing else
//   [[reasoning]]                 think aloud before the answer; [[reasoning thoughts:50]] so many times as long
//   [[hold]]  [[hold after:3]]    stop after the first half, or 3 words, until release() or POST /release; a reply that is
//                                 gone on with stops at the same place, so that it does not matter how much of it was saved
//   [[hold signs:comments]]       while it is held, a sign of life every 100 ms that says nothing: comments, or empty deltas;
//                                 signs:none sends not even headers
//   [[split:3]]                   in pieces of so many characters instead of words
//   [[fault:401]]                 any status from 400; [[fault:429 retry-after:7]] asks to wait (seconds, or a date with _ for spaces)
//   [[fault:silence]]             accept the request and say nothing; with after:3, fall silent after 3 words
//   [[fault:cut]]                 destroy the socket halfway; [[fault:hangup]] before answering at all
//   [[fault:unfinished]]          end the stream cleanly, halfway
//   [[fault:malformed]]           one chunk that is not JSON; [[fault:shape]] one that is JSON of the wrong shape
//   [[fault:error]]               an error object in the middle of the stream
//   [[fault:empty]]               an answer without a word
//   [[fault:length]]              finish for that reason halfway, or after so many words; [[fault:filter]] at the end
//   [[fault:refusal]]             the words are a refusal
//   [[fault:whole]]               a whole chat.completion as JSON instead of a stream; [[fault:said]] an error under a status of 200
//                                 type:text/plain or type:no-type say that it is something else; [[fault:untyped]] a stream that does not say so
//   [[fault:nonsense]]            a stream of which nothing can be read
//   [[fault:unknown]]             404 as from a server that knows other models
//   [[fault:moderated]]           403 as from a provider whose filter objects
//   [[fault:html]]                a web page instead of a stream
//   [[fault:endless-line]]        and the others of hostile.ts: what only a hostile server, or a broken one, sends
//   [[tool]]                      call the first tool that the request offers, with {}; answer once its result is there
//   [[call:now]]                  call this tool, with {}; [[call:calculate({"sum":"1+1"})]] with such JSON, in which _ stands for a space
//   [[call:a call:b then call:c]] two calls in one step, one in the next, and then the answer; [[call:a steps:3]] the same in 3 steps
//   [[say:Let_me_see call:now]]   words before a call; delay:30 waits before them
//   [[call:now calls:1000]]       each so many times; ids:same gives all of them one id; pad:1000 makes the input so many characters longer
//   [[fault:no-tools]]            400 as from a server whose model knows no tools, while any are offered
//   times:2 in any fault          only the first 2 requests with this prompt; then answer

import { CONTINUE, heard, markerIn } from '../../../src/models/spoken.ts'

export interface ChatMessage {
  readonly role: string
  readonly content?: string | readonly { readonly type: string; readonly text?: string }[] | null
  readonly tool_calls?: readonly unknown[]
  readonly tool_call_id?: string
}

/** A tool that the fake model calls. */
export interface ScriptedCall {
  readonly tool: string
  /** As it is sent, which need not be JSON. */
  readonly input: string
}

export interface ChatRequest {
  readonly model: string
  readonly stream?: boolean
  readonly messages: readonly ChatMessage[]
  readonly tools?: readonly { readonly function: { readonly name: string } }[]
}

export interface Script {
  /** The prompt that was answered, without its speaker. */
  readonly asked: string
  readonly words: readonly string[]
  readonly reasoning: readonly string[]
  /** Between words, ms. */
  readonly delay: number
  readonly hold: boolean
  readonly signs: string | null
  /** The content type of an answer that comes whole. */
  readonly type: string
  /** What it says before the calls. */
  readonly before: string
  readonly calls: readonly ScriptedCall[]
  readonly sameIds: boolean
  readonly fault: string | null
  /** Words still to be said before a fault or a hold; negative when a reply that is gone on with is past it. */
  readonly after: number
  /** Requests for which the fault lasts. */
  readonly times: number
  readonly retryAfter: string | null
}

export function scriptFor(request: ChatRequest): Script {
  const asked = promptOf(request)
  const directives = directivesIn(`${asked} [[${request.model}]]`)
  const whole = wordsFor(asked, directives)
  const words = inPieces(continued(request, whole), Number(directives.get('split') ?? 0))
  const alreadySaid = whole.length - words.length
  const number = (name: string, otherwise: number) => Number(directives.get(name) ?? otherwise)
  const step = stepIn(request, asked, directives)
  const calls = step ? callsIn(step, request).flatMap((call) => Array.from({ length: number('calls', 1) }, () => padded(call, number('pad', 0)))) : []
  return {
    asked,
    words,
    reasoning: directives.has('reasoning') ? tokens('Let me think about that for a moment. '.repeat(number('thoughts', 1)).trim()) : [],
    delay: number('delay', 0),
    hold: directives.has('hold'),
    signs: directives.get('signs') ?? null,
    type: directives.get('type') ?? 'json',
    before: step && textOf(request.messages.at(-1)) !== CONTINUE ? (/say:(\S+)/.exec(step)?.[1] ?? '').replaceAll('_', ' ') : '',
    calls,
    sameIds: directives.get('ids') === 'same',
    fault: directives.get('fault') ?? null,
    after: number('after', directives.get('fault') === 'silence' ? 0 : Math.floor(whole.length / 2)) - alreadySaid,
    times: number('times', Infinity),
    retryAfter: directives.get('retry-after')?.replaceAll('_', ' ') ?? null,
  }
}

/** The directives of this step: each but the last answer to a question calls tools. */
function stepIn(request: ChatRequest, asked: string, directives: ReadonlyMap<string, string>): string | undefined {
  const { messages } = request
  const taken = messages
    .slice(messages.findLastIndex(({ role, ...message }) => role === 'user' && textOf({ role, ...message }) !== CONTINUE))
    .filter((message) => message.tool_calls).length
  const inside = [...asked.matchAll(/\[\[([^\]]*)\]\]/g)].map((match) => match[1] ?? '').join(' ')
  if (!/\b(?:call:|tool\b)/.test(inside)) return undefined
  const steps = directives.get('steps')
  return steps === undefined ? inside.split(/\sthen\s/)[taken] : taken < Number(steps) ? inside : undefined
}

function callsIn(step: string, request: ChatRequest): readonly ScriptedCall[] {
  const named = [...step.matchAll(/\bcall:([\w-]+)(?:\((\S*)\))?/g)].map(([, tool = '', input = '{}']) => ({ tool, input: input.replaceAll('_', ' ') }))
  const first = /\btool\b/.test(step) ? request.tools?.[0]?.function.name : undefined
  return first === undefined ? named : [{ tool: first, input: '{}' }, ...named]
}

function padded({ tool, input }: ScriptedCall, pad: number): ScriptedCall {
  return { tool, input: pad === 0 ? input : JSON.stringify({ ...(JSON.parse(input) as object), pad: 'x'.repeat(pad) }) }
}

function wordsFor(asked: string, directives: ReadonlyMap<string, string>): readonly string[] {
  const plain = asked.replace(/\[\[[^\]]*\]\]/g, '').trim()
  if (directives.has('echo')) return tokens(plain)
  const count = directives.get('words')
  const width = Number(directives.get('width') ?? 0)
  if (count !== undefined) return Array.from({ length: Number(count) }, (_, at) => `${`word${at + 1}`.padEnd(width, 'x')}${at + 1 < Number(count) ? ' ' : ''}`)
  return tokens(`You said: ${plain === '' ? 'nothing' : plain}. This is the fake model, and that is all it has to say.`)
}

function inPieces(words: readonly string[], size: number): readonly string[] {
  return size === 0 ? words : (words.join('').match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [])
}

/** A request to go on with a reply is answered with the rest of it. */
function continued(request: ChatRequest, words: readonly string[]): readonly string[] {
  const last = request.messages.at(-1)
  if (last?.role !== 'user' || textOf(last) !== CONTINUE) return words
  const partial = textOf(request.messages.at(-2))
  const whole = words.join('')
  return whole.startsWith(partial) ? tokens(whole.slice(partial.length)) : words
}

/** What was said last by anybody but the model: a user turn may hold several people's messages. */
function promptOf(request: ChatRequest): string {
  const turn = textOf(request.messages.findLast((message) => message.role === 'user' && textOf(message) !== CONTINUE))
  const marker = markerIn(textOf(request.messages.find(({ role }) => role === 'system')))
  return (marker === null ? undefined : heard(turn, marker).at(-1)?.text) ?? turn
}

/** `[[a:1 b]] [[c:2]]` as a map: a to 1, b to the empty string, c to 2. */
function directivesIn(text: string): ReadonlyMap<string, string> {
  const inside = [...text.matchAll(/\[\[([^\]]*)\]\]/g)].flatMap((match) => (match[1] ?? '').split(/\s+/))
  return new Map(inside.map((word) => [word.split(':', 1)[0] ?? '', word.slice(word.indexOf(':') + 1 || word.length)]))
}

function tokens(text: string): readonly string[] {
  return text.match(/\s*\S+\s*?(?=\s|$)|\s+$/g) ?? []
}

function textOf(message: ChatMessage | undefined): string {
  const content = message?.content ?? ''
  return typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('')
}
