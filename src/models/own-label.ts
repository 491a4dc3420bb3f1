// A label that a model puts before its words because it saw the others' words labelled: `[#2 agent Parley]`, `Parley:`. Found
// in any of its forms, and never more than the label.

/** How many characters of `text` are a label; null when the text must go on before that is known. */
export type FindLabel = (text: string) => number | null

/** No label is longer, in characters. */
const LONGEST = 80

const BRACKETED = /^(\*\*|__|[*_`]|)[[\uff3b\u3010](.*?)[\]\uff3d\u3011]\1[ \t]?[:\uff1a]?/u
const OPENED = /^(?:\*\*|__|[*_`]|)[[\uff3b\u3010][\p{L}\p{N}#\uff03 .:()_-]*(?:[\]\uff3d\u3011][*_`]?)?$/u

/**
 * `name`: under which it speaks. `goesOn`: its words continue others, where a name with a colon may be meant; then a label
 * is one that has a message's number.
 */
export function labelOf(name: string, goesOn: boolean): FindLabel {
  if (name === '') return () => 0
  const quoted = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const kind = '(?:(?:AI )?(?:agent|assistant|bot) |AI )?'
  const inside = new RegExp(
    `^(?:[a-z0-9]{6,16} )?([#\uff03] ?\\d+ )?${kind}@?${quoted}(?: ?\\(?(?:AI|agent|assistant|bot)\\)?)?( ?[#\uff03] ?\\d+)?[:\uff1a]?$`,
    'iu',
  )
  const whole = `@?(?:${quoted}|${quoted.toUpperCase()})(?: ?\\((?:AI|agent|assistant|bot)\\))?`
  // An ASCII colon right before a letter may belong to a word, such as an address; what is bold must end where the label does.
  const named = new RegExp(
    `^(?:(\\*\\*|__|[*_])${whole}(?::\\1|\\1 ?:)(?=\\s|$)|(\\*\\*|__|[*_])${whole}(?:\uff1a\\2|\\2\uff1a)|${whole} ?(?::(?=\\s|$)|\uff1a))`,
    'u',
  )
  const beginning = new RegExp(`^[*_]{0,2}@?${nested(name, '(?: ?\\(?[A-Za-z]*\\)?)?[*_]{0,2} ?[:\uff1a]?[*_]{0,2}')}$`, 'iu')

  function bracketed(text: string): number | null {
    const found = BRACKETED.exec(text)
    if (!found) return OPENED.test(text) && text.length < LONGEST ? null : 0
    const [label, , said = ''] = found
    const about = inside.exec(said)
    const isNumbered = about?.[1] !== undefined || about?.[2] !== undefined
    if (!about || label.length > LONGEST || (goesOn && !isNumbered)) return 0
    // What follows tells a label from a link.
    const next = text[label.length]
    if (next === undefined) return null
    return next === '(' || next === '[' ? 0 : label.length
  }

  return (whole) => {
    // A label is found at the beginning or not at all, however long the text is.
    const text = whole.slice(0, 2 * LONGEST)
    if (/^(?:\*\*|__|[*_`]|)[[\uff3b\u3010]/u.test(text)) return bracketed(text)
    if (goesOn) return 0
    const label = named.exec(text)?.[0]
    // At the end of what is known, what comes next may belong to it, or show that it was none.
    if (label !== undefined && label.length < text.length) return label.length
    return text.length < LONGEST && beginning.test(text) ? null : (label?.length ?? 0)
  }
}

/** A pattern of every beginning of `word`, and of the whole word with `rest` after it. */
function nested(word: string, rest: string): string {
  return Array.from(word).reduceRight((inner, letter) => `(?:${letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')}${inner})?`, `(?:${rest})`)
}
