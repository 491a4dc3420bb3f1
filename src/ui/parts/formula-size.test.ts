// What is asked of what draws formulas is counted first [R83].
import { expect, test } from 'vitest'
import { isTooMuch } from './formula-size'

const within = (open: string, close: string, times: number) => `${open.repeat(times)}x${close.repeat(times)}`
const matrix = (rows: number, columns: number) =>
  `\\begin{pmatrix}${Array.from({ length: rows }, () => 'a_1&'.repeat(columns - 1) + 'b').join('\\\\')}\\end{pmatrix}`

test.each([
  within('{a_{', '}}', 200),
  within('{a_{', '}}', 20),
  within('\\frac{1}{', '}', 40),
  within('\\sqrt{', '}', 30),
  within('\\overbrace{', '}', 60),
  within('x^{', '}', 900),
  within('\\left(', '\\right)', 40),
  within('\\begin{matrix}', '\\end{matrix}', 30),
  `${'\\displaystyle '.repeat(40)}x`,
  `${'\\color{red}'.repeat(40)}x`,
  `\\begin{matrix}${'a&'.repeat(1_950)}\\end{matrix}`,
  `\\begin{matrix}${'a\\\\'.repeat(1_000)}\\end{matrix}`,
  '\\sum_{a}^{b}'.repeat(300),
  '\\frac12'.repeat(500),
  'a^1'.repeat(1_000),
  "a'".repeat(1_000),
  'é'.repeat(1_000),
  '\\def\\a{xx}\\a',
  '\\gdef\\a{x}',
  '\\edef\\a{x}',
  '\\let\\a=b',
  '\\newcommand{\\a}{x}',
  '\\renewcommand\\a{x}',
  '\\providecommand\\a{x}',
  '\\global\\long\\def\\a{x}',
  '\\rule{10000em}{10000em}',
  '\\rule[-500em]{1em}{1em}',
  '\\kern99999em x',
  '\\hspace{2000pt}',
  '\\hspace*{ 90 cm }',
  `a${'\\\\[10em]a'.repeat(20)}`,
  '\\raisebox{-99em}{x}',
  '\\kern.5em'.repeat(200),
  `\\kern${'9'.repeat(3_000)}em`,
])('[R83] %j is too much', (tex) => expect(isTooMuch(tex)).toBe(true))

test.each([
  'E=mc^2',
  'x=\\frac{-b\\pm\\sqrt{b^2-4ac}}{2a}',
  '\\sum_{i=1}^n i = \\frac{n(n+1)}{2}',
  within('1+\\cfrac{1}{', '}', 10),
  within('\\left(a+', '\\right)', 10),
  matrix(12, 12),
  `\\begin{matrix}${'a&'.repeat(19)}a${`\\\\${'a&'.repeat(19)}a`.repeat(19)}\\end{matrix}`,
  `\\begin{align}${'a_1&=b^2+\\alpha\\\\'.repeat(40)}\\end{align}`,
  '\\begin{cases}x&x>0\\\\[0.5em]-x&\\text{otherwise}\\end{cases}',
  '\\hspace{2cm}\\rule{3em}{0.4pt}\\kern-3mu',
  '\\delta\\lambda\\left.\\letter\\right|',
  '一元二次方程 ax^2+bx+c=0',
  'a'.repeat(1_000),
])('[R83] %j is not', (tex) => expect(isTooMuch(tex)).toBe(false))
