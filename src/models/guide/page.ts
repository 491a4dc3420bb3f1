// Reading a page of the web: what it is called, where it is, and how it begins. Only when somebody asks for it: an address alone says nothing.
import type { Means } from './means'
import type { Question } from './question'
import { inert, quote, withoutEnd } from './quote'

const ASKS =
  /^(?:(?:please|can you|could you)\s+)*(?:fetch|read|open|load|visit|get|look (?:at|up)|summari[sz]e|sum up|what (?:is|does|stands)(?: (?:at|on|in))?)\b[^\n]{0,60}?(https?:\/\/\S{1,2000})/i

const ADDRESS_ALONE = /^https?:\/\/\S{1,2000}$/i

export function page({ text }: Question, means: Means): string | null {
  if (means.has('fetch_page') && ADDRESS_ALONE.test(text.trim())) return `Shall I read it? Write “read ${inert(text.trim())}”.`
  const [, typed] = ASKS.exec(text.trim()) ?? []
  if (typed === undefined) return null
  const read = means.page(withoutEnd(typed, '.,;:!?)>"\'”’'))
  if (read === null) return null
  const { title, address, text: words } = read
  const heading = title === '' ? inert(address) : `**${inert(title)}** (${inert(address)})`
  return words === '' ? `${heading} has no text that I can read.` : `${heading} begins:\n\n> ${quote(words)}`
}
