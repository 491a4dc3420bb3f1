// The members that a text mentions: an @ and a name, whatever its case. Not in code, and not in an e-mail address.
import type { Member } from '../conversation/member'
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

/** Every mention in the order of the text. Where two names fit, the longer is meant: "@Ann Lee" is not "@Ann". */
export function mentionsIn<M extends Member>(text: string, members: readonly M[]): readonly Mention<M>[] {
  const prose = withoutCode(text)
  const longestFirst = members.toSorted((a, b) => b.name.length - a.name.length)
  return [...prose.matchAll(AT)].flatMap(({ index }) => {
    const member = longestFirst.find(({ name }) => isNamed(prose.slice(index + 1), name))
    return member ? [{ member, index }] : []
  })
}

function isNamed(text: string, name: string): boolean {
  return text.slice(0, name.length).toLowerCase() === name.toLowerCase() && !GOES_ON.test(text.slice(name.length))
}
