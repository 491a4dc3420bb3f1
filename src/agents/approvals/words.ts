// A card's rules in words, for everybody.
import type { Taint } from '../../conversation/approval'
import type { MemberId } from '../../conversation/ids'
import type { Policy } from '../../conversation/policy'

/** The people named in a card's words, at most. */
const MOST_NAMED = 5

/** Who may decide, to stand in "… may decide" and "This is for … to decide". `asker`: the name of whoever asked, null where nobody did who is still known. */
export function whoInWords({ mode, people, needed }: Policy, asker: string | null, nameOf: (id: MemberId) => string): string {
  switch (mode) {
    case 'asker':
      return asker === null ? 'the owner of this room' : `${asker}, who asked, or the owner of this room`
    case 'moderators':
      return 'the owner of this room'
    case 'named':
      return people.length === 0 ? 'nobody' : list(people.map(nameOf), 'or')
    case 'member':
      return 'any member of this room'
    case 'votes':
      return people.length === 0 ? `${needed} members of this room` : `${needed} of ${list(people.map(nameOf), 'and')}`
    case 'auto':
    case 'off':
      return 'nobody'
    default:
      return mode satisfies never
  }
}

/** Why a call has to be approved that might have run by itself. */
export function taintInWords(taint: Taint): string {
  switch (taint) {
    case 'web':
      return 'This answer has read something from outside, which may try to make it do things.'
    case 'server':
      return 'This answer has read what a server of tools said, which may try to make it do things.'
    case 'guest':
      return 'This answer has read what guests wrote here, who may try to make it do things.'
    case 'note':
      return 'This answer has read notes of this room that guests or agents wrote, which may try to make it do things.'
    default:
      return taint satisfies never
  }
}

function list(names: readonly string[], word: 'and' | 'or'): string {
  const shown = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED - 1), `${names.length - MOST_NAMED + 1} others`] : names
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${word} ${last}`
}
