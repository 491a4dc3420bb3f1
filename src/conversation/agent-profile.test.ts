import { expect, test } from 'vitest'
import { MAX_INSTRUCTION, MODES, parseAgentProfile, type ProfileField } from './agent-profile'

const WHOLE = { handle: 'scout', name: 'Scout', colour: 'teal', emoji: '🔭', instruction: 'Find things out.', model: 'default', mode: 'auto', atOnce: 3 }

test('[R128] a whole profile is taken as it is, and what a form leaves out has a default', () => {
  expect(parseAgentProfile(WHOLE, [])).toEqual({ ok: true, profile: WHOLE })
  expect(parseAgentProfile({ handle: 'scout', name: 'Scout', instruction: 'Find.' }, [])).toEqual({
    ok: true,
    profile: { handle: 'scout', name: 'Scout', colour: 'copper', emoji: '', instruction: 'Find.', model: 'default', mode: 'mention', atOnce: 8 },
  })
})

test.each<readonly [typed: object, kept: object]>([
  [{ handle: ' @Scout ' }, { handle: 'scout' }],
  [{ handle: 'a' }, { handle: 'a' }],
  [{ handle: 'scout-2' }, { handle: 'scout-2' }],
  [{ handle: 'x'.repeat(32) }, { handle: 'x'.repeat(32) }],
  [{ name: '  Scout  the\nSecond ' }, { name: 'Scout the Second' }],
  [{ name: 'ゆき' }, { name: 'ゆき' }],
  [{ name: 'Scout,' }, { name: 'Scout' }],
  [{ instruction: '  Find.\r\nCite.  ' }, { instruction: 'Find.\nCite.' }],
  [{ instruction: 'x'.repeat(MAX_INSTRUCTION) }, { instruction: 'x'.repeat(MAX_INSTRUCTION) }],
  [{ model: 'workers-ai:@cf/meta/llama-3.3-70b-instruct-fp8-fast' }, { model: 'workers-ai:@cf/meta/llama-3.3-70b-instruct-fp8-fast' }],
  [{ atOnce: '1' }, { atOnce: 1 }],
  [{ atOnce: '8' }, { atOnce: 8 }],
  [{ emoji: ' 👩‍🚀 ' }, { emoji: '👩‍🚀' }],
  [{ emoji: ' ' }, { emoji: '' }],
  [{ emoji: '🇫🇷' }, { emoji: '🇫🇷' }],
  ...MODES.map((mode) => [{ mode }, { mode }] as const),
])('[R128] %j becomes %j', (typed, kept) => {
  expect(parseAgentProfile({ ...WHOLE, ...typed }, ['parley'])).toEqual({ ok: true, profile: { ...WHOLE, ...kept } })
})

test.each<readonly [object, readonly ProfileField[]]>([
  [{ handle: '' }, ['handle']],
  [{ handle: 'two words' }, ['handle']],
  [{ handle: '-scout' }, ['handle']],
  [{ handle: 'scout-' }, ['handle']],
  [{ handle: 'sc_out' }, ['handle']],
  [{ handle: 'scoutß' }, ['handle']],
  [{ handle: 'ſcout' }, ['handle']],
  [{ handle: 'x'.repeat(33) }, ['handle']],
  [{ handle: 'parley' }, ['handle']],
  [{ handle: 'PARLEY' }, ['handle']],
  [{ handle: 7 }, ['handle']],
  [{ name: '' }, ['name']],
  [{ name: '\u200b' }, ['name']],
  [{ name: 'x'.repeat(41) }, ['name']],
  [{ name: null }, ['name']],
  [{ instruction: ' \n ' }, ['instruction']],
  [{ instruction: 'x'.repeat(MAX_INSTRUCTION + 1) }, ['instruction']],
  [{ instruction: ['x'] }, ['instruction']],
  [{ model: '' }, ['model']],
  [{ model: 'a b' }, ['model']],
  [{ model: 'x'.repeat(201) }, ['model']],
  [{ mode: 'never' }, ['mode']],
  [{ mode: '' }, ['mode']],
  [{ colour: '#fff' }, ['colour']],
  [{ emoji: 'x' }, ['emoji']],
  [{ emoji: '🔭🔭' }, ['emoji']],
  [{ emoji: '1' }, ['emoji']],
  [{ emoji: '🔭'.repeat(1_000) }, ['emoji']],
  [{ atOnce: 0 }, ['atOnce']],
  [{ atOnce: 9 }, ['atOnce']],
  [{ atOnce: 1.5 }, ['atOnce']],
  [{ atOnce: '08x' }, ['atOnce']],
  [{ atOnce: '' }, ['atOnce']],
  [{ handle: '', name: '', mode: 'x', atOnce: 99 }, ['handle', 'name', 'mode', 'atOnce']],
])('[R128] of %j these fields are refused: %j', (typed, fields) => {
  const parsed = parseAgentProfile({ ...WHOLE, ...typed }, ['parley'])
  expect(parsed.ok ? [] : Object.keys(parsed.faults)).toEqual(fields)
  if (!parsed.ok) for (const sentence of Object.values(parsed.faults)) expect(sentence).toMatch(/^[A-Z].*\.$/s)
})

test.each([null, undefined, 7, 'text', [], true])('[R128] %j is no profile', (input) => {
  const parsed = parseAgentProfile(input, [])
  expect(parsed.ok ? [] : Object.keys(parsed.faults)).toEqual(['handle', 'name', 'instruction'])
})

test('[R128] what a program sends beside it is left out', () => {
  expect(parseAgentProfile({ ...WHOLE, owner: true, id: 'x' }, [])).toEqual({ ok: true, profile: WHOLE })
})

test('[R128] a room has twelve agents and no more', () => {
  const others = (count: number) => Array.from({ length: count }, (_, at) => `agent-${at}`)
  expect(parseAgentProfile(WHOLE, others(11)).ok).toBe(true)
  expect(parseAgentProfile(WHOLE, others(12))).toEqual({ ok: false, faults: { handle: 'A room has at most 12 agents.' } })
})
