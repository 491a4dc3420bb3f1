// Calls of models that are being answered, and what they have taken so far. What waits or is under way counts against a budget before
// anybody knows what it takes, so that many posts at once cannot overrun it.
import type { MemberId, MessageId } from '../../conversation/ids'

/** What a reply may take that nobody can measure yet, in tokens: a prompt of some length and an answer of some paragraphs. */
export const TYPICAL_TURN = 4_000

export interface Flight {
  readonly reply: MessageId
  /** Whose budget pays; null for nobody's in particular. */
  readonly person: MemberId | null
  /** Tokens of its prompt. */
  readonly asked: number
  /** And of its answer so far. */
  said: number
}

/** A reply that waits or is being written, and who asked for it. */
export interface Expected {
  readonly id: MessageId
  readonly asker: MemberId
}

export class InFlight {
  private readonly flights = new Set<Flight>()

  begin(reply: MessageId, person: MemberId | null, asked: number): Flight {
    const flight = { reply, person, asked, said: 0 }
    this.flights.add(flight)
    return flight
  }

  end(flight: Flight): void {
    this.flights.delete(flight)
  }

  /** Tokens taken so far, of everybody (null) or for one person. */
  taken(person: MemberId | null): number {
    let tokens = 0
    for (const flight of this.flights) if (person === null || flight.person === person) tokens += flight.asked + flight.said
    return tokens
  }

  /** Tokens that all of it may take, with what has not begun. */
  expected(person: MemberId | null, queued: readonly Expected[]): number {
    const known = new Set<MessageId>()
    let tokens = 0
    for (const { reply, person: asker, asked, said } of this.flights) {
      known.add(reply)
      if (person === null || asker === person) tokens += Math.max(TYPICAL_TURN, asked + said)
    }
    return tokens + queued.filter(({ id, asker }) => !known.has(id) && (person === null || asker === person)).length * TYPICAL_TURN
  }
}
