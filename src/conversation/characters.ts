// Characters as people count them: a flag, a family or a letter with its accents is one.

let segmenter: Intl.Segmenter | undefined

export function charactersOf(text: string): readonly string[] {
  return Array.from(segmentsOf(text), ({ segment }) => segment)
}

/** A letter that nothing after it can be joined to, because that is one too. */
const PLAIN_FIRST = /^[\u0020-\u007e\u00c0-\u02ff](?=[\u0020-\u007e\u00c0-\u02ff]|$)/

/** The first one, without looking at the rest; empty for an empty text. */
export function firstCharacter(text: string): string {
  const plain = PLAIN_FIRST.exec(text)
  if (plain || text === '') return plain?.[0] ?? ''
  for (const { segment } of segmentsOf(text)) return segment
  return ''
}

/** Made when somebody needs it: a browser takes some ten milliseconds to read what it knows of all the world's writing. */
function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return segmenter.segment(text)
}
