// The members that a text mentions: an @ and a name, whatever its case. Not in code, and not in an e-mail address.
import type { Member } from '../conversation/member'
import { skeleton } from '../conversation/skeleton'
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
  private byLook: ReadonlyMap<string, M> | null = null
  private readonly lengths: readonly number[]
  private readonly members: readonly M[]

  /** Of two with the same name the first is meant. */
  constructor(members: readonly M[]) {
    this.members = members
    for (const member of members) if (!this.byKey.has(keyOf(member.name))) this.byKey.set(keyOf(member.name), member)
    this.lengths = [...new Set(members.map(({ name }) => name.length))].sort((a, b) => b - a)
  }

  /** Whose name stands in the text from this character on, the longest that fits. */
  at(text: string, start: number): M | undefined {
    for (const length of this.lengths) {
      const named = text.slice(start, start + length)
      const member = this.byKey.get(keyOf(named)) ?? (isForeign(named) ? this.lookingLike(named) : undefined)
      if (member && !GOES_ON.test(text.slice(start + length, start + length + 4))) return member
    }
    return undefined
  }

  /** Among names of the same length: "@ZOË" and "@Zоë" are Zoë [R71]. */
  private lookingLike(named: string): M | undefined {
    this.byLook ??= new Map(this.members.toReversed().map((member) => [lookOf(member.name), member]))
    return this.byLook.get(lookOf(named))
  }
}

/** Two names are the same when their keys are. */
function keyOf(name: string): string {
  // The number of a double hangs on its name by a space that nobody types.
  return name.toLowerCase().replaceAll('\u00a0', ' ')
}

/** Letters that have other forms: only for them is it worth asking what they look like. */
function isForeign(name: string): boolean {
  return /[^\0-\x7f]/.test(name)
}

/** In the same place of a text, and as long, two names look the same when these are. */
function lookOf(name: string): string {
  return `${name.length} ${skeleton(name)}`
}
