// People are circles in a tint of their own; agents are squares in the colour and with the picture of their profile, or else their
// first letters in the agents' colour. Hook-free: what is known of an agent is given.
import type { AgentProfile } from '../../conversation/agent-profile'
import { firstCharacter } from '../../conversation/characters'
import { splitName } from '../../conversation/double'
import type { Member } from '../../conversation/member'

const TINTS = 8

export interface FaceProps {
  readonly member: Member
  readonly size?: 'large' | 'small'
  /** Of an agent that the room has. */
  readonly look?: Pick<AgentProfile, 'colour' | 'emoji'> | undefined
}

export function Face({ member, size = 'large', look }: FaceProps) {
  // The letters are drawn by CSS: they are no part of what the message says.
  return (
    <i
      data-initials={look?.emoji || initialsOf(member.name)}
      {...(look?.emoji ? { 'data-picture': '' } : {})}
      {...(look && look.colour !== 'copper' ? { 'data-colour': look.colour } : {})}
      {...(member.kind === 'person' ? { 'data-tint': tintOf(member.id) } : {})}
      {...(size === 'small' ? { className: 'avatar-small' } : {})}
    />
  )
}

/** The first characters of the first and last word, whole ones: a flag or a family is one [R70]. */
export function initialsOf(name: string): string {
  const words = splitName(name).name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return `${firstCharacter(words[0] ?? '')}${firstCharacter(last ?? '')}`.toUpperCase() || '?'
}

function tintOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return sum % TINTS
}
