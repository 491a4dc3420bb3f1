import { expect, test } from 'vitest'
import type { MemberId, MessageId } from '../conversation/ids'
import type { Message } from '../conversation/message'
import { NO_ROWS, rowsOf, shownOf } from './message-rows'

const ana = { id: 'ana' as MemberId, name: 'Ana', kind: 'person' } as const
const message = (seq: number, text = 'Hi'): Message => ({
  id: `message-${seq}` as MessageId,
  role: 'user',
  parts: [{ type: 'text', text }],
  metadata: { seq, version: seq, author: ana, status: 'complete', createdAt: 0 },
})
const timeline = (messages: readonly Message[]) => ({ version: 9, messages, hasEarlier: false, records: [], here: [], hereCount: 0 })

test('[R56] a row is another only when its message is, and when one changes no other is asked for', () => {
  const messages = [1, 2, 3].map((seq) => message(seq))
  const before = { messages, rows: messages.map(({ metadata }) => `row ${metadata.seq}`) }
  const changed = messages.with(1, message(2, 'Hi there'))
  const made: number[] = []
  const rows = rowsOf(changed, before, ({ metadata }) => {
    made.push(metadata.seq)
    return `another row ${metadata.seq}`
  })
  expect(made).toEqual([2])
  expect(rows).toEqual(['row 1', 'another row 2', 'row 3'])
})

test('an older page moves every row to another place, and leaves each the same object', () => {
  const messages = [4, 5].map((seq) => message(seq))
  const before = { messages, rows: shownOf(timeline(messages)).rows }
  const after = shownOf(timeline([message(3), ...messages]), before).rows
  expect(after.slice(1)).toEqual(before.rows)
  expect(after[1]).toBe(before.rows[0])
  expect(rowsOf(messages, NO_ROWS, ({ id }) => id)).toEqual(messages.map(({ id }) => id))
})
