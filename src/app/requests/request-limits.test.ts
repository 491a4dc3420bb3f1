import { describe, expect, test } from 'vitest'
import type { MemberId } from '../../conversation/ids'
import { parseLimitSettings } from '../../limits/limit-settings'
import { COST, REQUESTS, type Request } from '../../limits/limits'
import { RequestLimits } from './request-limits'

const office = '203.0.113.7'
const elsewhere = '198.51.100.7'
const person = (n: number) => `person-${n}` as MemberId

function settings(environment: Parameters<typeof parseLimitSettings>[0] = {}) {
  const parsed = parseLimitSettings(environment)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.settings
}

/** A request as the worker lets it in: the address first, then whoever it is. True when it may go on. */
function asks(limits: RequestLimits, who: MemberId | null, address: string | null, asked: Request, now: number, on = settings()): boolean {
  return !limits.refuseAddress(on, address, asked, now) && !limits.refusePerson(on, who, address, asked, now)
}

describe('[R60]', () => {
  test('an office of sixty people behind one address, three tabs each, comes back to work all at once', () => {
    const limits = new RequestLimits()
    for (let tab = 0; tab < 180; tab++) {
      for (const asked of ['page', 'upgrade', 'command'] as const) expect(asks(limits, person(tab % 60), office, asked, 0)).toBe(true)
    }
  })

  test('sixty people at one address come in for the first time', () => {
    const limits = new RequestLimits()
    for (let n = 0; n < 60; n++) for (const asked of ['page', 'signIn'] as const) expect(asks(limits, null, office, asked, 0)).toBe(true)
  })

  test.each(Object.keys(COST) as Request[])('%s: one person has their share and no more, at however many addresses; others go on', (asked) => {
    const limits = new RequestLimits()
    const had = Array.from({ length: 5_000 }, (_, n) => asks(limits, person(0), `10.0.0.${n % 250}`, asked, 0)).filter(Boolean).length
    expect(had).toBe(Math.floor(REQUESTS.person.burst / COST[asked]))
    expect(asks(limits, person(1), elsewhere, asked, 0)).toBe(true)
    expect(asks(limits, person(0), office, asked, (COST[asked] / REQUESTS.person.perSecond) * 1000)).toBe(true)
  })

  test('one address has its share and no more, with however many people; others go on', () => {
    const limits = new RequestLimits()
    const had = Array.from({ length: 5_000 }, (_, n) => asks(limits, person(n), office, 'page', 0)).filter(Boolean).length
    expect(had).toBe(REQUESTS.address.burst / COST.page)
    expect(asks(limits, person(0), elsewhere, 'page', 0)).toBe(true)
    expect(limits.refuseAddress(settings(), office, 'page', 0)).toMatchObject({ code: 'too_fast', retryAfterMs: 50 })
  })

  test('strangers of one address leave others their share; and all strangers together leave members theirs', () => {
    const limits = new RequestLimits()
    for (let n = 0; n < 5_000; n++) asks(limits, null, office, 'unknown', 0)
    expect(asks(limits, null, elsewhere, 'signIn', 0)).toBe(true)
    for (let n = 0; n < 10_000; n++) asks(limits, null, `10.${n >> 8}.${n & 255}.1`, 'unknown', 0)
    expect(asks(limits, null, elsewhere, 'signIn', 0)).toBe(false)
    expect(asks(limits, person(0), elsewhere, 'page', 0)).toBe(true)
  })

  test('a page of a megabyte costs as much as ten without words', () => {
    const limits = new RequestLimits()
    for (let n = 0; n < 13; n++) {
      expect(asks(limits, person(0), office, 'page', 0)).toBe(true)
      limits.hasRead(office, person(0), 1_100_000, 0)
    }
    expect(asks(limits, person(0), office, 'page', 0)).toBe(false)
  })

  test('a page is paid for before it is made: one network has only so many long ones at once, one person fewer, and a refusal takes nothing', () => {
    const limits = new RequestLimits()
    const reads = (who: number, now = 0) => limits.refuseReading(settings(), person(who), office, 6_000_000, now) === null
    expect([reads(0), reads(0), reads(0), reads(0)]).toEqual([true, true, false, false])
    expect(Array.from({ length: 20 }, (_, n) => reads(n + 1)).filter(Boolean)).toHaveLength(10)
    expect(reads(30, 3_000)).toBe(true)
    // However long a page is, whoever has asked for nothing may have it; it is owed.
    expect(limits.refuseReading(settings(), person(40), elsewhere, 90_000_000, 0)).toBeNull()
    expect(limits.refusePerson(settings(), person(40), elsewhere, 'page', 60_000)).toMatchObject({ code: 'too_fast' })
  })

  test('where addresses say nothing they count for nothing, and where nothing is limited nothing is', () => {
    const limits = new RequestLimits()
    const noAddresses = settings({ ADDRESS_LIMITS: 'off' })
    for (let n = 0; n < 2_000; n++) expect(asks(limits, person(n), office, 'page', 0, noAddresses)).toBe(true)
    for (let n = 0; n < 2_000; n++) expect(asks(limits, person(n), null, 'page', 0)).toBe(true)
    const nothing = settings({ REQUEST_LIMITS: 'off' })
    for (let n = 0; n < 2_000; n++) expect(asks(limits, person(0), office, 'comparison', 0, nothing)).toBe(true)
  })
})
