// The beginning of a message in one line of plain words, for whoever quotes it.
import { type Message, textOf } from '../../conversation/message'

/** As much as a line may hold, in characters. */
const MOST_SHOWN = 120

/** No character is cut in two. Nothing where nothing was said yet. */
export function excerptOf(message: Pick<Message, 'parts'>): string {
  const line = textOf(message)
    .slice(0, MOST_SHOWN * 8)
    .replace(/\s+/g, ' ')
    .trim()
  return Array.from(line).slice(0, MOST_SHOWN).join('')
}
