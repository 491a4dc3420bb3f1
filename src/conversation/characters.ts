// Characters as people count them: a flag, a family or a letter with its accents is one.

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' })

export function charactersOf(text: string): readonly string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment)
}

/** The first one, without looking at the rest; empty for an empty text. */
export function firstCharacter(text: string): string {
  for (const { segment } of SEGMENTER.segment(text)) return segment
  return ''
}
