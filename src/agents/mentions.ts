// The members that a text mentions: an @ and a name, whatever its case. Not in code, and not in an e-mail address.
import type { Member } from '../conversation/member'
import { lookOfName, Pieces } from './looks'
import { withoutCode } from './without-code'

export interface Mention<M extends Member> {
  readonly member: M
  /** Where its @ is, in characters. */
  readonly index: number
}

/** Not after a letter (an e-mail address) or another @ or path. */
const AT = /(?<![\p{L}\p{N}_.@/+\\-])@/gu
/** A name goes on with letters, or with a hyphen or dot and more letters, as in @parley.example. */
const GOES_ON = /^(?:[\p{L}\p{N}\p{M}_@]|[-.][\p{L}\p{N}])/u

/** The @s that are looked at in one text: nobody speaks to more people at once, and each costs a look per length of name. */
const MOST = 100

/** Every mention in the order of the text, among its first @s. Where two names fit, the longer is meant: "@Ann Lee" is not "@Ann". */
export function mentionsIn<M extends Member>(text: string, members: readonly M[]): readonly Mention<M>[] {
  const prose = withoutCode(text)
  const names = new Names(members)
  const mentions: Mention<M>[] = []
  let looked = 0
  for (const { index } of prose.matchAll(AT)) {
    if (looked === MOST) break
    looked += 1
    const member = names.at(prose, index + 1)
    if (member) mentions.push({ member, index })
  }
  return mentions
}

/** Members by their names, so that finding one costs the same however many there are. */
class Names<M extends Member> {
  private readonly byKey = new Map<string, M>()
  /** Made when it is first asked for: most texts need it never. */
  private byLook: ReadonlyMap<string | null, M> | null = null
  private readonly lengths: readonly number[]
  private readonly members: readonly M[]
  private readonly pieces = new Pieces()

  /** Of two with the same name the first is meant. */
  constructor(members: readonly M[]) {
    this.members = members
    for (const member of members) if (!this.byKey.has(keyOf(member.name))) this.byKey.set(keyOf(member.name), member)
    this.lengths = [...new Set(members.map(({ name }) => name.length))].sort((a, b) => b - a)
  }

  /** Whose name stands in the text from this character on, the longest that fits. */
  at(text: string, start: number): M | undefined {
    const ahead = text.slice(start, start + (this.lengths[0] ?? 0))
    const keys = keyOf(ahead)
    for (const length of this.lengths) {
      // Where a word goes on no name ends, so that nothing has to be compared.
      if (GOES_ON.test(text.slice(start + length, start + length + 4))) continue
      const member = this.byKey.get(keys.slice(0, length)) ?? this.lookingLike(ahead.slice(0, length))
      if (member) return member
    }
    return undefined
  }

  /** Among names of the same length: "@ZOË" and "@Zоë" are Zoë [R71]. */
  private lookingLike(named: string): M | undefined {
    if (!isForeign(named)) return undefined
    const look = this.pieces.lookOf(named)
    if (look === null) return undefined
    this.byLook ??= new Map(this.members.toReversed().map((member) => [lookOfName(member.name), member]))
    return this.byLook.get(look)
  }
}

/** Two names are the same when their keys are. As long as the text, so that a piece of it has the same piece of its key. */
function keyOf(text: string): string {
  // The only letter that is longer when it is small is İ, and the only one whose small form depends on what follows is Σ.
  const lower = text
    .split('İ')
    .map((piece) => piece.toLowerCase())
    .join('İ')
  // The number of a double hangs on its name by a space that nobody types.
  return lower.replaceAll('ς', 'σ').replaceAll('\u00a0', ' ')
}

/** Letters that have other forms: only for them is it worth asking what they look like. */
function isForeign(name: string): boolean {
  return /[^\0-\x7f]/.test(name)
}
