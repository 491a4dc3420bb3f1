// What a model's stream means, part by part: the chunks of an answer, and how it ends.
import type { FinishReason, Experimental_LanguageModelStreamPart as LanguageModelStreamPart, TextStreamPart, ToolSet } from 'ai'
import { type Failure, isBlank } from '../conversation/message'
import type { AnswerChunk, Ending } from './answer'
import { CUT_OFF, EMPTY, EMPTY_LENGTH, failureOf, FILTERED, GAP, isBrokenEvent, MALFORMED, REFUSED } from './failure'
import type { FindLabel } from './own-label'
import { type Said, SaidText } from './said-text'
import { ToolCalls } from './tool-calls'

export type ModelPart = TextStreamPart<ToolSet> | LanguageModelStreamPart

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

  read(part: ModelPart): readonly AnswerChunk[] {
    switch (part.type) {
      case 'start-step':
        this.awaitsFirst = true
        return []
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
      case 'abort':
        return [...this.endText(''), { type: 'aborted' }]
      case 'finish':
      case 'model-call-end':
        return [...this.endText(''), this.ending(part, part.type === 'finish' ? part.totalUsage.totalTokens : part.usage.totalTokens)]
      default:
        return this.useTool(part)
    }
  }

  /** The last chunks of an answer that ends in the middle: what was held back, and this. */
  *endWith(ending: Ending): Generator<AnswerChunk> {
    yield* this.endText('')
    yield ending
  }

  private endText(id: string): readonly AnswerChunk[] {
    const { said } = this
    this.said = new SaidText(this.findLabel)
    return this.say(id, said.end())
  }

  private say(id: string, said: readonly Said[]): readonly AnswerChunk[] {
    return said.flatMap(({ type, text }) => this.grow(type, id, text))
  }

  private grow(type: 'text' | 'reasoning', id: string, text: string): readonly AnswerChunk[] {
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

  private useTool(part: ModelPart): readonly AnswerChunk[] {
    const tool = this.tools.read(part)
    if (!tool) return []
    this.hears()
    this.open = null
    return [{ type: 'tool', part: tool }]
  }

  /** An event that cannot be read is a gap, as long as the model goes on after it. */
  private fail(thrown: unknown): readonly AnswerChunk[] {
    if (isBrokenEvent(thrown) && this.gaps < MOST_GAPS) {
      this.gaps += 1
      this.thrown = thrown
      return []
    }
    this.thrown = thrown
    return [...this.endText(''), { type: 'failed', failure: failureOf(thrown, this.started) }]
  }

  private ending({ finishReason, rawFinishReason }: HowItEnds, tokens: number | undefined): Ending {
    const reason = finishReason === 'content-filter' ? this.blocked(rawFinishReason) : finishReason
    if (typeof reason !== 'string') return { type: 'failed', failure: reason }
    // After a broken event some report an error however well the answer ended; only one that ended says what it took.
    const isBroken = reason === 'interrupted' || (reason === 'error' && (this.gaps === 0 || tokens === undefined))
    if (isBroken) return { type: 'failed', failure: this.gaps > 0 && !this.hasText ? MALFORMED : CUT_OFF }
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
