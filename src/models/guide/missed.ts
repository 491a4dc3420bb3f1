// What somebody missed: everything since they last spoke, boiled down without understanding it. Who spoke, what was
// asked, which links were shared, and the newest words.
import type { FoundMessage } from '../room-reader'
import type { Means } from './means'
import type { Question } from './question'
import { inert, listed } from './quote'
import { moment } from './time-of-day'

const ASKS =
  /\b(?:what|anything)\b.*\b(?:miss|missed|happened|new|going on)\b|\bcatch (?:me|us) up\b|\bsum(?:s|med)? (?:it |this |that )?up\b|\bsummar|\brecap\b|\btl;?dr\b/i

/** Looked back over, at most. */
const LOOKED_BACK = 300
const QUESTIONS = 3
const LINKS = 5
const NEWEST = 5

export function missed({ text, name, seq }: Question, means: Means): string | null {
  if (text.length > 120 || !ASKS.test(text)) return null
  const before = means.newest(LOOKED_BACK).filter((message) => seq === null || message.seq < seq)
  const mine = before.findLastIndex((message) => message.kind === 'person' && message.author === name)
  // One's own earlier question was answered to oneself, so the answer was not missed either.
  const since = before.slice(mine + 1)
  const others = since.filter((message) => message.kind === 'person')
  if (others.length === 0) {
    if (mine < 0) return 'Nobody has said anything here before you.'
    return 'You missed nothing: nobody else has spoken since your last message.'
  }
  const opening =
    mine < 0 ? `You have not spoken here lately, so this is everything that I can see` : `Since you last spoke (${moment(before[mine]?.createdAt ?? 0)} UTC)`
  return [`${opening}: ${counted(others.length)} from ${speakers(others)}.`, ...questions(others), ...links(others), ...newest(others)].join('\n\n')
}

function speakers(messages: readonly FoundMessage[]): string {
  const counts = new Map<string, number>()
  for (const { author } of messages) counts.set(author, (counts.get(author) ?? 0) + 1)
  const names = [...counts].sort(([, a], [, b]) => b - a).map(([author, count]) => `**${inert(author)}** (${count})`)
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function questions(messages: readonly FoundMessage[]): readonly string[] {
  const asked = messages.filter((message) => /\?\s*$/.test(message.text)).slice(-QUESTIONS)
  return asked.length === 0 ? [] : [`Asked:\n\n${asked.map((message) => listed(message)).join('\n')}`]
}

function links(messages: readonly FoundMessage[]): readonly string[] {
  const urls = new Set(messages.flatMap((message) => message.text.match(/\bhttps?:\/\/[^\s<>()"'`]+/g) ?? []))
  const shared = [...urls].slice(-LINKS)
  return shared.length === 0 ? [] : [`Shared:\n\n${shared.map((url) => `- <${url}>`).join('\n')}`]
}

function newest(messages: readonly FoundMessage[]): readonly string[] {
  return [
    `Newest:\n\n${messages
      .slice(-NEWEST)
      .map((message) => listed(message))
      .join('\n')}`,
  ]
}

function counted(messages: number): string {
  return messages === 1 ? '1 message' : `${messages} messages`
}
