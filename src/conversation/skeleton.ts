// What a name looks like, so that two that a reader could take for each other compare as equal. For comparing only, never
// for showing. It carries Unicode's table of look-alikes: for the server, not for browsers.
import LOOKALIKES from 'unhomoglyph/data.json'

/** Letters that Unicode's table has no look-alike for, though readers do: small capitals, hooked, tailed, struck, turned and phonetic ones. */
const MORE: Readonly<Record<string, string>> = {
  a: 'ᴀⱥⱯɐᶏ',
  b: 'ʙᴃƀɃᵬᶀ',
  c: 'ᴄꞔȼɕƈ',
  d: 'ᴅᴆȡᶁᶑᵭ',
  e: 'ᴇꞓɘⱸᶒⱻ',
  f: 'ꜰꞙᵮ',
  g: 'ɢʛᶃꞡ',
  h: 'ʜⱨꜧꞕ',
  i: 'ɪᶖ',
  j: 'ᴊɟʝ',
  k: 'ᴋⱪꝁꝃꝅᶄꞣ',
  l: 'ʟᴌⱡɬȴꝉꝇᶅ',
  m: 'ᴍᶆᵯ',
  n: 'ɴᴎȵɲᶇꞥ',
  o: 'ᴏⱺ',
  p: 'ᴘᵱᵽᶈꝑꝓꝕҏ',
  q: 'ꝗꝙʠɋ',
  r: 'ʀᴙᴚɾɿɹɺɻᶉᵲᵳꞧꭇꭆⱹʁɼɽ',
  s: 'ꜱȿᶊꞩʂ',
  t: 'ᴛȶⱦƫʇ',
  u: 'ᴜᶙʉʮ',
  v: 'ᴠⱱⱴᶌ',
  w: 'ⱳʍ',
  x: 'ᶍ',
  y: 'ʏʎỿ',
  z: 'ᴢȥɀᶎⱬʑ',
}

/** What readers take for a letter when they look for a name that they know, though it is another in most names. */
const GUESSED: ReadonlyMap<string, string> = new Map(pairs('3e 4a @a 5s $s 7t +t 8b !l þp ƿp əe ǝe ɜe ŋn'))

/** White letters on black, round and square, which Unicode counts as pictures. */
const PICTURES: ReadonlyMap<string, string> = new Map(
  Array.from('abcdefghijklmnopqrstuvwxyz').flatMap((letter, at): [string, string][] => [
    [String.fromCodePoint(0x1f150 + at), letter],
    [String.fromCodePoint(0x1f170 + at), letter],
  ]),
)

const TABLE: ReadonlyMap<string, string> = new Map([
  ...Object.entries<string>(LOOKALIKES),
  // Capitals with a hook: Unicode's table writes them with an apostrophe before or behind the letter.
  ...pairs('Ɓb Ɗd Ƥp Ƭt Ƴy Ƈc Ɠg Ƙk Ơo ơo'),
  ...Object.entries(MORE).flatMap(([letter, doubles]) => Array.from(doubles + doubles.toUpperCase(), (double): [string, string] => [double, letter])),
  ...PICTURES,
])

/** Letters that are read as Latin ones only beside some: what they are in names of their own script is another matter. */
const BESIDE_LATIN: ReadonlyMap<string, string> = new Map(
  pairs(
    'Λa Δa Дa Σe Ξe Яr Иn Πn 丨l ⼁l 〡l ㅣl ᅵl │l ❘l ⏐l ꟾl ꟷl ㄥl 乚l 亅j 卂a 丹a 尸p 卩p 尺r 乇e 丫y 丁t 千f 匚c 口o ㄖo 囗o 工i 山w 卄h 刀n 冂n 巾m 爪m 己s ᥲa ᥱe ᥙu ߊl ⵏl',
  ),
)
const ANY_OF_THEM = `[${[...BESIDE_LATIN.keys()].join('')}]`
const MAY_BE_FOREIGN = new RegExp(ANY_OF_THEM, 'u')
const FOREIGN = new RegExp(String.raw`(?<=\p{Script=Latin}\p{M}*)${ANY_OF_THEM}|${ANY_OF_THEM}(?=\p{Script=Latin})`, 'gu')

