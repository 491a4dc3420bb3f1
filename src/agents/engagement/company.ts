// With whom somebody is: alone with an agent, or going on with what it last answered them. Both last ten minutes.
import type { MemberId, MessageId } from '../../conversation/ids'
import { LASTS_MS, type Earlier, type NewMessage, type RoomFacts } from './facts'

type Speaking = Pick<NewMessage, 'author' | 'at'>

/** Whether no other person is here, nor wrote within the last ten minutes. */
export function isOnlyPerson({ author, at }: Speaking, { present, recent }: Pick<RoomFacts, 'present' | 'recent'>): boolean {
  if (present.some(({ id, kind }) => kind === 'person' && id !== author.id)) return false
  return !recent.some((earlier) => earlier.author.kind === 'person' && earlier.author.id !== author.id && isLately(earlier, at))
}

/** Whether the only person here is alone with this agent: no other agent wrote within the last ten minutes either. */
export function isAloneWith(agent: MemberId, { at }: Speaking, recent: readonly Earlier[]): boolean {
  return !recent.some(({ author, ...earlier }) => author.kind === 'agent' && author.id !== agent && isLately(earlier, at))
}

/**
 * Whether this agent answered this person last, within ten minutes, and nobody else has spoken in between. What other agents
 * said in the same chain was said to the same person's message, and is not in between.
 */
export function isAnsweredBy(agent: MemberId, { author, at }: Speaking, recent: readonly Earlier[]): boolean {
  const others = new Set<MessageId | undefined>()
  for (const earlier of recent.toReversed()) {
    if (!earlier.isSaid || earlier.author.id === author.id) continue
    if (earlier.author.kind === 'person' || at - earlier.at > LASTS_MS) return false
    if (earlier.author.id === agent && earlier.by === author.id) {
      return others.size === 0 || (others.size === 1 && earlier.root !== undefined && others.has(earlier.root))
    }
    others.add(earlier.root)
  }
  return false
}

function isLately({ at, isSaid }: Pick<Earlier, 'at' | 'isSaid'>, now: number): boolean {
  return isSaid && now - at <= LASTS_MS
}
