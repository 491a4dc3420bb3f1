// The list of whom one may mean by the @ that one is typing. Invariant: it is open only where there is something to take, and a press
// that an input method handles does nothing here.
import { useId, useState } from 'react'
import type { MemberId } from '../../conversation/ids'
import { recordsOf } from '../../conversation/record'
import { type AnyRoomState, useRoomState } from '../frame/room-state'
import { type KeyPress, suggestionKey } from './composer-keys'
import { type Mentionable, mentionAt, mentionOf, suggested } from './mention-at'

export interface Suggestions {
  readonly id: string
  readonly members: readonly Mentionable[]
  /** The place of the one that Enter takes. */
  readonly active: number
  /** Whether a press was for the list. */
  press(key: KeyPress): boolean
  take(member: Mentionable): void
}

export interface Writing {
  readonly text: string
  /** Where the cursor is, in characters; null where something is selected, or the box has not the focus. */
  readonly cursor: number | null
  /** Puts words in the place of these characters. */
  readonly onTake: (start: number, end: number, words: string) => void
}

/** Null while there is nothing to suggest. */
export function useSuggestions(viewer: MemberId, { text, cursor, onTake }: Writing): Suggestions | null {
  const id = useId()
  const known = useRoomState(mentionable, NOBODY)
  const mention = cursor === null ? null : mentionAt(text, cursor)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [chosen, setChosen] = useState({ of: '', at: 0 })
  // Another @ is another list.
  if (dismissed !== null && mention?.start !== dismissed) setDismissed(null)
  if (!mention || cursor === null || mention.start === dismissed) return null
  const members = suggested(
    mention.typed,
    known.filter((member) => member.id !== viewer),
  )
  if (members.length === 0) return null
  const of = `${mention.start}:${mention.typed}`
  const active = chosen.of === of ? Math.min(chosen.at, members.length - 1) : 0
  const take = (member: Mentionable) => {
    // "@Ann " might yet become "@Ann Lee ": not for whoever took Ann.
    setDismissed(mention.start)
    onTake(mention.start, cursor, mentionOf(member))
  }
  return {
    id,
    members,
    active,
    take,
    press(key) {
      const asked = suggestionKey(key)
      const member = members[active]
      if (asked === 'take' && member) take(member)
      else if (asked === 'close') setDismissed(mention.start)
      else if (asked === 'next' || asked === 'previous') setChosen({ of, at: (active + (asked === 'next' ? 1 : members.length - 1)) % members.length })
      return asked !== null
    },
  }
}

const NOBODY: readonly Mentionable[] = []

/** The agents, in the order in which they answer, and the people who are here. The same list for the same room. */
function mentionable({ records, here }: AnyRoomState): readonly Mentionable[] {
  if (last.records === records && last.here === here) return last.members
  const agents = recordsOf(records, 'agent')
    .toSorted((a, b) => a.value.order - b.value.order)
    .map(({ id, value }): Mentionable => ({ id: id as MemberId, kind: 'agent', name: value.name, handle: value.handle }))
  last = { records, here, members: [...agents, ...here.filter(({ kind }) => kind === 'person')] }
  return last.members
}

let last: Pick<AnyRoomState, 'records' | 'here'> & { readonly members: readonly Mentionable[] } = { records: [], here: [], members: NOBODY }
