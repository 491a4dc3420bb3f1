import { describe, expect, test } from 'vitest'
import { TAINTS } from '../../conversation/approval'
import type { MemberId } from '../../conversation/ids'
import { POLICIES, policyOf } from '../../conversation/policy'
import type { Effect } from '../tools/tool'
import { canonical, hashOf, shownOf } from './arguments'
import { policyFor } from './policy-for'
import { taintInWords, whoInWords } from './words'

const EFFECTS: readonly Effect[] = ['none', 'room', 'outside']
const tool = (effect: Effect, readOnly = false) => ({ effect, readOnly, policy: 'auto' as const })

describe('[R203] a turn that has read what strangers wrote', () => {
  const cases = EFFECTS.flatMap((effect) =>
    [false, true].flatMap((readOnly) =>
      POLICIES.map((mode) => {
        const falls = effect === 'outside' && !readOnly && (mode === 'auto' || mode === 'member')
        return [effect, readOnly ? 'only reads' : 'acts', mode, falls ? 'asker' : mode] as const
      }),
    ),
  )
  test.each(cases)('a tool of effect %s that %s, by the policy %s: %s', (effect, hint, mode, becomes) => {
    const readOnly = hint === 'only reads'
    for (const taint of TAINTS) {
      const here = policyFor(tool(effect, readOnly), policyOf(mode), taint)
      expect(here.policy.mode).toBe(becomes)
      expect(here.taint).toBe(becomes === mode ? null : taint)
    }
    expect(policyFor(tool(effect, readOnly), policyOf(mode), null)).toEqual({ policy: policyOf(mode), taint: null })
  })

  test('what the owner said goes before what its author said', () => {
    expect(policyFor({ effect: 'outside', policy: 'asker' }, policyOf('auto'), null).policy.mode).toBe('auto')
    expect(policyFor({ effect: 'outside', policy: 'asker' }, null, null).policy.mode).toBe('asker')
  })

  test.each(TAINTS)('%s is said in a sentence', (taint) => expect(taintInWords(taint)).toMatch(/^This answer has read .+\.$/))
})

describe('[R200] who may decide, in words', () => {
  const names: Readonly<Record<string, string>> = { ben: 'Ben', cid: 'Cid', dan: 'Dan', eve: 'Eve', fay: 'Fay', gus: 'Gus' }
  const said = (mode: (typeof POLICIES)[number], people: string[] = [], needed = 2, asker: string | null = 'Ann') =>
    whoInWords({ mode, people: people as MemberId[], needed }, asker, (id) => names[id] ?? 'Somebody')
  test.each([
    [said('asker'), 'Ann, who asked, or the owner of this room'],
    [said('asker', [], 1, null), 'the owner of this room'],
    [said('moderators'), 'the owner of this room'],
    [said('named', ['ben']), 'Ben'],
    [said('named', ['ben', 'cid']), 'Ben or Cid'],
    [said('named', ['ben', 'cid', 'dan']), 'Ben, Cid or Dan'],
    [said('named', Object.keys(names)), 'Ben, Cid, Dan, Eve or 2 others'],
    [said('named'), 'nobody'],
    [said('member'), 'any member of this room'],
    [said('votes', [], 3), '3 members of this room'],
    [said('votes', ['ben', 'cid']), '2 of Ben and Cid'],
  ])('%s', (words, expected) => expect(words).toBe(expected))
})

describe('[R202] the arguments have one text and one hash', () => {
  test.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: { d: [1, { z: 0, y: null }], c: 'x' } }, '{"a":{"c":"x","d":[1,{"y":null,"z":0}]}}'],
    [{ '10': 1, '9': 2 }, '{"10":1,"9":2}'],
    ['text', '"text"'],
    [null, 'null'],
    [undefined, 'null'],
    [[], '[]'],
    [JSON.parse('{"__proto__":1}') as unknown, '{"__proto__":1}'],
  ])('%j is %s', (value, text) => expect(canonical(value)).toBe(text))

  test('the order of names changes nothing, and any other change does', async () => {
    const hash = async (value: unknown) => hashOf(canonical(value) ?? '')
    expect(await hash({ to: 'x', text: 'y' })).toBe(await hash({ text: 'y', to: 'x' }))
    const all = await Promise.all([{ a: 1 }, { a: '1' }, { a: [1] }, { a: 1, b: null }, { A: 1 }, { 'a ': 1 }, {}, [], 'a'].map(hash))
    expect(new Set(all).size).toBe(all.length)
    expect(await hashOf('{"a":1}')).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862')
  })

  test('what nests too deeply has none', () => {
    let deep: unknown = 0
    for (let at = 0; at < 100_000; at += 1) deep = [deep]
    expect(canonical(deep)).toBeNull()
  })

  test('a card holds the beginning of what is long, and no half of a character', () => {
    expect(shownOf('x'.repeat(1_000))).toBe('x'.repeat(1_000))
    expect(shownOf(`${'x'.repeat(999)}😀`)).toBe(`${'x'.repeat(999)}…`)
  })
})
