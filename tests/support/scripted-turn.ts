// A turn under a model that says, step by step, what a test wrote down; and the reply that comes of it.
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider'
import type { RoomView } from '../../src/agents/tools/room-view'
import type { MemberId, MessageId } from '../../src/conversation/ids'
import type { Part } from '../../src/conversation/message'
import { accept } from '../../src/conversation/refusal'
import type { AnswerChunk } from '../../src/models/answer'
import { OpenReply } from '../../src/room/turns/open-reply'
import type { OfferedTool } from '../../src/agents/tools/tool'
import type { Took } from '../../src/agents/turn/grant'
import { type ScriptedStep, scriptedModel } from './scripted-model'
import { takeTurn, type TurnInput } from '../../src/agents/turn/turn'

const ann = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' } as const
const question = {
  id: 'message-1' as MessageId,
  role: 'user',
  metadata: { seq: 1, version: 1, author: ann, status: 'complete', createdAt: 0 },
  parts: [{ type: 'text', text: 'Do it.' }],
} as const

export class ScriptedTurn {
  readonly chunks: AnswerChunk[] = []
  readonly prompts: LanguageModelV4CallOptions[] = []
  readonly took: Took[] = []
  readonly begun: string[] = []
  readonly abort = new AbortController()
  readonly reply: OpenReply
  now = 0
  private readonly steps: readonly ScriptedStep[]

  /** After the last step the model says 'Done.' `parts`: what the reply holds when the turn begins. */
  constructor(steps: readonly ScriptedStep[], parts: readonly Part[] = []) {
    this.steps = steps
    const author = { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' } as const
    const metadata = { seq: 2, version: 2, author, status: 'streaming', createdAt: 0 } as const
    this.reply = new OpenReply({ id: 'message-2' as MessageId, role: 'assistant', parts, metadata }, 0)
  }

  get parts(): readonly Part[] {
    return this.reply.message.parts
  }

  /** The tools that the reply holds, as name and state, with what they said. */
  get calls(): readonly (readonly [tool: string, state: string, said: unknown])[] {
    return this.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [[part.toolName, part.state, part.output ?? part.errorText] as const] : []))
  }

  /** Takes the turn to its end, or to where a test leaves it. Answers the last chunk. */
  async take(
    tools: readonly OfferedTool[],
    options: Partial<TurnInput> = {},
    until: (chunk: AnswerChunk) => boolean = () => false,
  ): Promise<AnswerChunk | undefined> {
    for await (const chunk of takeTurn(this.inputFor(tools, options))) {
      this.chunks.push(chunk)
      this.reply.take(chunk)
      if (until(chunk)) break
    }
    return this.chunks.at(-1)
  }

  /** Asks a model of a test's own. */
  ask(text: string, model: LanguageModelV4, tools: readonly OfferedTool[], room: RoomView, now: number): Promise<AnswerChunk | undefined> {
    this.now = now
    const { choice, context, prompt } = this.inputFor(tools, {})
    if (!choice.ok) throw new Error('a test has a model')
    return this.take(tools, {
      choice: { ok: true, chosen: { ...choice.chosen, model, isGuide: true } },
      prompt: { ...prompt, parts: [{ type: 'text', text }] },
      context: { ...context, room },
      until: now + 3_600_000,
    })
  }

  private inputFor(tools: readonly OfferedTool[], options: Partial<TurnInput>): TurnInput {
    const settings = { provider: 'compatible', model: 'test', baseUrl: 'http://localhost:1/v1' } as const
    const bounds = { contextTokens: 32_000, maxOutputTokens: 1_000, patienceMs: 60_000, longestMs: 3_600_000 }
    const room = { may: () => true, reach: () => 0, search: () => [], read: () => [], here: () => ({ members: [], count: 0 }) }
    return {
      choice: {
        ok: true,
        chosen: { model: scriptedModel(this.steps, this.prompts), id: 'test', label: 'Test', wire: null, isGuide: false, settings, ...bounds },
      },
      agent: { id: 'parley' as MemberId, name: 'Parley', kind: 'agent', instruction: '' },
      roomName: 'Lobby',
      here: [],
      history: [],
      prompt: question,
      now: 0,
      signal: this.abort.signal,
      grant: ({ longest }) => Promise.resolve(accept({ longest, end: null, hear: () => null, settle: (took) => void this.took.push(took) })),
      parts: () => this.parts,
      heard: () => [],
      answersTo: () => [],
      ask: () => Promise.resolve({ type: 'refused', text: 'Nobody is here.' }),
      tools,
      context: { asker: ann.id, agent: 'parley' as MemberId, reply: this.reply.message.id, room, now: () => this.now },
      admit: () => Promise.resolve({ type: 'run' }),
      began: (call) => this.begun.push(call),
      until: 3_600_000,
      toolless: new Set(),
      ...options,
    }
  }
}
