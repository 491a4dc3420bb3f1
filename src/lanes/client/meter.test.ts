import { expect, test } from 'vitest'
import { Meter } from './meter'

/** A socket that receives what it is told to. */
class FakeSocket extends EventTarget {
  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

async function metered() {
  const meter = new Meter()
  const MeteredSocket = meter.socketClass(FakeSocket as unknown as typeof WebSocket)
  const socket = new MeteredSocket('ws://room.example') as unknown as FakeSocket
  await Promise.resolve()
  return { meter, socket }
}

test('frames are counted by the bytes in which they travelled', async () => {
  const { meter, socket } = await metered()
  socket.receive('né')
  socket.receive(new ArrayBuffer(4))
  socket.receive(new Blob(['five!']))
  expect(meter.counts).toMatchObject({ frames: 3, bytes: 3 + 4 + 5 })
})

test('watchers hear of a frame once it has been dealt with', async () => {
  const { meter, socket } = await metered()
  const heard: number[] = []
  const stop = meter.subscribe(() => heard.push(meter.counts.frames))
  socket.receive('a')
  stop()
  socket.receive('b')
  expect(heard).toEqual([1])
})

test('what the client does with a frame is work, over all its sockets, until the next beginning', async () => {
  const meter = new Meter()
  const MeteredSocket = meter.socketClass(FakeSocket as unknown as typeof WebSocket)
  const sockets = ['ws://first.example', 'ws://second.example'].map((url) => new MeteredSocket(url) as unknown as FakeSocket)
  // A client listens as soon as it has made its socket.
  sockets.forEach((socket) => socket.addEventListener('message', () => busy(5)))
  await Promise.resolve()
  sockets.forEach((socket) => socket.receive('x'))
  expect(meter.counts).toMatchObject({ frames: 2, bytes: 2 })
  expect(meter.counts.work).toBeGreaterThanOrEqual(10)
  meter.reset()
  expect(meter.counts).toEqual({ frames: 0, bytes: 0, work: 0 })
})

function busy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
