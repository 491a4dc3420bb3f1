import { expect, test } from 'vitest'
import { z } from 'zod'
import { inWords } from './fault'

const ADDRESS = z.string().superRefine((_, context) => context.addIssue({ code: 'custom', message: 'An address begins with https.' }))
const SCHEMA = z.strictObject({
  fact: z.string().min(1).max(1_500).optional(),
  handle: z.string().min(3).optional(),
  limit: z.int().min(2).max(20).multipleOf(2).optional(),
  match: z.enum(['all', 'any']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  deep: z.boolean().optional(),
  people: z.array(z.string()).max(1).optional(),
  address: ADDRESS.optional(),
  either: z.union([z.string(), z.number()]).optional(),
  named: z.record(z.string().max(2), z.object({ a: z.number() })).optional(),
  id: z.custom<string>((value) => value === 'x').optional(),
  code: z.string().regex(/^a/).optional(),
})

test.each<readonly [input: unknown, words: string]>([
  [{ fact: 'x'.repeat(1_501) }, '“fact” is too long: it may have 1,500 characters at most'],
  [{ fact: '' }, '“fact” is empty'],
  [{ fact: 7 }, '“fact” has to be a text'],
  [{ handle: 'x' }, '“handle” is too short: it has to have at least 3 characters'],
  [{ limit: 40 }, '“limit” is too big: it may be 20 at most'],
  [{ limit: 0 }, '“limit” is too small: it has to be at least 2'],
  [{ limit: 2.5 }, '“limit” has to be a whole number'],
  [{ limit: 3 }, '“limit” has to be a multiple of 2'],
  [{ match: 'some' }, '“match” has to be “all” or “any”'],
  [{ from: 'tomorrow' }, '“from” has to be a moment, such as 2026-03-03T12:00:00Z'],
  [{ deep: 'yes' }, '“deep” has to be true or false'],
  [{ people: ['a', 'b'] }, '“people” is too long: it may have 1 entry at most'],
  [{ people: [1] }, '“people.0” has to be a text'],
  [{ people: 'a' }, '“people” has to be a list'],
  [{ address: 'x' }, 'An address begins with https'],
  [{ id: 7 }, '“id” is not what it has to be'],
  [{ either: [] }, '“either” is none of what it may be'],
  [{ named: { abc: { a: 1 } } }, '“named.abc” has a part that cannot be read'],
  [{ named: { a: {} } }, '“named.a.a” has to be a number'],
  [{ code: 'b' }, '“code” is not written as it has to be'],
  [{ ['z'.repeat(300)]: 1 }, `The input has what is not known here: “${'z'.repeat(80)}”`],
  [[], 'The input has to be an object with names and values'],
  [null, 'The input has to be an object with names and values'],
])('[R287] what is wrong with an input is said in words: %j', (input, words) => {
  const read = SCHEMA.safeParse(input)
  expect(read.error?.issues.map(inWords)).toEqual([words])
})
