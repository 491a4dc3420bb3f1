// Where in a text a name may begin behind an @, and where it may end. The room finds mentions by this, and screens mark them.

/** Scripts that put no space between words: there a name begins and ends within a line of letters. */
const UNSPACED_FIRST = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}ー々]/u
/** Also as East Asian keyboards write it, and within marks of emphasis. Not after a letter (an e-mail address) or another @ or path. */
const AT = /(?<![\p{L}\p{N}.@＠/+\\-]_{0,3})[@＠﹫]|(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])[@＠﹫]/gu
/** A name goes on with letters, or with a hyphen, dot or underscores and more letters, as in @parley.example; in `_@Ann_` it ends. */
const GOES_ON = /^(?:[\p{L}\p{N}\p{M}@]|_{1,3}[\p{L}\p{N}\p{M}@]|[-.][\p{L}\p{N}])/u
const MARK = /^\p{M}/u
const MORE_THAN_ONE = /^.\p{M}*[^\p{M}]/su
const KATAKANA_FIRST = /^[\p{sc=Kana}ー]/u
const KATAKANA_LAST = /[\p{sc=Kana}ー]$/u
const HANGUL_LAST = /\p{sc=Hang}$/u
/** What Korean hangs on a name: how one speaks to somebody, and particles. */
const KOREAN_ENDING = /^(?:님|씨|(?:아|야|은|는|이|가|을|를|도|의|에게|한테|께|와|과|랑|이랑)(?!\p{L}))/u

/** Whether anybody can be mentioned in it at all. */
export function hasAtSign(text: string): boolean {
  return /[@＠﹫]/.test(text)
}

/** The places of the @s behind which a name may stand. */
export function* atSigns(text: string): Generator<number> {
  for (const { index } of text.matchAll(AT)) yield index
}

/** Whether the name that was read so far may end here. `after`: some characters of what follows. */
export function endsHere(name: string, after: string): boolean {
  if (!GOES_ON.test(after)) return true
  if (MARK.test(after)) return false
  if (KOREAN_ENDING.test(after) && HANGUL_LAST.test(name)) return true
  // One sign of a longer name is not a name; a word of Katakana goes on as long as there is more of it.
  return UNSPACED_FIRST.test(after) && MORE_THAN_ONE.test(name) && !(KATAKANA_LAST.test(name) && KATAKANA_FIRST.test(after))
}
