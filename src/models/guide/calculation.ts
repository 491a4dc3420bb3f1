// Arithmetic by a parser of its own: + - * / % ^ and parentheses over decimal numbers. Nothing is ever evaluated as code.
import { withoutEnd } from './quote'

const ASKS = /^(?:please\s+)?(?:what(?:'s|’s|\s+is)|how much is|calculate|compute|work out|calc|eval(?:uate)?|=)?\s*[:=]?\s*/i
/** Enough for anybody's sum; keeps the parser's depth harmless. */
export const LONGEST_SUM = 200

/** "2 + 2 = **4**", or why not; null when the text asks for no calculation. `resultOf`: of a sum, as it is written; null when it has none. */
export function calculation(text: string, resultOf: (sum: string) => string | null): string | null {
  // Runs of white space are made one first: the patterns below would try each of its beginnings.
  const sum = withoutEnd(
    text
      .replace(ASKS, '')
      .replace(/\s+/g, ' ')
      .replace(/(\d) ?(?:%|percent) of (?=\d)/gi, '$1 / 100 * '),
    ' =?.!',
  )
  if (!/^[\d\s.,+\-*/%^()×÷·−xX]+$/.test(sum) || !/\d\s*\)*\s*[+\-*/%^×÷·−xX]|[-+−]\s*\(?\s*\d/.test(sum)) return null
  if (sum.length > LONGEST_SUM) return `That sum is too long for me: I take up to ${LONGEST_SUM} characters.`
  const value = valueOf(sum)
  if (value === null) return `I cannot read \`${sum}\` as a sum. I know + - * / % ^ and parentheses.`
  const result = Number.isFinite(value) ? resultOf(sum) : null
  return result === null ? `\`${sum}\` has no result that I could write down.` : `\`${sum}\` = **${result}**`
}

/** The value of a sum, infinite or not a number where arithmetic has no answer; null when it is not well formed. */
export function valueOf(sum: string): number | null {
  const text = sum
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/[×·xX]/g, '*')
    .replace(/÷/g, '/')
    .replace(/−/g, '-')
  const tokens = text.match(/\d+(?:\.\d*)?|\.\d+|\*\*|[+\-*/%^()]|\S/g) ?? []
  const parser = new Parser(tokens)
  const value = parser.sum()
  return parser.isAtEnd ? value : null
}

/** Twelve significant digits hide that 0.1 + 0.2 is not quite 0.3. */
export function inDecimals(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  return String(Number(value.toPrecision(12)))
}

/** Each method reads one level of precedence and answers null when what stands there is not of it. */
class Parser {
  private at = 0
  private readonly tokens: readonly string[]

  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  get isAtEnd(): boolean {
    return this.at === this.tokens.length
  }

  sum(): number | null {
    let left = this.product()
    while (left !== null) {
      const operator = this.take('+', '-')
      if (operator === null) return left
      const right = this.product()
      if (right === null) return null
      left = operator === '+' ? left + right : left - right
    }
    return null
  }

  private product(): number | null {
    let left = this.signed()
    while (left !== null) {
      const operator = this.take('*', '/', '%')
      if (operator === null) return left
      const right = this.signed()
      if (right === null) return null
      left = operator === '*' ? left * right : operator === '/' ? left / right : left % right
    }
    return null
  }

  /** A sign binds less than a power: -2 ^ 2 is -4. */
  private signed(): number | null {
    const sign = this.take('+', '-')
    if (sign === null) return this.power()
    const value = this.signed()
    return value === null ? null : sign === '-' ? -value : value
  }

  /** From the right: 2 ^ 3 ^ 2 is 2 ^ 9. */
  private power(): number | null {
    const base = this.operand()
    if (base === null || this.take('^', '**') === null) return base
    const exponent = this.signed()
    return exponent === null ? null : base ** exponent
  }

  private operand(): number | null {
    if (this.take('(') !== null) {
      const inside = this.sum()
      return this.take(')') === null ? null : inside
    }
    const token = this.tokens[this.at]
    if (token === undefined || !/^[\d.]/.test(token) || token === '.') return null
    this.at += 1
    return Number(token)
  }

  private take(...wanted: readonly string[]): string | null {
    const token = this.tokens[this.at]
    if (token === undefined || !wanted.includes(token)) return null
    this.at += 1
    return token
  }
}
