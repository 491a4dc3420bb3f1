// People are circles in a tint of their own; agents are squares in the agents' colour.
import type { Member } from '../../conversation/member'

const TINTS = 8

export function Avatar({ member, size = 'large' }: { readonly member: Member; readonly size?: 'large' | 'small' }) {
  const box = size === 'large' ? 'size-9 text-[0.8125rem]' : 'size-7 text-[0.6875rem]'
  const look = member.kind === 'agent' ? 'rounded-[28%] bg-agent-fill text-on-agent' : 'avatar-person rounded-full'
  return (
    <span
      aria-hidden="true"
      {...(member.kind === 'person' ? { 'data-tint': tintOf(member.id) } : {})}
      className={`inline-flex shrink-0 items-center justify-center font-semibold select-none ${box} ${look}`}
    >
      {initialsOf(member.name)}
    </span>
  )
}

/** The first letters of the first and last word, whole characters even outside the basic plane. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return `${firstLetter(words[0])}${firstLetter(last)}`.toUpperCase() || '?'
}

function firstLetter(word: string | undefined): string {
  return word ? (Array.from(word)[0] ?? '') : ''
}

function tintOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return sum % TINTS
}
