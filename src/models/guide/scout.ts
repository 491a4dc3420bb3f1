// Scout, as far as a program can be: whatever it is told, it looks for the words that say most in what this room has said.
import { asksAnAgent } from './colleague'
import type { Means } from './means'
import type { Question } from './question'
import { inert, listed } from './quote'

const WORDS = 5
const SHOWN = 5

/** Words in every sentence, which find everything. */
const COMMON = new Set(
  'about after again also another around because been before being could does doing done each even from have having here into just know like look make many more most much need only other over please really should some such tell than thank thanks that their them then there these they thing things think this those what when where which while will with would your find found search everybody anybody somebody nobody'.split(
    ' ',
  ),
)

export function scouted({ text, seq }: Question, means: Means): string {
  const words = wordsOf(text)
  if (words.length === 0) return 'Which words shall I look for? Give me one that is seldom said.'
  const found = means
    .search(words.join(' '), 'any', seq)
    .filter((message) => !asksAnAgent(message.text))
    .map((message) => ({ message, words: words.filter((word) => message.text.toLowerCase().includes(word)) }))
  const shown = found.toSorted((a, b) => b.words.length - a.words.length || b.message.seq - a.message.seq).slice(0, SHOWN)
  const looked = words.map((word) => `“${inert(word)}”`).join(', ')
  if (shown.length === 0) return `I looked for ${looked} in this room and found nothing that was said before. I have no other place to look.`
  return `I looked for ${looked} in this room. Closest is what was said here, the most of these words first (times are UTC):\n\n${shown
    .map(({ message, words: [word] }) => listed(message, word))
    .join('\n')}`
}

/** The longest words say most. */
function wordsOf(text: string): readonly string[] {
  const all = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{3,40}/gu) ?? []
  return [...new Set(all)]
    .filter((word) => !COMMON.has(word))
    .sort((a, b) => b.length - a.length)
    .slice(0, WORDS)
}
