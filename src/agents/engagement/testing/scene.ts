// Rooms for tests, in few words: who is there, what was said and when. "parley>ann 2:30" is Parley's answer to Ann two and a half minutes ago.
import type { Mode } from '../../../conversation/agent-profile'
import type { MemberId, MessageId } from '../../../conversation/ids'
import type { Member } from '../../../conversation/member'
import { LOOKS } from '../../looks'
import { engagement } from '../engagement'
import type { Author, Earlier, EngagedAgent, RoomFacts } from '../facts'

export const NOW = Date.UTC(2026, 10, 26, 12)

const NAMES = {
  ann: 'Ann Petrova',
  bo: 'Bo',
  cy: 'Cy Young',
  tanaka: '田中',
  sara: 'سارة',
  noa: 'נועה',
  zoe: 'Zoë',
  smith: 'Smith, Jo',
  minsu: '민수',
  will: 'Will',
} as const

const AGENT_NAMES: Readonly<Record<string, string>> = { parley: 'Parley', scout: 'Scout', critic: 'The Critic', yuki: 'ゆきさん', build: 'Builder' }

const personNamed = (id: string): Member => ({ id: id as MemberId, name: Object.entries(NAMES).find(([known]) => known === id)?.[1] ?? id, kind: 'person' })

export const EVERYBODY: readonly Member[] = Object.keys(NAMES).map(personNamed)

/** "parley:auto scout:off" */
export function agentsOf(text: string): readonly EngagedAgent[] {
  return text.split(' ').flatMap((agent) => {
    const [handle = '', mode = 'mention'] = agent.split(':')
    return handle === '' ? [] : [{ id: handle as MemberId, name: AGENT_NAMES[handle] ?? handle, kind: 'agent' as const, handle, mode: mode as Mode }]
  })
}

export function authorOf(id: string): Author {
  return { id: id as MemberId, kind: id in NAMES ? 'person' : 'agent' }
}

/** "parley>ann#root 2:30", "bo@ann 3", "parley>ann! 1" (ended without a word), and after a colon and a space what was said. */
function earlier(line: string): Earlier {
  const [, who = '', by, to, root, mute, minutes = '0', seconds = '0', text] =
    /^(\w+)(?:>(\w+))?(?:@(\w+))?(?:#(\w+))?(!)? (\d+)(?::(\d+))?(?:: (.*))?$/s.exec(line) ?? []
  if (who === '') throw new Error(`no such line: ${line}`)
  return {
    author: authorOf(who),
    at: NOW - Number(minutes) * 60_000 - Number(seconds) * 1_000,
    isSaid: mute === undefined,
    ...(by === undefined ? {} : { by: by as MemberId }),
    ...(to === undefined ? {} : { to: to as MemberId }),
    ...(root === undefined ? {} : { root: root as MessageId }),
    ...(text === undefined ? {} : { text }),
  }
}

export interface Scene {
  readonly agents?: string
  readonly here?: string
  readonly recent?: readonly string[]
  readonly by?: string
  readonly replyTo?: string
  readonly unfinished?: boolean
}

export function factsOf({ agents = 'parley:auto scout:mention', here = 'ann bo', recent = [] }: Scene): RoomFacts {
  return {
    agents: agentsOf(agents),
    people: EVERYBODY,
    present: here.split(' ').flatMap((id) => (id === '' ? [] : [personNamed(id)])),
    recent: recent.map(earlier),
  }
}

/** What is decided for each agent, in order: the rule, or the hold behind a minus. */
export function heard(text: string, scene: Scene = {}): string {
  const { by = 'ann', replyTo, unfinished = false } = scene
  const message = { author: authorOf(by), text, at: NOW, replyTo: replyTo === undefined ? null : authorOf(replyTo), isFinished: !unfinished }
  return engagement(message, factsOf(scene), LOOKS)
    .map((decision) => (decision.answers ? decision.why.rule : `-${decision.hold}`))
    .join(' ')
}
