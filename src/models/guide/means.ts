// What the guide finds its answers with: the tools that it is offered, or, where it is offered none, the same by its own hand. What a tool
// answers comes with the next step; until then it is not known, and the guide asks for all that it wants to know at once.
import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import type { FoundMessage, Present, RoomReader } from '../room-reader'
import { inDecimals, valueOf } from './calculation'

/** A tool that is to be called. */
export interface WantedCall {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

interface Result {
  readonly isError: boolean
  readonly text: string
}

/** What a tool said instead of an answer. */
export class ToolFailed extends Error {}

/** As many as one search gives. */
const MOST_FOUND = 20

export class Means {
  /** What is not known yet. */
  readonly wanted: WantedCall[] = []
  private readonly reader: RoomReader
  private readonly clock: number
  private readonly tools: ReadonlySet<string>
  private readonly results: ReadonlyMap<string, Result>
  private isProbing = false
  /** Messages that the last search looked through. */
  private lookedThrough = 0

  /** `clock`: ms since 1970. `tools`: what may be called. `done`: what was called for this question, and answered. */
  constructor(room: RoomReader, clock: number, tools: ReadonlySet<string> = new Set(), done: LanguageModelV4Prompt = []) {
    this.reader = room
    this.clock = clock
    this.tools = tools
    this.results = resultsIn(done)
  }

  /** The room's id; null where it is not known. */
  get room(): string | null {
    return this.reader.id ?? null
  }

  /** The agent in whose place the guide speaks. */
  get as(): RoomReader['as'] {
    return this.reader.as
  }

  get others(): NonNullable<RoomReader['others']> {
    return this.reader.others ?? []
  }

  /** There is no tool by which models read notes: they are told them. */
  get notes(): NonNullable<RoomReader['notes']> {
    return this.reader.notes ?? []
  }

  get plans(): NonNullable<RoomReader['plans']> {
    return this.reader.plans ?? []
  }

  /** Whether there is such a tool here. */
  has(tool: string): boolean {
    return this.tools.has(tool)
  }

  /** Names of tools, at most so many. */
  toolNames(limit: number): readonly string[] {
    return [...this.tools].slice(0, limit)
  }

  /** The tool of this name, or of a server's under its own name. */
  toolCalled(name: string): string | undefined {
    const sought = name.toLowerCase().replace(/\W/g, '_')
    return [...this.tools].find((tool) => tool.toLowerCase() === sought) ?? [...this.tools].find((tool) => tool.toLowerCase().endsWith(`_${sought}`))
  }

  /** Looks what would be answered, and asks for nothing. */
  probe<T>(look: () => T): T {
    this.isProbing = true
    try {
      return look()
    } finally {
      this.isProbing = false
    }
  }

  now(): number {
    if (!this.tools.has('now')) return this.clock
    const at = Date.parse(wordIn(this.ask('now', {}), 'at'))
    return Number.isNaN(at) ? this.clock : at
  }

  /** The result of a sum as it is written; null when it has none. */
  result(sum: string): string | null {
    if (this.tools.has('calculate')) return wordIn(this.ask('calculate', { sum }), 'result')
    const value = valueOf(sum)
    return value !== null && Number.isFinite(value) ? inDecimals(value) : null
  }

  /** What people said that holds all of these words, or any of them, before a seq where that is known; newest first. */
  search(query: string, match: 'all' | 'any', before: number | null): readonly FoundMessage[] {
    if (!this.tools.has('search_room')) {
      this.lookedThrough = this.reader.count()
      return this.reader.search(query, LOOKED_AT, match).filter(({ seq, kind }) => kind === 'person' && (before === null || seq < before))
    }
    const input = { query: query.slice(0, 200), match, limit: MOST_FOUND, people_only: true, ...(before === null ? {} : { before }) }
    const answer = this.ask('search_room', input)
    this.lookedThrough = Number(wordIn(answer, 'searched'))
    return listIn(answer, 'found').map((one) => ({
      seq: Number(wordIn(one, 'number')),
      author: wordIn(one, 'author'),
      kind: kindIn(one),
      text: wordIn(one, 'text'),
      createdAt: Date.parse(wordIn(one, 'at')),
    }))
  }

  /** How many messages the last search looked through. */
  searched(): number {
    return this.lookedThrough
  }

  here(limit: number): readonly Present[] {
    if (!this.tools.has('who_is_here')) return this.reader.here(limit)
    return listIn(this.ask('who_is_here', {}), 'here')
      .slice(0, limit)
      .map((one) => ({ name: wordIn(one, 'name'), kind: kindIn(one) }))
  }

