import { describe, expect, it } from 'vitest'
import { MAX_UNREAD, Pace } from './pace'

const CHUNK = 512 * 1024

describe('Pace', () => {
  it('marks now and then, not every frame', () => {
    const pace = new Pace()
    expect(pace.count(1_000)).toBeNull()
    expect(pace.count(CHUNK)).toMatch(/^read /)
    expect(pace.count(1_000)).toBeNull()
  })

  it('lets those read on who say their marks back, however much it is', () => {
    const pace = new Pace()
    for (let sent = 0; sent < 10 * MAX_UNREAD; sent += CHUNK) {
      expect(pace.heard(pace.count(CHUNK) ?? '')).toBe(true)
      expect(pace.isTooFarBehind).toBe(false)
    }
  })

  it('finds those too far behind who say nothing, or what they were never sent', () => {
    const pace = new Pace()
    for (let sent = 0; sent <= MAX_UNREAD; sent += CHUNK) {
      expect(pace.isTooFarBehind).toBe(false)
      pace.count(CHUNK)
      expect(pace.heard('read 00000000-0000-0000-0000-000000000000')).toBe(false)
    }
    expect(pace.isTooFarBehind).toBe(true)
  })

  it('takes a mark once', () => {
    const pace = new Pace()
    const mark = pace.count(CHUNK) ?? ''
    expect(pace.heard(mark)).toBe(true)
    expect(pace.heard(mark)).toBe(false)
  })
})
