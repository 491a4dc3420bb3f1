// What a server asks of people while it is called. Whoever is asked may answer tomorrow, and nothing waits for them: a call that asks is called
// off, and made again with what they said (decision 270). Invariant: a server has of a person what they answered to these very words, in this
// very call; anything else it is told no.
import { type Answered, type Question } from '../../conversation/question'
import type { NoResult } from '../tools/tool'
import { isSameQuestion, questionIn } from './question'

/** What a server may ask in one call, one after the other. */
const MOST_QUESTIONS = 5
/** Of what it asks, as an agent is told of it, in characters. */
const LONGEST_TOLD = 300

/** As the protocol has it. */
type Elicited = { action: 'accept'; content: Record<string, string | number | boolean | string[]> } | { action: 'decline' | 'cancel' }

/** One call, and what it asks. */
class Asked {
  private question: Question | null = null
  private readonly answers: readonly Answered[]
  /** What its agent reads of it beside what it answers. */
  readonly told: string[] = []

  constructor(answers: readonly Answered[]) {
    this.answers = answers
  }

  hear(params: unknown): Elicited {
    const question = questionIn(params)
    if (!question) return this.decline(params, 'It is more than a room shows, or no form of plain fields.')
    const known = this.answers.find((answer) => isSameQuestion(answer.question, question))
    if (known?.action === 'accept') return { action: 'accept', content: plain(known) }
    if (known) {
      this.told.push(`[The server asked: ${short(question.message)} Whoever was asked declined${known.reason === null ? '.' : `, and says: ${known.reason}`}]`)
      return { action: 'decline' }
    }
    if (this.question || this.answers.length >= MOST_QUESTIONS) return this.decline(params, 'It asks too much.')
    this.question = question
    return { action: 'cancel' }
  }

  decline(params: unknown, why: string): Elicited {
    const message = typeof params === 'object' && params !== null && 'message' in params ? String(params.message) : ''
    if (this.told.length < MOST_QUESTIONS) this.told.push(`[The server asked: ${short(message)} Nobody was asked, and it was told no. ${why}]`)
    return { action: 'decline' }
  }

  /** Null where nobody has to be asked for what it answered. */
  outcome(): NoResult | null {
    const { question } = this
    return question && { ok: false, text: `The server asked: ${short(question.message)} It was not answered, and the call was called off.`, question }
  }
}

export type { Asked }

export class Questions {
  private readonly underWay = new Set<Asked>()

  begin(answers: readonly Answered[]): Asked {
    const asked = new Asked(answers)
    this.underWay.add(asked)
    return asked
  }

  end(asked: Asked): void {
    this.underWay.delete(asked)
  }

  /** The protocol does not say which call it is about: of several nobody is asked. */
  hear(params: unknown): Elicited {
    const [asked, ...others] = this.underWay
    if (!asked) return { action: 'decline' }
    if (others.length === 0) return asked.hear(params)
    for (const each of this.underWay) each.decline(params, 'Other calls of this server were under way: a tool that asks is called by itself.')
    return { action: 'cancel' }
  }
}

function plain({ content }: Answered): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]))
}

function short(message: string): string {
  return message.length <= LONGEST_TOLD ? message : `${message.slice(0, LONGEST_TOLD).replace(/[\ud800-\udbff]$/u, '')}…`
}
