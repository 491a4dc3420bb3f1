// Talking for a while, so that streaming can be watched, tested and measured. Always the same words in the same order.

/** The most words of one recital. */
export const MOST_WORDS = 2_000

const STORY = `Two rivers met below a town, and on the tongue of land between them stood a house with a long table. People came there to talk. Some came by boat, some over the bridge, and some only leaned in at the window, and each of them had to hear everything that was said. The keeper of the house wrote every word into one book, in the order in which it was spoken, and gave each of them a number.

At first she read the whole book aloud to everybody who came in. It was a good book, but it grew, and the guests at the door grew old waiting. So she read them the last page only, and told them that whoever wished for the page before had but to ask, and that nobody else need listen to it.

One winter the lamp went out in the middle of a sentence. When it burned again, the keeper looked at the last line in the book, saw where the ink stopped, and went on from that very word. Nobody at the table heard anything twice, and those who had fallen asleep asked only for what came after the number they remembered.

In spring three messengers offered to carry the talk to the far villages. The first painted each page and carried the picture. The second ran back and forth with single words. The third gave every village a book of its own, and kept all the books alike. The keeper could not say which was best, so she hired all three, and had them carry the same evening at the same time.`

/** What such a request is answered with; null when the text is no such request. */
export function recital(text: string): string | null {
  const count = /^(?:please )?(?:count|number)(?: up)?(?: from (?:1|one))? to (\d{1,9})\b/i.exec(text)
  if (count) return numbers(Number(count[1]))
  const words = /^(?:please )?(?:write|stream|say|give me|send)(?: me)? (?:about |exactly )?(\d{1,9}) words?\b/i.exec(text)
  if (words) return written(Number(words[1]))
  if (/^(?:please )?(?:tell|write|read)(?: (?:me|us))? (?:a|another|one|the)(?: (?:very |really )?(?:long|short|nice|good))* story\b/i.test(text)) return STORY
  return null
}

function numbers(asked: number): string {
  const count = within(asked)
  return [...Array.from({ length: count }, (_, at) => String(at + 1)), ...limit(asked)].join(' ')
}

function written(asked: number): string {
  const story = STORY.split(/\s+/)
  const count = within(asked)
  return [...Array.from({ length: count }, (_, at) => story[at % story.length] ?? ''), ...limit(asked)].join(' ')
}

function within(asked: number): number {
  return Math.max(1, Math.min(asked, MOST_WORDS))
}

function limit(asked: number): readonly string[] {
  return asked > MOST_WORDS ? [`\n\nThat is as far as I go: ${MOST_WORDS} words.`] : []
}
