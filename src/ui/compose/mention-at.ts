// Whom somebody is about to mention: the @ before the cursor with what is typed of a name behind it, and the members whose names begin
// so. Pure; not in code nor in an e-mail address, by the rules that a mention itself follows. Bounded work, whatever the text.
import { withoutCode } from '../../agents/without-code'
import { atSigns } from '../../conversation/at-sign'
import type { Member } from '../../conversation/member'
import { MAX_NAME_UNITS } from '../../conversation/member'

export interface MentionAt {
  /** Where its @ is, in characters. */
  readonly start: number
  /** What is typed of the name; nothing yet right behind the @. */
  readonly typed: string
}

/** An agent may be called by its handle, too. */
export type Mentionable = Member & { readonly handle?: string }

/** Suggestions, at most. */
export const MOST_SUGGESTED = 20

/** `cursor`: where the next character would stand. Null where no name is being typed. */
export function mentionAt(text: string, cursor: number): MentionAt | null {
  const before = text.slice(0, cursor)
  const start = Math.max(...['@', '＠', '﹫'].map((at) => before.lastIndexOf(at)))
  const typed = before.slice(start + 1)
  if (start < 0 || typed.length > MAX_NAME_UNITS || /\n|^\s/.test(typed)) return null
  // A code span may not have its end yet.
  const line = before.slice(before.lastIndexOf('\n') + 1, start)
  if ((line.match(/`/g)?.length ?? 0) % 2 === 1) return null
  const near = Math.max(0, start - NEAR)
  if (![...atSigns(before.slice(near, start + 1))].includes(start - near)) return null
  return [before, text].every((read) => withoutCode(read)[start] === text[start]) ? { start, typed } : null
}

/** What is looked at before an @, in characters. */
const NEAR = 8

/** Those whose name or handle begins so, before those of whom another word of the name does; none where one stands there already. */
export function suggested<M extends Mentionable>(typed: string, members: readonly M[]): readonly M[] {
  const wanted = folded(typed)
  const isWhole = (member: M) => [member.name, member.handle ?? member.name].some((name) => lower(name) === lower(typed).trimEnd())
  // Whoever wrote a name and a space has said whom they mean.
  if (wanted.endsWith(' ') && members.some(isWhole)) return []
  const first = members.filter(({ name, handle }) => folded(name).startsWith(wanted) || (handle !== undefined && folded(handle).startsWith(wanted)))
  const later = members.filter((member) => !first.includes(member) && folded(member.name).includes(` ${wanted}`))
  const found = [...first, ...later].slice(0, MOST_SUGGESTED)
  const [only] = found
  return found.length === 1 && only && isWhole(only) ? [] : found
}

/** What takes its place in the text. The number of a double hangs on its name by a space that nobody types. */
export function mentionOf({ name }: Member): string {
  return `@${name.replaceAll('\u00a0', ' ')} `
}

/** Without case and accents: "zoe" finds Zoë. */
function folded(name: string): string {
  return lower(name.normalize('NFD').replace(/\p{M}/gu, ''))
}

function lower(name: string): string {
  return name.replaceAll('\u00a0', ' ').toLowerCase()
}
