// What the rules would have done: the newest messages of a room played again under other modes or another order, before they
// are saved. No model is asked. Who was here then is not known, so whoever wrote within ten minutes of a message was.
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Why } from '../../conversation/why'
import type { Looks } from '../looks'
import { addressee } from './addressee'
import { type Chain, NEW_CHAIN } from './chain'
import { engagement } from './engagement'
import { type Earlier, type EngagedAgent, LASTS_MS, MOST_QUOTED_FROM, MOST_RECENT, type NewMessage, type RoomFacts } from './facts'
import { follow } from './follow'
import { speaksTo } from './speaks-to'
import { type Rehearsed, Tally } from './tally'

/** The messages that are played again, at most: the newest. */
export const MOST_REHEARSED = 200

export interface PastMessage {
  readonly id: MessageId
  readonly author: Member
  readonly text: string
  /** Server time, ms since 1970. */
  readonly at: number
  /** Of a reply: the message that it answered. Of a person's message: the one that it replied to. */
  readonly replyTo?: MessageId
  /** Of a reply. */
  readonly why?: Why
  /** Whether all of it was said. */
  readonly isFinished: boolean
}

/**
 * For each agent, in this order, how often it would have answered and been held back. What agents really said counts where it
 * would have been said: then it may have called others. What was asked for by hand stays. Of agents' messages only what
 * they call counts.
 */
export function rehearse(
  all: readonly PastMessage[],
  agents: readonly EngagedAgent[],
  people: readonly Member[],
  looks: Looks | null = null,
): readonly Rehearsed[] {
  const replay = new Replay(all.slice(-MOST_REHEARSED), agents, people, looks)
  for (const message of replay.past) replay.play(message)
  return replay.tally.counts()
}

class Replay {
  readonly past: readonly PastMessage[]
  readonly tally: Tally
  private readonly agents: readonly EngagedAgent[]
  private readonly people: readonly Member[]
  private readonly looks: Looks | null
  private readonly known: ReadonlyMap<MessageId, PastMessage>
  /** The replies that there really are, and those that there would be: message and agent. */
  private readonly real: ReadonlySet<string>
  private readonly due = new Set<string>()
  private readonly threads = new Map<MessageId, Thread>()
  private readonly recent: Earlier[] = []

  constructor(past: readonly PastMessage[], agents: readonly EngagedAgent[], people: readonly Member[], looks: Looks | null) {
    this.past = past
    this.tally = new Tally(agents)
    this.agents = agents
    this.people = people
    this.looks = looks
    this.known = new Map(past.map((message) => [message.id, message]))
    this.real = new Set(past.map(({ replyTo, author }) => keyOf(replyTo, author.id)))
  }

  play(message: PastMessage): void {
    const byHand = message.why && isByHand(message.why) ? message.why : null
    if (!this.isSaid(message, byHand !== null)) return
    if (byHand) this.tally.answered(message.author.id, byHand.rule)
    const isPerson = message.author.kind === 'person'
    const thread = threadOf(message, this.threads)
    this.threads.set(message.id, thread)
    const prompt = message.replyTo === undefined ? undefined : this.known.get(message.replyTo)
    const facts: RoomFacts = { agents: this.agents, people: this.people, present: presentAt(message, this.past), recent: this.recent.slice(-MOST_RECENT) }
    const heard: NewMessage = { ...message, replyTo: isPerson ? (prompt?.author ?? null) : null }
    const decided = engagement(heard, facts, this.looks)
    this.recent.push(isPerson ? spoken(heard, facts, this.looks) : answered(message, prompt?.author.id, thread))
    const { chain, decisions, turns } = follow(decided, thread.shared.chain, message.id, thread.depth)
    thread.shared.chain = chain
    // Of agents' messages only what they call counts.
    for (const decision of decisions) if (!decision.answers && (isPerson || decision.hold === 'guarded')) this.tally.heldBack(decision.agent, decision.hold)
    for (const { agent, why } of turns) {
      this.tally.answered(agent, why.rule)
      this.due.add(keyOf(message.id, agent))
      if (this.real.has(keyOf(message.id, agent))) continue
      this.recent.push({ author: { id: agent, kind: 'agent' }, at: message.at, isSaid: true, by: message.author.id, root: thread.root })
    }
  }

  /** What a person said was said; what an agent said would have been, if it would have answered, or was asked for by hand. */
  private isSaid({ author, replyTo }: PastMessage, byHand: boolean): boolean {
    if (author.kind === 'person') return true
    return this.agents.some(({ id }) => id === author.id) && (byHand || this.due.has(keyOf(replyTo, author.id)))
  }
}

/** Asked for by hand or by a tool: no mode changes that. */
function isByHand({ rule }: Why): boolean {
  return rule === 'asked' || rule === 'agent-asked' || rule === 'schedule'
}

/** Where a message stands in its chain. */
interface Thread {
  readonly root: MessageId
  readonly depth: number
  /** Of all messages of one chain. */
  readonly shared: { chain: Chain }
}

/** What a person says, or asks an agent for, begins a chain. */
function threadOf({ id, replyTo, author, why }: PastMessage, threads: ReadonlyMap<MessageId, Thread>): Thread {
  const goesOn = author.kind === 'agent' && why?.rule !== 'asked' && why?.rule !== 'schedule'
  const above = goesOn && replyTo !== undefined ? threads.get(replyTo) : undefined
  return above ? { ...above, depth: above.depth + 1 } : { root: id, depth: author.kind === 'agent' ? 1 : 0, shared: { chain: NEW_CHAIN } }
}

function spoken(heard: NewMessage, facts: RoomFacts, looks: Looks | null): Earlier {
  const to = addressee(heard, facts, speaksTo(heard.text, facts, looks))
  return { author: heard.author, at: heard.at, isSaid: true, text: heard.text.slice(0, MOST_QUOTED_FROM), ...(to === null ? {} : { to }) }
}

function answered({ author, at, text, why }: PastMessage, asker: MemberId | undefined, { root }: Thread): Earlier {
  const by = why?.by ?? asker
  return { author, at, isSaid: text.trim() !== '', text: text.slice(0, MOST_QUOTED_FROM), root, ...(by === undefined ? {} : { by }) }
}

function presentAt({ at }: PastMessage, past: readonly PastMessage[]): readonly Member[] {
  const here = new Map<MemberId, Member>()
  for (const { author, at: other } of past) if (author.kind === 'person' && Math.abs(other - at) <= LASTS_MS) here.set(author.id, author)
  return [...here.values()]
}

function keyOf(message: MessageId | undefined, agent: MemberId): string {
  return `${message ?? ''} ${agent}`
}
