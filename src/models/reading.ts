// What a model's stream means, part by part: the chunks of an answer, and how it ends.
import type { FinishReason, Experimental_LanguageModelStreamPart as LanguageModelStreamPart } from 'ai'
import { type Failure, isBlank } from '../conversation/message'
import type { StepChunk, StepEnding } from './answer'
import { CUT_OFF, EMPTY, EMPTY_LENGTH, failureOf, FILTERED, GAP, isBrokenEvent, MALFORMED, REFUSED } from './failure'
import type { FindLabel } from './own-label'
import { type Said, SaidText } from './said-text'
import { ToolCalls } from './tool-calls'

export type ModelPart = LanguageModelStreamPart

interface HowItEnds {
  readonly finishReason: FinishReason
  /** In the provider's own word. */
  readonly rawFinishReason: string | undefined
}

/** Broken events among good ones that cost a word and not the answer; with more, nobody knows what it said. */
const MOST_GAPS = 5

export class Reading {
  /** Whether the model has begun to answer: afterwards a lost connection is an answer cut off. */
  started = false
  /** Whether a call of the model was made that has said nothing yet. */
  awaitsFirst = true
  /** Grows with all that it says. */
  words = 0
  /** What made the answer fail, when something was thrown. */
  thrown: unknown = null
  private open: string | null = null
  private hasText = false
  private gaps = 0
  private said: SaidText
  private readonly tools = new ToolCalls()
  private readonly findLabel: FindLabel

  constructor(findLabel: FindLabel) {
    this.findLabel = findLabel
    this.said = new SaidText(findLabel)
  }

  read(part: ModelPart): readonly StepChunk[] {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start':
        this.open = null
        return []
      case 'text-delta':
        return this.say(part.id, this.said.read(part.text))
      case 'text-end':
        return this.endText(part.id)
      case 'reasoning-delta':
        return this.grow('reasoning', part.id, part.text)
      case 'error':
        return this.fail(part.error)
      case 'model-call-end':
        return [...this.endText(''), this.ending(part, part.usage.totalTokens)]
      case 'tool-input-delta':
        this.hears()
        return [{ type: 'call-input', text: part.delta }]
      default:
        return this.useTool(part)
    }
  }

  /** The last chunks of an answer that ends in the middle: what was held back, and this. */
  *endWith(ending: StepEnding): Generator<StepChunk> {
    yield* this.endText('')
    yield ending
  }

  private endText(id: string): readonly StepChunk[] {
    const { said } = this
    this.said = new SaidText(this.findLabel)
    return this.say(id, said.end())
  }

  private say(id: string, said: readonly Said[]): readonly StepChunk[] {
    return said.flatMap(({ type, text }) => this.grow(type, id, text))
  }

  private grow(type: 'text' | 'reasoning', id: string, text: string): readonly StepChunk[] {
    if (text === '') return []
    this.hears()
    if (type === 'text' && !isBlank(text)) this.hasText = true
    const key = `${type} ${id}`
    const begins = this.open !== key
    this.open = key
    return begins ? [{ type: `${type}-start` }, { type, text }] : [{ type, text }]
  }

  private hears(): void {
    this.started = true
    this.awaitsFirst = false
    this.words += 1
  }

  private useTool(part: ModelPart): readonly StepChunk[] {
    const call = this.tools.read(part)
    if (!call) return []
    this.hears()
    const before = this.endText('')
    this.open = null
    return [...before, { type: 'call', call }]
  }

  /** An event that cannot be read is a gap, as long as the model goes on after it. */
  private fail(thrown: unknown): readonly StepChunk[] {
    if (isBrokenEvent(thrown) && this.gaps < MOST_GAPS) {
      this.gaps += 1
      this.thrown = thrown
      return []
    }
    this.thrown = thrown
    return [...this.endText(''), { type: 'failed', failure: failureOf(thrown, this.started) }]
  }

  private ending({ finishReason, rawFinishReason }: HowItEnds, tokens: number | undefined): StepEnding {
    const reason = finishReason === 'content-filter' ? this.blocked(rawFinishReason) : finishReason
    if (typeof reason !== 'string') return { type: 'failed', failure: reason }
    // After a broken event some report an error however well the answer ended; only one that ended says what it took.
    const isBroken = reason === 'interrupted' || (reason === 'error' && (this.gaps === 0 || tokens === undefined))
    if (isBroken) return { type: 'failed', failure: this.gaps > 0 && !this.hasText ? MALFORMED : CUT_OFF }
    // Some call tools and say that they just stopped. Where the length ended it, the last call may be half of one.
    if (this.tools.count > 0 && reason !== 'length') return { type: 'calls' }
    if (!this.hasText) return { type: 'failed', failure: this.gaps > 0 ? MALFORMED : reason === 'length' ? EMPTY_LENGTH : EMPTY }
    if (reason === 'length') return { type: 'limited' }
    return this.gaps > 0 ? { type: 'done', failure: GAP } : { type: 'done' }
  }

  /** A refusal is called a filter's work, too; how the provider itself called the end tells which it was. */
  private blocked(raw: string | undefined): Failure | 'stop' {
    if (raw === 'refusal') return REFUSED
    if (raw !== undefined && raw !== 'stop') return FILTERED
    return this.hasText ? 'stop' : REFUSED
  }
}
