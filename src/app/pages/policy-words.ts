// What the policies of a tool and the states of a server are called in words.
import type { PolicyMode } from '../../conversation/policy'
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
