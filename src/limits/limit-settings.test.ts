import { expect, test } from 'vitest'
import { parseLimitSettings, type LimitEnvironment } from './limit-settings'

function settings(environment: LimitEnvironment) {
  const parsed = parseLimitSettings(environment)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.settings
}

test('[R60] nothing set: every limit is on, and a real key is safe', () => {
  const { addressLimits, requestLimits, guests, budgets } = settings({})
  expect({ addressLimits, requestLimits, guests }).toEqual({ addressLimits: true, requestLimits: true, guests: 'open' })
  for (const { calls, tokens } of Object.values(budgets)) {
    expect(calls).toBeGreaterThan(0)
    expect(tokens).toBeGreaterThan(0)
  }
})

test.each<[string, number | null]>([
  ['0', 0],
  [' 25 ', 25],
  ['off', null],
  ['OFF', null],
  ['', 50],
])('[R62] GUEST_CALLS_PER_DAY=%j allows %s a day', (value, calls) => {
  expect(settings({ GUEST_CALLS_PER_DAY: value }).budgets.guest.calls).toBe(calls)
})

test.each<[string, number | null]>([
  ['100', 75],
  ['1', 1],
  ['0', 0],
  ['off', null],
])('[R62] of INSTANCE_CALLS_PER_DAY=%s all guests together have %s', (value, calls) => {
  expect(settings({ INSTANCE_CALLS_PER_DAY: value }).budgets.guests.calls).toBe(calls)
})

test('[R62] BUDGETS=off is no budget at all, whatever else is set', () => {
  for (const budget of Object.values(settings({ BUDGETS: 'off', ROOM_CALLS_PER_DAY: '3' }).budgets)) expect(budget).toEqual({ calls: null, tokens: null })
})

test.each<[keyof LimitEnvironment, string]>([
  ['GUESTS', 'everyone'],
  ['ADDRESS_LIMITS', '127.0.0.1'],
  ['REQUEST_LIMITS', 'true'],
  ['BUDGETS', 'none'],
  ['GUEST_CALLS_PER_DAY', '-1'],
  ['ROOM_TOKENS_PER_DAY', '1e6'],
  ['NETWORK_CALLS_PER_DAY', 'many'],
  ['INSTANCE_CALLS_PER_DAY', 'unlimited'],
])('[R60] %s=%s is refused with a sentence that names it', (name, value) => {
  expect(parseLimitSettings({ [name]: value })).toEqual({ ok: false, message: expect.stringContaining(`${name} is "${value}"`) })
})
