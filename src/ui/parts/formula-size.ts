// Whether a formula may be asked of what draws formulas: counted in its source beforehand, because drawing cannot be stopped.
// One look at each character.

/** Commands that make others: what follows may become anything. */
const MAKES_COMMANDS = /\\(?:[gex]?def|let|futurelet|(?:re)?newcommand|providecommand|global|long)(?![a-zA-Z])/
/** Parts that stand within each other, their arguments too. A continued fraction of ten has some ten. */
const MOST_DEPTH = 24
/** Of each kind in one formula. */
const MOST: Readonly<Record<Part, number>> = { command: 400, cell: 450, row: 100, script: 250, foreign: 300 }
/** Of one length that somebody gives, and of all of them, in em. */
const LONGEST_LENGTH = 12
const ALL_LENGTHS = 60

type Part = 'command' | 'cell' | 'row' | 'script' | 'foreign'

const PARTS = /\\(?:[a-zA-Z]+|[^])|[{}&^_'~]|[^\0-\x7f]/g
/** They go on to the end of what they stand in, which then stands within them. */
const SWITCHES =
  /^\\(?:(?:display|text|script|scriptscript)style|color|tiny|sixptsize|scriptsize|footnotesize|small|normalsize|[lL]arge|LARGE|[hH]uge|rm|sf|tt|bf|it|cal)$/
const LENGTH = /(\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})\s*(em|ex|mu|pt|mm|cm|in|bp|pc|dd|cc|nd|nc|sp|px)/g
/** In em of the letters around, roughly. */
const EM: Readonly<Record<string, number>> = { em: 1, ex: 0.45, mu: 1 / 18, mm: 0.29, cm: 2.9, in: 7.3, pc: 1.2, cc: 1.3, nc: 1.3, sp: 0 }
const EM_OF_POINT = 0.1

export function isTooMuch(tex: string): boolean {
  return MAKES_COMMANDS.test(tex) || isTooLong(tex) || isTooDense(tex)
}

function isTooLong(tex: string): boolean {
  const lengths = [...tex.matchAll(LENGTH)].map(([, number, unit = '']) => Number(number) * (EM[unit] ?? EM_OF_POINT))
  return lengths.some((length) => length > LONGEST_LENGTH) || lengths.reduce((sum, length) => sum + length, 0) > ALL_LENGTHS
}

function isTooDense(tex: string): boolean {
  const counts: Record<Part, number> = { command: 0, cell: 0, row: 0, script: 0, foreign: 0 }
  let [depth, switches] = [0, 0]
  for (const [part] of tex.matchAll(PARTS)) {
    if (part === '{' || part === '\\left' || part === '\\begin') depth += 1
    if (part === '}' || part === '\\right' || part === '\\end') depth -= 1
    if (SWITCHES.test(part)) switches += 1
    if (depth + switches > MOST_DEPTH) return true
    const kind = kindOf(part)
    if (kind && (counts[kind] += 1) > MOST[kind]) return true
  }
  return false
}

function kindOf(part: string): Part | null {
  if (part === '\\\\' || part === '\\cr' || part === '\\newline') return 'row'
  if (part.startsWith('\\')) return 'command'
  if (part === '&') return 'cell'
  if (part === '^' || part === '_' || part === "'") return 'script'
  return part > '\x7f' ? 'foreign' : null
}
