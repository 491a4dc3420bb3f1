// What a name is. One function decides it, for people and rooms: whatever it lets pass is made of what names are made of,
// shows something, in one line, in the order in which it is read, and can be addressed.
import { charactersOf } from './characters'
import { MAX_NAME_LENGTH, MAX_NAME_UNITS } from './member'
import { IN_A_NAME } from './name-characters'

/** More than this is not looked at: a name that long cannot become a short one. */
const MAX_TYPED_UNITS = 1_000

/** What is not clean after as many rounds was made to cost work, and is no name. */
const ROUNDS = 8

/** Marks that a letter may carry, as in Vietnamese, pointed Hebrew or Tibetan; more only climb over the lines above. */
const MARKS_OF_A_LETTER = 4

/** Scripts in which a joiner changes how letters join: Arabic and its like, Mongolian, and those of India and around it. */
const JOINING = String.raw`\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}`
const JOINER = String.raw`(?<=[${JOINING}]\p{M}*)[\u200c\u200d](?=[${JOINING}])`

/** Emoji as Unicode lists them, with their joiners, tags and selectors, but for digits on keys; joined pictures whose selectors were left out. */
const EMOJI = String.raw`[\p{RGI_Emoji}--\p{Emoji_Keycap_Sequence}]|\p{Extended_Pictographic}[\ufe0f\p{EMod}]*(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{EMod}]*){1,6}`

/** A selector after what takes one: a picture, or a Han character. */
const SELECTOR = String.raw`(?<=\p{Emoji}(?<![0-9#*]))[\ufe0e\ufe0f]|(?<=\p{Unified_Ideograph})[\u{e0100}-\u{e01ef}]`

const KEPT_OR_ANY = new RegExp(`(${EMOJI}|${SELECTOR}|${JOINER}|${IN_A_NAME})|[^]`, 'gv')

/** All of a text is what names are made of. */
const ALL_IN_A_NAME = new RegExp(`^(?:${IN_A_NAME})+$`, 'v')

/** Signs by their kind, but of what is no character, or not shown. */
const STANDS_FOR_NOTHING = /[\u2800\ufffc\ufffd]/u

const TOO_MANY_MARKS = new RegExp(String.raw`(\p{M}{${MARKS_OF_A_LETTER}})\p{M}+`, 'gu')

/** At an end, punctuation is part of the sentence that a name stands in: somebody called "Ann," could not be told from Ann. */
const PUNCTUATION_BEFORE = /^[\p{P}\p{M}\s]+/u
const PUNCTUATION_AFTER = /[\p{P}\s]+$/u

/** Signs that look like the one before the number by which a room tells doubles apart; and letters that do. */
const HASH = String.raw`[#\uff03\ufe5f]`
const LIKE_HASH = String.raw`[#\uff03\ufe5f\u01c2\u2d4c\u4e95\u4e3c\u5344]`

/** Nobody numbers themselves: no such sign begins a word, whatever digit the rest of it looks like, and none stands before a digit. */
const SELF_NUMBERED = new RegExp(String.raw`(?<=\s)(?:${HASH}\s*)+|(?:\s*${LIKE_HASH}\p{M}*)+\s*(?=\p{N})`, 'gu')

/** A name as it is kept. Null when nothing is left that can be seen or addressed, or when it is too long. */
export function cleanName(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > MAX_TYPED_UNITS) return null
  // What was taken out may have kept apart what now belongs together.
  let name = cleanedOnce(value)
  for (let round = 1; cleanedOnce(name) !== name; round++) {
    if (round === ROUNDS) return null
    name = cleanedOnce(name)
  }
  return name === '' || name.length > MAX_NAME_UNITS || charactersOf(name).length > MAX_NAME_LENGTH ? null : name
}

function cleanedOnce(text: string): string {
  const oneLine = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
  const visible = oneLine.replace(KEPT_OR_ANY, (character: string, kept: string | undefined) => kept ?? plainFormOf(character))
  return withoutEnds(visible.replace(TOO_MANY_MARKS, '$1').replace(/ +/g, ' ')).replace(SELF_NUMBERED, ' ').trim()
}

/** Letters in circles, Roman and raised numbers are written plainly; all else that is no part of a name is left out, and a sign leaves its place. */
function plainFormOf(character: string): string {
  const plain = character.normalize('NFKC')
  if (plain !== character && ALL_IN_A_NAME.test(plain)) return plain
  return /[\p{S}\p{P}\p{N}]/u.test(character) && !STANDS_FOR_NOTHING.test(character) ? ' ' : ''
}

/** "Ann (she)" keeps the bracket that it opened, and "Lee Jr." the full stop of a second word. */
function withoutEnds(text: string): string {
  const name = text.replace(PUNCTUATION_BEFORE, '')
  const end = PUNCTUATION_AFTER.exec(name)
  if (!end) return name
  const word = name.slice(0, end.index)
  const [first = ''] = end[0]
  const belongs = (first === ')' && word.includes('(')) || (first === '.' && /[\s.]/.test(word))
  return belongs ? `${word}${first}` : word
}
