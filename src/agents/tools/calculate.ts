// Arithmetic, by the parser that the guide calculates with: decimal numbers, no names, nothing that is ever evaluated as code. Bounded by the
// length of the sum, since every step of it is one operation on one number.
import { z } from 'zod'
import { inDecimals, LONGEST_SUM, valueOf } from '../../models/guide/calculation'
import type { Tool } from './tool'

const input = z.object({
  sum: z.string().trim().min(1).max(LONGEST_SUM).describe('Decimal numbers with + - * / % ^ and parentheses, as in (3 + 4) * 12.5'),
})

export const CALCULATE: Tool<z.infer<typeof input>> = {
  name: 'calculate',
  description: 'Calculates a sum exactly enough: twelve significant digits.',
  input,
  effect: 'none',
  run({ sum }) {
    const value = valueOf(sum)
    if (value === null) return { ok: false, text: 'This cannot be read as a sum. There are decimal numbers, + - * / % ^ and parentheses.' }
    if (!Number.isFinite(value)) return { ok: false, text: 'This sum has no result that could be written down.' }
    return { ok: true, output: { sum, result: inDecimals(value) } }
  },
}
