// Who answers: the rules are asked about every message, and what they say becomes replies in the queue, with their reasons on them.
// Facts are gathered from the newest messages, who is here and the room's records; no model is asked.
import { addressee } from '../../agents/engagement/addressee'
import { called } from '../../agents/engagement/called'
import { type Admission, type Chain, type ChainCall, goOn, MAX_DEPTH, NEW_CHAIN } from '../../agents/engagement/chain'
import { addressedFirst, type Answers, type Decision, engagement } from '../../agents/engagement/engagement'
import type { NewMessage, RoomFacts } from '../../agents/engagement/facts'
import { type Followed, follow } from '../../agents/engagement/follow'
import { hasQuote } from '../../agents/engagement/quotes'
import { speaksTo } from '../../agents/engagement/speaks-to'
import { LOOKS } from '../../agents/looks'
import type { RosterAgent } from '../../agents/roster'
import { hasAtSign } from '../../conversation/at-sign'
import { type EngagedValues, type HeldTold, whyOf } from '../../conversation/engaged'
import type { RoomEvent } from '../../conversation/event'
import { newMessageId, type MemberId, type MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { type Message, textOf } from '../../conversation/message'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Why } from '../../conversation/why'
import { recentIn } from '../history/recent'
import type { History } from '../history/history'
import type { AnswerBudget } from '../commands/posting'
import { Amending } from './amending'
import type { Queue, Wanted } from './queue'
import type { Place, StoredQueue } from './stored-queue'

export interface EngagingPort {
  readonly sql: SqlStorage
  readonly history: History
  readonly stored: StoredQueue
  readonly queue: Queue
  readonly budget: AnswerBudget
  roster(): readonly RosterAgent[]
  /** Everybody with a place here, as many as a message is looked through for. */
  people(): readonly Member[]
  present(): readonly Member[]
  /** The person whose wish a reply was. */
  askerOf(reply: Message): MemberId
  now(): number
}

/** What the rules say of a message that a person is about to post. */
export interface Heard extends Followed {
  /** To whom it is said. */
  readonly to: MemberId | null
}

export class Engaging {
  private readonly port: EngagingPort

  constructor(port: EngagingPort) {
    this.port = port
  }

  /** Of a person's message, before it is written. */
  hear(message: Pick<NewMessage, 'author' | 'text' | 'replyTo'>, id: MessageId): Heard {
    const heard: NewMessage = { ...message, at: this.port.now(), isFinished: true }
    const facts = this.facts(message.text)
    const spoken = speaksTo(heard.text, facts, LOOKS)
    const to = addressee(heard, facts, spoken)
    return { ...follow(engagement(heard, facts, LOOKS, spoken), NEW_CHAIN, id, 0), to }
  }

  /** The replies that the rules ask for, to a message in this place of its chain. */
  wanted(turns: readonly Answers[], trigger: MessageId, asker: MemberId, { root, depth }: Place): readonly Wanted[] {
    return turns.flatMap(({ agent, why }) => this.want(agent, why, trigger, asker, { root, depth: depth + 1 }))
  }

  /** What held agents back, to be shown on the message: an agent that it is said to comes first. */
  heldBack(decisions: readonly Decision[]): readonly HeldTold[] {
    return addressedFirst(decisions).flatMap((decision): HeldTold[] => {
      const agent = this.agent(decision.agent)
      return decision.answers || !agent ? [] : [{ agent: agent.id, name: agent.name, hold: decision.hold }]
    })
  }

  /** An agent has said all that it had to say: whoever it mentions answers, as far as the chain goes. */
  finished(reply: Message): readonly RoomEvent[] {
    const { author } = reply.metadata
    const text = textOf(reply)
    // What an agent was asked for by another goes to that one.
    if (whyOf(reply.metadata)?.rule === 'agent-asked') return []
    if (!hasAtSign(text) || this.port.roster().length < 2) return []
    const decisions = engagement({ author, text, at: this.port.now(), replyTo: null, isFinished: true }, this.facts(text), LOOKS)
    if (!decisions.some(({ answers }) => answers)) return []
    const { stored } = this.port
    const { root, depth } = stored.placeOf(reply.id)
    const followed = follow(decisions, stored.chain(root, MAX_DEPTH), reply.id, depth)
    stored.saveChain(root, followed.chain)
    this.call(this.wanted(followed.turns, reply.id, this.port.askerOf(reply), { root, depth }))
    return this.note(followed.chain)
  }

