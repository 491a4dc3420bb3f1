// What the policies of a tool and the states of a server are called in words.
import type { PolicyMode } from '../../conversation/policy'
import type { Effect } from '../../conversation/tool-part'
import type { RoomTool } from '../../room/approvals/room-policies'
import type { Access } from '../../room/members/members'
import type { ServerProfile, ServerTool } from '../../conversation/server-profile'

export const POLICY_WORDS: Readonly<Record<PolicyMode, string>> = {
  auto: 'runs by itself',
  asker: 'the asker approves',
  moderators: 'the owner approves',
  named: 'people by name approve',
  member: 'any member approves',
  votes: 'several approve',
  off: 'not used',
}

/** What a call of a tool changes. `reads`: as its server says. */
export const EFFECT_WORDS: Readonly<Record<Effect | 'reads', string>> = {
  none: 'Changes nothing',
  room: 'Changes what this room keeps',
  outside: 'Acts outside this room',
  reads: 'Acts outside this room, and only reads there, as its server says',
}

/** Whole sentences, for everybody. `access`: of the room, because whom “any member” means depends on it. */
export function policyInWords({ policy: { mode, needed }, people }: Pick<RoomTool, 'policy' | 'people'>, access: Access): string {
  const whoever = access === 'open' ? ' This room is open: that is anybody who comes in.' : ''
  const names = new Intl.ListFormat('en', { type: mode === 'votes' ? 'conjunction' : 'disjunction' }).format(
    people.map((name) => name ?? 'somebody who has left'),
  )
  switch (mode) {
    case 'auto':
      return 'Runs by itself.'
    case 'asker':
      return 'Whoever asked approves it, or the owner of this room.'
    case 'moderators':
      return 'The owner of this room approves it.'
    case 'named':
      return people.length === 0 ? 'Nobody can approve it: no people are chosen yet.' : `It needs the word of ${names}.`
    case 'member':
      return `Any member of this room approves it.${whoever}`
    case 'votes':
      return people.length === 0 ? `${needed} members of this room have to approve it.${whoever}` : `${needed} of ${names} have to approve it.`
    case 'off':
      return 'Not used.'
    default:
      return mode satisfies never
  }
}

export const STATE_WORDS: Readonly<Record<ServerProfile['state'], string>> = {
  connecting: 'Being asked for its tools',
  review: 'To be reviewed',
  ready: 'Ready',
  'sign-in': 'Needs sign-in',
  failed: 'Cannot be used',
}

export const REVIEW_WORDS: Readonly<Record<ServerTool['review'], string | null>> = {
  accepted: null,
  new: 'new',
  changed: 'changed: not used until accepted again',
  gone: 'gone from its server',
}