  /** A page of the web; null without a tool for it. Of a long one a result holds the beginning, and is no whole JSON then. */
  page(address: string): { readonly title: string; readonly address: string; readonly text: string } | null {
    if (!this.tools.has('fetch_page')) return null
    const answer = this.ask('fetch_page', { address }, beginningOfPage)
    return { title: wordIn(answer, 'title'), address: wordIn(answer, 'address') || address, text: wordIn(answer, 'text') }
  }

  /** The note as it was kept; null where there is no memory. Empty while it is not known. */
  remember(fact: string): string | null {
    return this.tools.has('remember') ? wordIn(this.ask('remember', { fact }), 'noted') : null
  }

  forget(note: string): string | null {
    return this.tools.has('forget') ? wordIn(this.ask('forget', { note }), 'forgotten') : null
  }

  /** What was planned; null where nothing can be. */
  schedule(when: string, task: string): { readonly when: string; readonly next: string } | null {
    if (!this.tools.has('schedule')) return null
    const planned = memberIn(this.ask('schedule', { when, task }), 'planned')
    return { when: wordIn(planned, 'when'), next: wordIn(planned, 'next') }
  }

  /** What another agent answers; null where none can be asked. */
  askAgent(agent: string, question: string): string | null {
    return this.tools.has('ask_agent') ? wordIn(this.ask('ask_agent', { agent, question }), 'answer') : null
  }

  /** What a tool answers that the guide knows nothing of. */
  anything(tool: string, input: WantedCall['input']): string {
    const said = this.ask(tool, input, (text) => text)
    return typeof said === 'string' ? said : ''
  }

  /** There is no tool by which the guide reads on. */
  newest(limit: number): readonly FoundMessage[] {
    return this.reader.newest(limit)
  }

  /** Undefined while it is not known. Throws ToolFailed. */
  private ask(tool: string, input: WantedCall['input'], read: (text: string) => unknown = parsed): unknown {
    const key = keyOf(tool, input)
    const known = this.results.get(key)
    if (known) {
      const answer = known.isError ? undefined : read(known.text)
      if (answer === undefined) throw new ToolFailed(known.isError ? known.text : 'What it answered cannot be read.')
      return answer
    }
    if (!this.isProbing && !this.wanted.some((call) => keyOf(call.tool, call.input) === key)) this.wanted.push({ tool, input })
    return undefined
  }
}

/** Looked at for the ones to show: searches are found too, and are not what anybody looks for. */
const LOOKED_AT = 100

function resultsIn(done: LanguageModelV4Prompt): ReadonlyMap<string, Result> {
  const calls = new Map<string, string>()
  const results = new Map<string, Result>()
  for (const { role, content } of done) {
    if (role === 'assistant') for (const part of content) if (part.type === 'tool-call') calls.set(part.toolCallId, keyOf(part.toolName, part.input))
    if (role !== 'tool') continue
    for (const part of content) {
      if (part.type !== 'tool-result') continue
      const { output } = part
      const key = calls.get(part.toolCallId)
      if (key !== undefined && (output.type === 'text' || output.type === 'error-text'))
        results.set(key, { isError: output.type === 'error-text', text: fromOutside(output.value) })
    }
  }
  return results
}

/** What came from outside stands between two lines of the prompt's own. */
function fromOutside(text: string): string {
  return /^\[\w+ outside [^\n]*\]\n([^]*)\n\[\w+ end of outside\]$/.exec(text)?.[1] ?? text
}

/** Its members one by one, the last as far as it goes. */
function beginningOfPage(text: string): unknown {
  const whole = parsed(text)
  if (whole !== undefined) return whole
  const [, address, title, words] = /^\{"address":("[^"]*"),"title":(null|"(?:[^"\\]|\\.)*"),"text":("(?:[^"\\]|\\[^u]|\\u[\da-f]{4})*)/i.exec(text) ?? []
  if (address === undefined || title === undefined || words === undefined) return undefined
  return { address: parsed(address), title: parsed(title), text: parsed(`${words}"`) }
}

function keyOf(tool: string, input: unknown): string {
  return `${tool} ${JSON.stringify(input)}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function wordIn(from: unknown, name: string): string {
  const value = memberIn(from, name)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function listIn(from: unknown, name: string): readonly unknown[] {
  const value = memberIn(from, name)
  return Array.isArray(value) ? value : []
}

function kindIn(from: unknown): 'person' | 'agent' {
  return wordIn(from, 'kind') === 'agent' ? 'agent' : 'person'
}

function memberIn(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? (from as Readonly<Record<string, unknown>>)[name] : undefined
}