  /** A person presses "Ask". What that agent answers already is no refusal. Refuses: no_such_message, budget_spent, too_many_waiting. */
  ask(person: Member, agent: MemberId, id: MessageId): Result<readonly RoomEvent[]> {
    const message = this.port.history.get(id)
    if (!message) return refuse('no_such_message', 'That message is not here any more.')
    const decision = called({ rule: 'asked', agent, by: person.id }, this.port.roster())
    if (!decision?.answers) return refuse('no_such_message', 'There is no such agent in this room any more.')
    if (this.port.stored.answerTo(id, agent) !== null) return accept([])
    const spent = this.port.budget.refuse(person.id, [agent])
    if (spent) return { ok: false, refusal: spent }
    // What somebody asks for begins a chain of its own.
    const reply = newMessageId()
    const wanted = this.want(agent, decision.why, id, person.id, { root: reply, depth: 1 }, reply)
    const asked = this.port.queue.ask(wanted)
    if (!asked.ok) return asked
    this.port.budget.use(person.id, [agent])
    const held = message.metadata.amended?.values['held']
    const left = Array.isArray(held) ? (held as readonly HeldTold[]).filter((one) => one.agent !== agent) : []
    return accept(held === undefined ? [] : this.amend(id, { held: left.length === 0 ? null : left }))
  }

  /** Whether a chain stopped at this message. */
  isGuarded(id: MessageId): boolean {
    return this.chainOf(id).held.some(({ trigger }) => trigger === id)
  }

  /** A person presses Continue where a chain stopped: as much again. Refuses: not_retryable, budget_spent, too_many_waiting. */
  goOn(person: Member, id: MessageId): Result<readonly RoomEvent[]> {
    const { root } = this.port.stored.placeOf(id)
    const before = this.chainOf(id)
    const admission: Admission = goOn(before)
    if (admission.admitted.length === 0) return refuse('not_retryable', 'There is nothing here that could go on.')
    const wanted = admission.admitted.flatMap((call) => this.wantCall(call, root, person.id))
    const asking = wanted.map(({ agent }) => agent)
    const spent = this.port.budget.refuse(person.id, asking)
    if (spent) return { ok: false, refusal: spent }
    const asked = this.port.queue.ask(wanted)
    if (!asked.ok) return asked
    this.port.budget.use(person.id, asking)
    this.port.stored.saveChain(root, admission.chain)
    return accept(this.note(admission.chain, before))
  }

  /** Says once that a chain stopped, under the last of its messages that call somebody in vain: how many turns Continue releases, and who was called there. */
  private note(chain: Chain, before: Chain = chain): readonly RoomEvent[] {
    const last = chain.held.at(-1)?.trigger
    const turns = goOn(chain).admitted.length
    return [...new Set([...before.held, ...chain.held].map(({ trigger }) => trigger))].flatMap((trigger) => {
      if (trigger !== last) return this.amend(trigger, { guarded: null, held: null })
      const called = chain.held.filter((call) => call.trigger === trigger)
      return this.amend(trigger, { guarded: turns, held: this.heldBack(called.map(({ agent }) => ({ agent, answers: false, hold: 'guarded' }))) })
    })
  }

  private chainOf(id: MessageId) {
    return this.port.stored.chain(this.port.stored.placeOf(id).root, MAX_DEPTH)
  }

  /** What agents call for is paid by the person who began; what cannot be paid, or finds no place, is not called. */
  private call(wanted: readonly Wanted[]): void {
    const { budget, queue } = this.port
    for (const one of wanted) if (!budget.refuse(one.asker, [one.agent]) && queue.ask([one]).ok) budget.use(one.asker, [one.agent])
  }

  private wantCall({ agent, trigger, by, depth }: ChainCall, root: MessageId, asker: MemberId): readonly Wanted[] {
    return this.want(agent, { rule: 'agent-mention', by }, trigger, asker, { root, depth })
  }

  private want(id: MemberId, why: Why, trigger: MessageId, asker: MemberId, place: Place, reply = newMessageId()): readonly Wanted[] {
    const agent = this.agent(id)
    if (!agent) return []
    return [{ id: reply, agent: id, why, trigger, asker, ...place, author: { id, name: agent.name, kind: 'agent' } }]
  }

  private agent(id: MemberId): RosterAgent | undefined {
    return this.port.roster().find((agent) => agent.id === id)
  }

  private amend(id: MessageId, values: EngagedValues): readonly RoomEvent[] {
    return new Amending(this.port.history).amend(id, values)
  }

  private facts(text: string): RoomFacts {
    const { sql, roster, people, present, now } = this.port
    return { agents: roster(), people: hasAtSign(text) ? people() : [], present: present(), recent: recentIn(sql, now(), hasQuote(text)) }
  }
}