/** Two letters of a flag spell a word where a reader looks for one. */
const FLAGS: ReadonlyMap<string, string> = new Map(
  Array.from('abcdefghijklmnopqrstuvwxyz').map((letter, at): [string, string] => [String.fromCodePoint(0x1f1e6 + at), letter]),
)

/** Accents over and under a letter; the vowel signs of other scripts are letters of their own to who reads them. */
const ACCENTS = /[\u0300-\u036f]/g
const IGNORED = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800\s]/gu
const ENDS = /^\p{P}+|\p{P}+$/gu

/** Letter case, width, accents, white space, what cannot be seen and punctuation at the ends make no difference; nor do look-alikes. */
export function skeleton(name: string): string {
  // A capital may look like another letter than its small form does, and what a look-alike stands for may be either.
  const seen = folded(mapped(folded(mapped(besideLatin(name.normalize('NFKC'))))))
    .replace(/i/g, 'l')
    .replace(/rn/g, 'm')
  const inner = seen.replace(ENDS, '')
  return inner === '' ? seen : inner
}

/** What keeps words apart, from what does so always to what may. A sign may stand for a letter, as in "Par|ey", or be an ornament. */
const BETWEEN_WORDS = [/\s+/u, /[\s\p{P}]+/u, /[\s\p{P}\p{S}]+/u, /[^\p{L}\p{M}]+/u]

/** Signs around a word: the "|" of "Parley|". */
const AROUND = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu

/**
 * Whether some of a name's words, one after another, look like this other name: "@Parley what" would be taken for a call
 * to Parley, and "The Parley" for Parley itself. A part of a word does not count: O'Parley and Parleys are people.
 */
export function namesLike(name: string, other: string): boolean {
  const looks = guessed(other)
  const spelt = lettersOf(name)
  return BETWEEN_WORDS.some((between) => {
    const words = spelt.split(between)
    const bare = words.map((word) => word.replace(AROUND, ''))
    return runLooksLike(words, looks) || runLooksLike(bare, looks)
  })
}

/** Only what is short enough is looked at: nothing that looks like so many letters has more words, or, as "rn" is m, twice as many letters. */
function runLooksLike(words: readonly string[], looks: string): boolean {
  const seen = words.map(guessed).filter((word) => word !== '')
  return seen.some((_, from) =>
    seen.slice(from, from + 2 * looks.length).some((_word, at) => {
      const run = seen.slice(from, from + at + 1).join('')
      return run.length <= 2 * looks.length && resembles(skeleton(run), looks)
    }),
  )
}

/** Whether a reader who knows a name takes this for it: each letter is the same, or from elsewhere and one of at most a third, whatever it is. */
function resembles(looks: string, known: string): boolean {
  if (looks === known) return true
  // A syllable of Hangul is one letter again.
  const [letters, expected] = [Array.from(looks.normalize('NFC')), Array.from(known)]
  if (letters.length !== expected.length) return false
  const others = letters.filter((letter, at) => letter !== expected[at])
  return others.length <= expected.length / 3 && others.every((letter) => /[^\p{ASCII}\P{L}]/u.test(letter))
}

/** Pictures of letters are letters; an apostrophe is part of a word, but for the one of "Parley's". */
function lettersOf(name: string): string {
  return mapped(mapped(besideLatin(name.normalize('NFKC')), PICTURES), FLAGS)
    .replace(/['’ʼ`´]s(?!\p{L})/giu, ' ')
    .replace(/['’ʼ`´]/gu, '')
}

/** As a skeleton, but for who reads it as a name that they know. */
function guessed(name: string): string {
  return skeleton(mapped(name.toLowerCase(), GUESSED))
}

/** More than one of them in a row is still beside: each round finds what the one before made Latin. */
function besideLatin(text: string): string {
  if (!MAY_BE_FOREIGN.test(text)) return text
  let seen = text
  for (let round = 0; round < 3; round++) seen = seen.replace(FOREIGN, (letter) => BESIDE_LATIN.get(letter) ?? letter)
  return seen
}

function folded(text: string): string {
  return text.toUpperCase().toLowerCase().normalize('NFD').replace(IGNORED, '').replace(ACCENTS, '')
}

function mapped(text: string, table: ReadonlyMap<string, string> = TABLE): string {
  let result = ''
  for (const character of text) result += table.get(character) ?? character
  return result
}

function pairs(text: string): [string, string][] {
  return text.split(' ').map((pair) => [pair.slice(0, -1), pair.slice(-1)])
}
