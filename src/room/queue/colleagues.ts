// Agents ask each other by a tool. The answer is a reply like any other, in the queue, in the room and out of the same person's budget;
// whoever asks waits for its end. Invariants: a call asks once, however often it is run; nobody waits for somebody who waits for them.
import { admit, MAX_DEPTH } from '../../agents/engagement/chain'
import { called } from '../../agents/engagement/called'
import { askAgent, type Colleagues } from '../../agents/tools/ask-agent'
import { offered } from '../../agents/tools/offered'
import type { NoResult, ToolOutcome } from '../../agents/tools/tool'
import type { RosterAgent } from '../../agents/roster'
import { askedOf, whyOf } from '../../conversation/engaged'
import type { MemberId, MessageId } from '../../conversation/ids'
import { isUnfinished, type Message, textOf } from '../../conversation/message'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { isRunning } from '../../conversation/tool-part'
import type { AnswerBudget } from '../commands/posting'
import type { History } from '../history/history'
import type { Members } from '../members/members'
import { agentCalled } from '../schedules/planner-for'
import type { ToolSource, TurnFacts } from '../turns/tools-for'
import type { Engaging } from './engaging'
import type { Queue } from './queue'
import type { StoredQueue } from './stored-queue'

export interface ColleaguesPort {
  readonly history: Pick<History, 'get'>
  readonly members: Pick<Members, 'find'>
  readonly stored: StoredQueue
  readonly queue: Pick<Queue, 'ask' | 'hasRoomFor'>
  readonly engaging: Pick<Engaging, 'wanted'>
  readonly budget: AnswerBudget
  /** Whether an answer has read what strangers wrote. */
  hasReadOutside(reply: Message): boolean
  roster(): readonly RosterAgent[]
}

export class AgentColleagues {
  private readonly port: ColleaguesPort
  /** Who waits for the end of which reply. */
  private readonly waiting = new Map<MessageId, Set<() => void>>()

  constructor(port: ColleaguesPort) {
    this.port = port
  }

  /** Of a turn: nothing where there is nobody else to ask. */
  readonly tools: ToolSource = (turn) => {
    if (this.port.roster().length < 2) return []
    const colleagues: Colleagues = { ask: (agent, call, signal) => this.askAndWait(turn, agent, call, signal) }
    return [offered(askAgent(colleagues))]
  }

  /** A reply has ended, however, or waits for people: nobody holds a place for it meanwhile. */
  heard(id: MessageId): void {
    for (const wake of this.waiting.get(id) ?? []) wake()
  }

  private async askAndWait(turn: TurnFacts, named: string, call: string, signal: AbortSignal): Promise<ToolOutcome> {
    const agent = agentCalled(named, this.port.roster())
    if (!agent) return no(`There is no agent called ${JSON.stringify(named)} in this room.${this.others(turn)}`)
    const asked = this.ask(turn, agent, call)
    if (!asked.ok) return no(asked.refusal.message)
    await this.end(asked.value, signal)
    const reply = this.port.history.get(asked.value)
    if (!reply) return no('The answer is not here any more.')
    return isUnfinished(reply.metadata.status)
      ? { ...no(`${agent.name} has not answered yet.`), waits: true }
      : outcomeOf(reply, this.port.hasReadOutside(reply))
  }

  /** Whether a reply that holds no place waits for the end of another that it asked for. */
  isWaiting({ id, parts }: Message): boolean {
    const calls = new Set(parts.flatMap((part) => (part.type === 'dynamic-tool' && isRunning(part) ? [part.toolCallId] : [])))
    if (calls.size === 0) return false
    return this.port.stored.answersTo(id).some((answer) => {
      const reply = this.port.history.get(answer)
      return reply !== null && isUnfinished(reply.metadata.status) && calls.has(askedOf(reply.metadata) ?? '')
    })
  }

