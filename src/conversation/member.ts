// Who can take part in a room: people and agents, alike in everything but how they speak.
import type { MemberId } from './ids'

export type MemberKind = 'person' | 'agent'

export interface Member {
  readonly id: MemberId
  readonly name: string
  readonly kind: MemberKind
}

/** The longest name, in characters as people count them. */
export const MAX_NAME_LENGTH = 40
/** And in UTF-16 units: one character may be an emoji of many. */
export const MAX_NAME_UNITS = 160
