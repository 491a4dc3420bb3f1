// What a test and its room share, by the room's name: they run in one isolate. It outlives the object, as a provider
// and a clock do.
import type { OfferedTool } from '../../src/agents/tools/tool'
import type { Failure } from '../../src/conversation/message'
import { textOf } from '../../src/conversation/message'
import type { AnswerChunk } from '../../src/models/answer'
import type { LedgerSurface } from '../../src/limits/ledger-surface'
import type { Ask } from '../../src/outside/outside'
import type { SpeakRequest } from '../../src/room/turns/speak-request'
import { HeldAnswer } from '../support/held-answer'
import { waitFor } from '../support/wait-for'

/** Runs something in the room's object: what is waited for in there must be let go from in there. */
type Inside = (run: () => void) => Promise<void>

/** One agent's turn, in the test's hand. */
export class Voice extends HeldAnswer {
  private readonly inside: Inside

  /** Asks for a call of a model, from inside the room. */
  readonly grant: SpeakRequest['grant']

  constructor({ reply, signal, grant }: SpeakRequest, inside: Inside) {
    super(reply, signal)
    this.grant = grant
    this.inside = inside
  }

  /** What the reply held when this turn began. */
  get partial(): string {
    return textOf(this.reply)
  }

  say(text: string): Promise<void> {
    return this.give({ type: 'text', text })
  }

  done(): Promise<void> {
    return this.give({ type: 'done' })
  }

  fail(failure: Failure): Promise<void> {
    return this.give({ type: 'failed', failure })
  }

  give(...chunks: readonly AnswerChunk[]): Promise<void> {
    return this.inside(() => this.add(...chunks))
  }
}

export class Stage {
  /** The room's clock, ms. It stands still until a test moves it. */
  now = 1_800_000_000_000
  /** Null: nothing is counted beyond the room. A room asks for it each time, because no object may use another's. */
  ledger: (() => LedgerSurface) | null = null
  /** What answers the room's servers of tools. */
  ask: Ask = () => Promise.reject(new Error('there is no network'))
  /** What the room would do after a while: done when a test lets the while pass, inside the room. */
  readonly later: (() => void)[] = []
  inside: Inside = () => Promise.reject(new Error('nobody is in this room'))
  /** Takes turns in place of the voices. */
  takes: ((request: SpeakRequest) => AsyncIterable<AnswerChunk>) | null = null
  tools: readonly OfferedTool[] = []
  private readonly voices: Voice[] = []
  private heard = 0

  voiceOf(request: SpeakRequest): Voice {
    const voice = new Voice(request, this.inside)
    this.voices.push(voice)
    return voice
  }

  /** The next turn that begins, or has begun unheard. */
  async nextVoice(): Promise<Voice> {
    await waitFor('an agent’s turn', () => this.voices.length > this.heard)
    const voice = this.voices[this.heard++]
    if (!voice) throw new Error('a turn began a moment ago')
    return voice
  }

  /** Waits until so many turns have begun in all. */
  turn(count: number): Promise<void> {
    return waitFor(`turn ${count}`, () => this.voices.length >= count)
  }

  /** How many turns have begun so far. */
  get turns(): number {
    return this.voices.length
  }
}

const stages = new Map<string, Stage>()

export function stageOf(room: string): Stage {
  const stage = stages.get(room) ?? new Stage()
  stages.set(room, stage)
  return stage
}
