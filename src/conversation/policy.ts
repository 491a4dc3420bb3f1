// Who lets a call of a tool run. Invariant: a policy that names nobody who could decide lets nothing run.
import type { MemberId } from './ids'

/**
 * Nobody has to; whoever asked, or a moderator; a moderator; people by name; any member; so many of several people; or it is not run at
 * all. Moderators are the room's owner, for as long as there are no others.
 */
export const POLICIES = ['auto', 'asker', 'moderators', 'named', 'member', 'votes', 'off'] as const
export type PolicyMode = (typeof POLICIES)[number]

export interface Policy {
  readonly mode: PolicyMode
  /** Of `named` and `votes`: who may decide. None in `votes`: every member may. */
  readonly people: readonly MemberId[]
  /** Of `votes`: how many have to approve. */
  readonly needed: number
}

/** Of a tool of a room, as its owner said last. The record's id is the tool's name for models. */
export interface SavedPolicy extends Policy {
  /** What whoever said so was called then. */
  readonly by: string
  /** Server time, ms since 1970. */
  readonly at: number
}

export const MOST_DECIDERS = 20

/** Whether a policy is of people by name: `named` always, `votes` where there are any. */
export function takesPeople(mode: PolicyMode): boolean {
  return mode === 'named' || mode === 'votes'
}

/** Of two people's votes there is a majority; where nothing is said it takes two. */
const USUAL_VOTES = 2

/** A policy of which no more is said. */
export function policyOf(mode: PolicyMode): Policy {
  return { mode, people: [], needed: mode === 'votes' ? USUAL_VOTES : 1 }
}
