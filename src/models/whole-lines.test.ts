import { expect, test } from 'vitest'
import { TooMuch } from './intake'
import { WholeLines } from './whole-lines'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (piece: Uint8Array) => new TextDecoder().decode(piece)

test.each(['\n', '\r', '\r\n'])('[R97] whatever the pieces, the lines are the same and each comes at its end: %j', (end) => {
  const said = `: hm${end}${end}data: é${end}data: 2${end}${end}rest`
  for (let size = 1; size <= said.length + 2; size += 1) {
    const lines = new WholeLines()
    const given: string[] = []
    const all = bytes(said)
    for (let at = 0; at < all.length; at += size) given.push(text(lines.take(all.subarray(at, at + size))))
    expect(given.filter((piece) => piece !== '').every((piece) => /[\r\n]$/.test(piece))).toBe(true)
    expect(given.join('') + text(lines.rest())).toBe(said)
  }
})

test.each(['\n', '\r', '\r\n'])('[R97] an event of a MiB is one, and one of more is none, in one line or many: %j', (end) => {
  for (const line of ['x'.repeat(1024), 'x'.repeat(1024) + end]) {
    const lines = new WholeLines()
    const kib = bytes(line)
    const take = (times: number) => {
      for (let count = 0; count < times; count += 1) lines.take(kib)
    }
    take(1024)
    expect(() => take(1)).toThrow(TooMuch)
    const ended = new WholeLines()
    for (let event = 0; event < 3; event += 1) {
      for (let count = 0; count < 1024; count += 1) ended.take(kib)
      ended.take(bytes(end + end))
    }
  }
})
