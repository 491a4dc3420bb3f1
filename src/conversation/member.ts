// Who can take part in a room: people and agents, alike in everything but how they speak.
import type { MemberId } from './ids'

export type MemberKind = 'person' | 'agent'

export interface Member {
  readonly id: MemberId
  readonly name: string
  readonly kind: MemberKind
}

/** The longest name a person may take, in characters. */
export const MAX_NAME_LENGTH = 40

/** A name as it is kept: control characters and runs of white space become one space. Null when nothing is left or it is too long. */
export function cleanName(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const name = value.replace(/[\p{C}\s]+/gu, ' ').trim()
  return name === '' || name.length > MAX_NAME_LENGTH ? null : name
}
