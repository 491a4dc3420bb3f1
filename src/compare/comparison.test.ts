import { expect, test } from 'vitest'
import type { MemberId, MessageId } from '../conversation/ids'
import type { Message, MessageStatus } from '../conversation/message'
import type { RoomState } from '../conversation/room-client'
import type { LaneRow } from '../lanes/client/metering'
import { Comparison } from './comparison'

const QUESTION = 'question' as MessageId
const parley = { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' } as const

function showing(status: MessageStatus): RoomState<LaneRow> {
  const message: Message = {
    id: 'reply' as MessageId,
    role: 'assistant',
    parts: [{ type: 'text', text: 'So far' }],
    metadata: { seq: 2, version: 2, author: parley, status, createdAt: 0, replyTo: QUESTION },
  }
  const row = { id: message.id, seq: 2, status, message }
  return { rows: [row], records: [], pending: [], here: [], hereCount: 0, hasEarlier: false, loadingEarlier: false, connection: 'connected' } as never
}

test.each<readonly [MessageStatus, string, boolean]>([
  ['waiting', 'running', false],
  ['streaming', 'running', false],
  // Nothing is sent for it until somebody decides: the room may be measured meanwhile.
  ['asking', 'running', true],
  ['complete', 'done', true],
  ['stopped', 'done', true],
  ['failed', 'failed', true],
  ['interrupted', 'failed', true],
])('[R283] a run whose reply is %s is %s', (status, phase, ready) => {
  const comparison = new Comparison(['agents'])
  const shown = showing(status)
  comparison.askThrough({ post: () => QUESTION, getState: () => shown })
  comparison.run()
  for (const meter of comparison.meters.values()) meter.shown(shown)
  comparison.run()
  expect([comparison.get().phase, comparison.get().ready]).toEqual([phase, ready])
})
