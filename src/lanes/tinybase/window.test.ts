import { expect, test } from 'vitest'
import type { Message } from '../../conversation/message'
import { MESSAGES } from './row'
import { FakeRoom, GUIDE } from './testing/fake-room'
import { Window } from './window'

function roomOf(count: number): FakeRoom {
  const room = new FakeRoom()
  for (let seq = 1; seq <= count; seq++) room.post(`message ${seq}`)
  return room
}

function windowOf(messages: readonly Message[]): Window {
  const window = new Window()
  window.put(messages)
  return window
}

test('a message overwrites the one a page before it, and leaves nothing of it behind', () => {
  const room = roomOf(120)
  const window = new Window()
  for (const message of room.messages) window.put([message])
  expect(window.messages()).toEqual(room.messages.slice(-50))
  expect(window.store.getRowCount(MESSAGES)).toBe(50)
})

test('stores that came the same way by different roads have equal hashes', () => {
  const room = roomOf(70)
  const reply = room.beginReply()
  const followed = windowOf(room.messages)
  room.say(reply, 'Hello.')
  room.settle(reply)
  followed.put(room.messages)
  followed.put(room.messages.slice(-3))
  expect(followed.hash()).toBe(windowOf(room.snapshot().messages).hash())
})

test('an open reply is the same row however much it has said', () => {
  const room = roomOf(1)
  const reply = room.beginReply()
  const before = windowOf(room.messages).hash()
  room.say(reply, 'some words')
  expect(windowOf(room.messages).hash()).toBe(before)
})

test('an older version changes nothing, and an older message never takes its successor’s slot', () => {
  const room = roomOf(50)
  const [first] = room.messages
  room.post('message 51')
  const window = windowOf(room.messages)
  if (!first) throw new Error('the room has messages')
  window.put([{ ...first, metadata: { ...first.metadata, version: 1_000 } }])
  expect(window.messages().map((message) => message.metadata.seq)).toEqual(room.messages.slice(1).map((message) => message.metadata.seq))
})

test('adopting an empty page forgets everything, tombstones and all', () => {
  const window = windowOf(roomOf(60).messages)
  window.adopt([], [])
  expect(window.messages()).toEqual([])
  expect(window.hash()).toBe(new Window().hash())
})

test.each([
  ['text that the store reserves', '\uFFFDbroken'],
  ['a lone reserved character', '\uFFFC'],
  ['what looks like JSON', '[{"type":"text"}]'],
  ['nothing', ''],
  ['half a character', '\uD83D'],
])('a row says what its message said: %s', (_name, text) => {
  const room = new FakeRoom()
  const message = room.post(text, undefined, { ...GUIDE, name: '\uFFFDGuide' })
  const replied: Message = {
    ...message,
    metadata: { ...message.metadata, replyTo: message.id, status: 'failed', failure: { code: 'provider', text: '\uFFFDno', retryAt: 5 } },
  }
  expect(windowOf([replied]).messages()).toEqual([replied])
})

test('tools and reasoning survive the store', () => {
  const room = roomOf(0)
  const message = room.post('x')
  const parts: Message['parts'] = [
    { type: 'reasoning', text: 'hm' },
    { type: 'dynamic-tool', toolCallId: 'a', toolName: 'search', state: 'output-available', input: { q: 1 }, output: ['x'] },
    { type: 'text', text: 'so' },
  ]
  const window = windowOf([{ ...message, parts }])
  expect(window.messages()[0]?.parts).toEqual(parts)
})
