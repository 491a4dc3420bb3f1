// What a name looks like, so that two that a reader could take for each other compare as equal. For comparing only, never
// for showing. It carries Unicode's table of look-alikes: for the server, not for browsers.
import LOOKALIKES from 'unhomoglyph/data.json'

/** Small capitals, which Unicode counts as letters of their own. */
const SMALL_CAPITALS = Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', (capital, at): [string, string] => [capital, 'abcdefghijklmnoprstuvwyz'.charAt(at)])

const TABLE: ReadonlyMap<string, string> = new Map([...Object.entries<string>(LOOKALIKES), ...SMALL_CAPITALS])

/** Accents over and under a letter; the vowel signs of other scripts are letters of their own to who reads them. */
const ACCENTS = /[\u0300-\u036f]/g
const IGNORED = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800\s]/gu
const ENDS = /^\p{P}+|\p{P}+$/gu

/** Letter case, width, accents, white space, what cannot be seen and punctuation at the ends make no difference; nor do look-alikes. */
export function skeleton(name: string): string {
  // A capital may look like another letter than its small form does, and what a look-alike stands for may be either.
  const seen = folded(mapped(folded(mapped(name.normalize('NFKC')))))
    .replace(/i/g, 'l')
    .replace(/rn/g, 'm')
  const inner = seen.replace(ENDS, '')
  return inner === '' ? seen : inner
}

/** Whether a name, or the words that it begins with, look like this one: "@Parley what" would be taken for a call to Parley. */
export function beginsLike(name: string, other: string): boolean {
  const words = name.split(' ')
  const looks = skeleton(other)
  return words.some((_, at) => skeleton(words.slice(0, at + 1).join(' ')) === looks)
}

function folded(text: string): string {
  return text.toUpperCase().toLowerCase().normalize('NFD').replace(IGNORED, '').replace(ACCENTS, '')
}

function mapped(text: string): string {
  let result = ''
  for (const character of text) result += TABLE.get(character) ?? character
  return result
}
