import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Command } from '../../conversation/command'
import { accept } from '../../conversation/refusal'
import type { RowKey } from '../../conversation/room-client'
import { ClientState } from '../client/client-state'
import { CommandOutbox } from '../client/command-outbox'
import { CommandCalls } from './command-calls'
import type { NodeRow } from './held-room'

let online: boolean
let arrived: string[]
let outbox: CommandOutbox<NodeRow>
let calls: CommandCalls

beforeEach(() => {
  vi.useFakeTimers()
  online = true
  arrived = []
  const state = new ClientState<RowKey>({ rows: [], hasEarlier: false, records: [], here: [], hereCount: 0 }) as ClientState<NodeRow>
  outbox = new CommandOutbox(state, (command) => calls.send(command))
  calls = new CommandCalls(async (command: Command) => {
    const isOnline = online
    await Promise.resolve()
    if (!isOnline) throw new TypeError('no network')
    if (command.type !== 'post') return accept(null)
    arrived.push(command.text)
    return accept({ seq: arrived.length })
  }, outbox)
})
afterEach(() => void vi.useRealTimers())

test('[L4] [R117] posts after one that could not be sent wait for it, also when the network is back for them', async () => {
  online = false
  outbox.post('one')
  await vi.advanceTimersByTimeAsync(10)
  online = true
  outbox.post('two')
  outbox.post('three')
  await vi.advanceTimersByTimeAsync(10)
  expect(arrived).toEqual([])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(arrived).toEqual(['one', 'two', 'three'])
})

test('[L6] they do not wait for their time when a connection opens', async () => {
  online = false
  outbox.post('one')
  await vi.advanceTimersByTimeAsync(10)
  online = true
  calls.sendAgain()
  await vi.advanceTimersByTimeAsync(10)
  expect(arrived).toEqual(['one'])
})

test('nothing but a post is sent again, and no post waits for anything else', async () => {
  online = false
  calls.send({ type: 'stop' })
  await vi.advanceTimersByTimeAsync(10)
  online = true
  outbox.post('one')
  await vi.advanceTimersByTimeAsync(10)
  expect(arrived).toEqual(['one'])
})
