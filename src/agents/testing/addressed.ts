// For tests: the agents that answer a message by its words alone, where each of them answers everything.
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { engagement } from '../engagement/engagement'
import { LOOKS } from '../looks'

export function addressed(text: string, roster: readonly Member[], people: readonly Member[]): readonly Member[] {
  const agents = roster.map((agent) => ({ ...agent, kind: 'agent' as const, handle: agent.id, mode: 'always' as const }))
  const message = { author: { id: 'somebody' as MemberId, kind: 'person' }, text, at: 0, replyTo: null, isFinished: true } as const
  const decisions = engagement(message, { agents, people, present: [], recent: [] }, LOOKS)
  return roster.filter(({ id }) => decisions.some((decision) => decision.answers && decision.agent === id))
}
