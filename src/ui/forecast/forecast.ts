// Who will answer what somebody is about to say, and why, by the rules that the room itself asks; and which answer that is being
// written it would follow or interrupt.
import { engagement } from '../../agents/engagement/engagement'
import type { RoomSpender } from '../../conversation/budgets'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Author } from '../../agents/engagement/facts'
import type { Member } from '../../conversation/member'
import type { RowKey } from '../../conversation/room-client'
import type { Hold, WhyRule } from '../../conversation/why'
import { agentsOf, factsOf, type Known } from './facts'

/** What is about to be said. */
export interface Saying {
  readonly text: string
  /** Who wrote the message that it replies to. */
  readonly replyTo: Author | null
}

/** Who says it, and whether they may stop whatever is being written here. */
export interface Speaker {
  readonly viewer: Member
  readonly mayStopAll: boolean
}

export interface Forecast {
  readonly answers: readonly { readonly name: string; readonly rule: WhyRule }[]
  /** What holds all agents back, where nobody answers; null where there is no agent. */
  readonly hold: Hold | null
  /** Agents that are spoken to and never speak by themselves: they may be asked once it is said. */
  readonly off: readonly string[]
  readonly speaking: Speaking | null
}

/** An answer that an agent which is spoken to is writing, so that this message may wait for its end or interrupt it. */
export interface Speaking {
  readonly reply: MessageId
  readonly agent: string
  readonly mayInterrupt: boolean
}

/** Whose day is over: the tokens of this person here, those of the room, or the answers that the instance gives them. */
export type Spent = RoomSpender | 'answers'

/** `now`: server time, ms since 1970. */
export function forecast(known: Known, { viewer, mayStopAll }: Speaker, { text, replyTo }: Saying, now: number): Forecast {
  const agents = agentsOf(known.records)
  const decisions = engagement({ author: viewer, text, at: now, replyTo, isFinished: true }, factsOf(known, viewer, now))
  const answering = decisions.flatMap((decision) => (decision.answers ? [decision] : []))
  const holds = decisions.flatMap((decision) => (decision.answers ? [] : [decision.hold]))
  const nameOf = (id: MemberId) => agents.find((agent) => agent.id === id)?.name ?? id
  const written = answering.flatMap(({ agent }) => {
    const reply = writtenBy(agent, known.rows, viewer.id, agents.find(({ id }) => id === agent)?.atOnce ?? 1)
    return reply ? [{ reply: reply.id, agent: nameOf(agent), mayInterrupt: mayStopAll || reply.askedBy === viewer.id }] : []
  })
  return {
    answers: answering.map(({ agent, why }) => ({ name: nameOf(agent), rule: why.rule })),
    hold: answering.length > 0 ? null : (TELLING.find((hold) => holds.includes(hold)) ?? null),
    off: decisions.flatMap((decision) => (decision.answers || !decision.isAddressed ? [] : [nameOf(decision.agent)])),
    speaking: written[0] ?? null,
  }
}

/** Of several reasons the one that says most. */
const TELLING: readonly Hold[] = ['between-people', 'somebody-else-addressed', 'not-addressed', 'another-answers', 'off']

/** What it would follow: one's own answer; another's only where the agent writes as many as it may. */
function writtenBy(agent: MemberId, rows: readonly RowKey[], viewer: MemberId, atOnce: number): RowKey | undefined {
  const written = rows.filter(({ status, message }) => status === 'streaming' && message?.metadata.author.id === agent)
  return written.find(({ askedBy }) => askedBy === viewer) ?? (written.length >= atOnce ? written[0] : undefined)
}