  /** Answers the reply that is waited for. Refuses in words that the model reads. */
  private ask({ reply, agent: self, asker }: TurnFacts, agent: RosterAgent, call: string): Result<MessageId> {
    const { port } = this
    if (asker === null || !port.members.find(asker)) return refuse('not_a_member', 'Whoever asked for this has no place in the room any more.')
    const known = port.stored.answerTo(reply.id, agent.id)
    if (known !== null) return this.again(known, agent, call)
    const decision = called({ rule: 'agent-asked', agent: agent.id, by: self.id }, port.roster())
    if (!decision) return refuse('malformed', 'You cannot ask yourself.')
    if (!decision.answers) return refuse('malformed', `${agent.name} is off, and answers nobody but people who press “Ask”.`)
    if (this.waitsFor(reply).has(agent.id)) return refuse('malformed', `${agent.name} waits for your answer: it cannot be asked for one meanwhile.`)
    const place = port.stored.placeOf(reply.id)
    const chain = admit(port.stored.chain(place.root, MAX_DEPTH), [{ agent: agent.id, trigger: reply.id, by: self.id, depth: place.depth + 1 }])
    if (chain.admitted.length === 0)
      return refuse('too_many', 'Agents have asked each other as often as they may without a word of a person. Answer with what you have.')
    const spent = port.budget.refuse(asker, [agent.id])
    if (spent) return { ok: false, refusal: spent }
    if (!port.queue.hasRoomFor(1)) return refuse('too_many_waiting', 'Too many answers are being waited for in this room. Answer with what you have.')
    const wanted = port.engaging.wanted([decision], reply.id, asker, place).map((one) => ({ ...one, asked: call }))
    port.stored.saveChain(place.root, chain.chain)
    const queued = port.queue.ask(wanted)
    if (!queued.ok) return queued
    port.budget.use(asker, [agent.id])
    const id = port.stored.answerTo(reply.id, agent.id)
    return id === null ? refuse('unavailable', 'It could not be asked.') : accept(id)
  }

  /** The same call, after a restart, waits on; another one has its answer already. */
  private again(known: MessageId, agent: RosterAgent, call: string): Result<MessageId> {
    const reply = this.port.history.get(known)
    if (reply && askedOf(reply.metadata) === call) return accept(known)
    const said = reply && !this.port.hasReadOutside(reply) ? textOf(reply) : ''
    return refuse('too_many', `You have asked ${agent.name} in this answer already.${said === '' ? '' : ` It said: ${said}`}`)
  }

  /** Whoever waits for what this reply says, and for what those say. */
  private waitsFor(reply: Message): ReadonlySet<MemberId> {
    const waiting = new Set<MemberId>()
    let current: Message | null = reply
    for (let depth = 0; current && depth <= MAX_DEPTH; depth++) {
      const why = whyOf(current.metadata)
      if (why?.rule !== 'agent-asked') break
      waiting.add(why.by)
      current = current.metadata.replyTo === undefined ? null : this.port.history.get(current.metadata.replyTo)
    }
    return waiting
  }

  private others({ agent: self }: TurnFacts): string {
    const others = this.port.roster().filter(({ id }) => id !== self.id)
    return ` There are: ${others.map(({ handle }) => handle).join(', ')}.`
  }

  /** Until it has ended or waits for people, or the turn that asked has ended. */
  private async end(id: MessageId, signal: AbortSignal): Promise<void> {
    const status = this.port.history.get(id)?.metadata.status
    if (signal.aborted || status === undefined || status === 'asking' || !isUnfinished(status)) return
    const wakers = this.waiting.get(id) ?? new Set()
    this.waiting.set(id, wakers)
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        wakers.delete(wake)
        if (wakers.size === 0) this.waiting.delete(id)
        resolve()
      }
      wakers.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}

const OUTSIDE = { outside: true } as const

/** `isOutside`: it stands, for the model, between the lines that mark what strangers wrote. */
function outcomeOf(reply: Message, isOutside: boolean): ToolOutcome {
  const { author, status, failure } = reply.metadata
  const answer = textOf(reply)
  if (status === 'complete') return { ok: true, output: { agent: author.name, answer, ...(isOutside ? OUTSIDE : {}) } }
  const why = failure ? ` ${failure.text}` : status === 'stopped' ? ' It was stopped.' : ''
  if (isOutside) return { ok: true, output: { agent: author.name, answer, ...OUTSIDE, fault: `It did not answer to the end.${why}` } }
  return no(`${author.name} did not answer to the end.${why}${answer === '' ? '' : ` Until then it said: ${answer}`}`)
}

function no(text: string): NoResult {
  return { ok: false, text }
}
