// Which agents answer a message, and why; and what holds back the others. Fixed rules, in this order, and no model is asked:
// who is spoken to answers; else, of those to whom it is plain or who answer everything, the first in the room's order.
import type { MemberId } from '../../conversation/ids'
import type { Hold, Why, WhyRule } from '../../conversation/why'
import type { Looks } from '../looks'
import { addressee } from './addressee'
import { isBetweenPeople } from './between-people'
import { isAloneWith, isAnsweredBy, isOnlyPerson } from './company'
import type { EngagedAgent, NewMessage, RoomFacts } from './facts'
import { quotedFrom } from './quotes'
import { speaksTo, type SpeaksTo } from './speaks-to'

export type Decision = Answers | HeldBack

export interface Answers {
  readonly agent: MemberId
  readonly answers: true
  readonly why: Why
}

export interface HeldBack {
  readonly agent: MemberId
  readonly answers: false
  readonly hold: Hold
  /** It is off, and the message is said to it: whoever said that may want to ask it. */
  readonly isAddressed?: true
}

/**
 * One decision for each agent but the author, in the room's order. Of an agent's message, which only calls those that it mentions,
 * none before it is finished. `looks`: how names that are spelt with other letters are known; browsers have none. `known`:
 * whom it speaks to, where that was found out already.
 */
export function engagement(message: NewMessage, facts: RoomFacts, looks: Looks | null = null, known?: SpeaksTo): readonly Decision[] {
  if (!message.isFinished) return []
  const agents = facts.agents.filter(({ id }) => id !== message.author.id)
  const spoken = known ?? speaksTo(message.text, facts, looks)
  if (message.author.kind === 'agent') return agents.map((agent) => decided(agent, message, calledByAgent(agent, spoken)))

  const rules = new Map(agents.map((agent) => [agent.id, addressedBy(agent, message, spoken)]))
  const isAddressed = agents.some(({ id, mode }) => mode !== 'off' && typeof rules.get(id) === 'string')
  const direct = addressee(message, facts, spoken)
  const unasked = unaskedRules(agents, message, facts, spoken, direct)
  return agents.map((agent) => {
    const rule = rules.get(agent.id)
    if (agent.mode === 'off' && direct === agent.id) return offAndAddressed(agent)
    if (rule || agent.mode === 'off' || agent.mode === 'mention') return decided(agent, message, rule ?? { hold: 'not-addressed' })
    return decided(agent, message, isAddressed ? { hold: 'somebody-else-addressed' } : (unasked.get(agent.id) ?? { hold: 'not-addressed' }))
  })
}

type Ruling = WhyRule | { readonly hold: Hold }

function decided(agent: EngagedAgent, { author }: NewMessage, ruling: Ruling): Decision {
  if (agent.mode === 'off') return typeof ruling === 'string' ? offAndAddressed(agent) : { agent: agent.id, answers: false, hold: 'off' }
  if (typeof ruling !== 'string') return { agent: agent.id, answers: false, hold: ruling.hold }
  return { agent: agent.id, answers: true, why: { rule: ruling, by: author.id } }
}

function offAndAddressed({ id }: EngagedAgent): HeldBack {
  return { agent: id, answers: false, hold: 'off', isAddressed: true }
}

/** The same decisions, those of agents that are addressed before the others. */
export function addressedFirst(decisions: readonly Decision[]): readonly Decision[] {
  const isFirst = (decision: Decision) => !decision.answers && decision.isAddressed === true
  return [...decisions.filter(isFirst), ...decisions.filter((decision) => !isFirst(decision))]
}

function calledByAgent({ id }: EngagedAgent, { mentioned }: SpeaksTo): Ruling {
  return mentioned.has(id) ? 'agent-mention' : { hold: 'not-addressed' }
}

/** The rule by which a person speaks to this agent, and null when they do not. A reply to it that begins with somebody else's name is theirs. */
function addressedBy({ id }: EngagedAgent, { replyTo }: NewMessage, { mentioned, first }: SpeaksTo): WhyRule | null {
  if (mentioned.has(id)) return 'mention'
  return replyTo?.id === id && (first === null || first === id) ? 'reply-to' : null
}

/** What is ruled for each agent that speaks by itself when nobody calls an agent: the first that may answers, the others are held back. */
function unaskedRules(
  agents: readonly EngagedAgent[],
  message: NewMessage,
  facts: RoomFacts,
  spoken: SpeaksTo,
  direct: MemberId | null,
): ReadonlyMap<MemberId, Ruling> {
  const speakers = agents.filter(({ mode }) => mode === 'auto' || mode === 'always')
  const isForOther = ({ id }: EngagedAgent) => direct !== null && direct !== id
  const onlyPerson = isOnlyPerson(message, facts)
  const rulings = new Map<MemberId, Ruling>(
    speakers.map((agent) => [agent.id, isForOther(agent) ? { hold: 'somebody-else-addressed' } : unaskedRule(agent, message, facts, spoken, onlyPerson)]),
  )
  const first =
    speakers.find(({ id }) => typeof rulings.get(id) === 'string') ??
    // Alone among several agents, nobody is left without an answer.
    (onlyPerson ? speakers.find((agent) => !isForOther(agent)) : undefined)
  if (!first) return rulings
  for (const [id, ruling] of rulings) if (typeof ruling === 'string' && id !== first.id) rulings.set(id, { hold: 'another-answers' })
  return typeof rulings.get(first.id) === 'string' ? rulings : rulings.set(first.id, 'alone')
}

function unaskedRule({ id, mode }: EngagedAgent, message: NewMessage, { recent }: RoomFacts, spoken: SpeaksTo, onlyPerson: boolean): Ruling {
  if (mode === 'always') return isBetweenPeople(message, recent) ? { hold: 'between-people' } : 'every'
  if (onlyPerson && isAloneWith(id, message, recent)) return 'alone'
  if (!isAnsweredBy(id, message, recent)) return { hold: 'not-addressed' }
  return concernsOthers(id, message, recent, spoken) ? { hold: 'somebody-else-addressed' } : 'follow-up'
}

/** Mentions, replies to or quotes somebody else than the agent and its author. Whom it begins by speaking to was looked at before. */
function concernsOthers(agent: MemberId, { author, replyTo, text }: NewMessage, recent: RoomFacts['recent'], { mentioned }: SpeaksTo): boolean {
  const others = [...mentioned, replyTo?.id, quotedFrom(text, recent)?.author.id]
  return others.some((id) => id !== undefined && id !== agent && id !== author.id)
}
