// The members that a text mentions: an @ and a name, whatever its case. Not in code, and not in an e-mail address.
import { atSigns, endsHere } from '../conversation/at-sign'
import type { Member } from '../conversation/member'
import type { Looks, LooksOfPieces } from './looks'
import { remembering } from './remembering'
import { withoutCode } from './without-code'

export interface Mention<M extends Member> {
  readonly member: M
  /** Where its @ is, in characters. */
  readonly index: number
  /** The @ and the name, as they were typed. */
  readonly typed: string
}

/** The @s that are looked at in one text: nobody speaks to more people at once, and each costs a look per length of name. */
const MOST = 100

/**
 * Every mention in the order of the text, among its first @s. Where two names fit, the longer is meant: "@Ann Lee" is not
 * "@Ann". Without `looks`, which browsers do not have, names are known only as they are typed.
 */
export function mentionsIn<M extends Member>(text: string, members: readonly M[], looks: Looks | null): readonly Mention<M>[] {
  const prose = withoutCode(text)
  const names = new Names(members, looks)
  const mentions: Mention<M>[] = []
  let looked = 0
  for (const index of atSigns(prose)) {
    if (looked === MOST) break
    looked += 1
    const found = names.at(prose, index + 1)
    if (found) mentions.push({ member: found.member, index, typed: text.slice(index, index + 1 + found.length) })
  }
  return mentions
}

/** Members by their names, so that finding one costs the same however many there are. */
export class Names<M extends Member> {
  private readonly byKey = new Map<string, M>()
  /** Made when it is first asked for: most texts need it never. */
  private byLook: ReadonlyMap<string | null, M> | null = null
  private readonly lengths: readonly number[]
  private readonly members: readonly M[]
  private readonly looks: Looks | null
  private readonly pieces: LooksOfPieces | undefined

  /** Of two with the same name the first is meant. */
  constructor(members: readonly M[], looks: Looks | null) {
    this.members = members
    this.looks = looks
    this.pieces = looks?.ofPieces()
    const keys = members.map(({ name }) => keyOf(name))
    for (const [at, member] of members.entries()) if (!this.byKey.has(keys[at] ?? '')) this.byKey.set(keys[at] ?? '', member)
    this.lengths = [...new Set(keys.map(({ length }) => length))].sort((a, b) => b - a)
  }

  /** Whose name stands in the text from this character on, the longest that fits, and how long it is there. */
  at(text: string, start: number): { readonly member: M; readonly length: number } | undefined {
    const ahead = keyAhead(text, start, this.lengths[0] ?? 0)
    for (const length of this.lengths) {
      const typed = ahead.lengths[length]
      // Where a word goes on no name ends, so that nothing has to be compared.
      if (typed === undefined || !endsHere(ahead.key.slice(0, length), text.slice(start + typed, start + typed + 4))) continue
      const key = ahead.key.slice(0, length)
      const member = this.byKey.get(key) ?? this.lookingLike(key)
      if (member) return { member, length: typed }
    }
    return undefined
  }

  /** Among names of the same length: "@ZOË" and "@Zоë" are Zoë [R71]. */
  private lookingLike(named: string): M | undefined {
    const { looks } = this
    if (!looks || !this.pieces || !isForeign(named)) return undefined
    const look = this.pieces.lookOf(named)
    if (look === null) return undefined
    this.byLook ??= new Map(this.members.toReversed().map((member) => [looks.ofName(keyOf(member.name)), member]))
    return this.byLook.get(look)
  }
}

/** Keys of names that take some microseconds each, at most: a message in a room of thousands asks for all of them, twice. */
const REMEMBERED = 4_000

const keyOfForeign = remembering(REMEMBERED, (name) => Array.from(name.matchAll(CLUSTER), ([cluster]) => folded(cluster)).join(''))

/** Two names are the same when their keys are. */
function keyOf(name: string): string {
  return isForeign(name) ? keyOfForeign(name) : name.toLowerCase()
}

/** One letter with its marks, composed and without its case: up and down again, because ß is SS in capitals. May be longer than it was. */
function folded(cluster: string): string {
  if (!isForeign(cluster)) return cluster.toLowerCase()
  // The number of a double hangs on its name by a space that nobody types.
  return cluster.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFC').replace('\u00a0', ' ')
}

/** Letters with their marks, and the pieces of Korean syllables, which may be one when they are composed. */
const CLUSTER = /[\u1100-\u11ff]+|.\p{M}*/gsu
/** Marks on one letter, at most: a name has fewer. */
const MOST_MARKS = 8

/** The key of what follows in the text, and for each length of it how long that is as it was typed; none where no letter ends. */
function keyAhead(text: string, start: number, length: number): { readonly key: string; readonly lengths: readonly (number | undefined)[] } {
  const ahead = text.slice(start, start + length * 3)
  const lengths: (number | undefined)[] = [0]
  let all = ''
  for (const { 0: cluster, index } of ahead.matchAll(CLUSTER)) {
    if (all.length >= length || cluster.length > MOST_MARKS * 4) break
    all += folded(cluster)
    lengths[all.length] = index + cluster.length
  }
  return { key: all, lengths }
}

/** Letters that have other forms: only for them is it worth asking what they look like. */
function isForeign(name: string): boolean {
  return /[^\0-\x7f]/.test(name)
}
