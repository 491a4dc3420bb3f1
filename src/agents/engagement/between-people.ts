// Whether somebody answers a person: two people in a direct exchange are not to be interrupted.
import type { MemberId } from '../../conversation/ids'
import { LASTS_MS, type Earlier, type NewMessage } from './facts'

/**
 * Whether what this person says goes on with an exchange of two: the newest words are the other's (or theirs again, after
 * it), nobody else has spoken since one of the two spoke to the other, and no pause was too long.
 */
export function isBetweenPeople({ author, at }: Pick<NewMessage, 'author' | 'at'>, recent: readonly Earlier[]): boolean {
  let other: MemberId | null = null
  let next = at
  for (const earlier of recent.toReversed()) {
    if (!earlier.isSaid) continue
    if (earlier.author.kind !== 'person' || next - earlier.at > LASTS_MS) return false
    next = earlier.at
    if (earlier.author.id !== author.id) {
      if (other !== null && earlier.author.id !== other) return false
      other = earlier.author.id
    }
    if (earlier.to === undefined) continue
    // Before the other has said a word it is no exchange, only one who calls.
    return earlier.to === (earlier.author.id === author.id ? other : author.id)
  }
  return false
}
