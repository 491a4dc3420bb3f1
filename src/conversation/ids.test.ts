import { expect, test, vi } from 'vitest'
import { isMemberId, isMessageId, isRoomId, LOBBY, newMessageId } from './ids'

test.each([LOBBY, 'a', '7', 'room-7', 'a--b', 'x'.repeat(48)])('%j is a room', (id) => expect(isRoomId(id)).toBe(true))
test.each(['', '-a', 'a-', 'Lobby', 'a b', 'a/b', 'ä', 'lobby\n', 'x'.repeat(49), 7, null])('%j is no room', (id) => expect(isRoomId(id)).toBe(false))

test.each(['a', 'parley', 'A_b-9', 'x'.repeat(64)])('%j is a member', (id) => expect(isMemberId(id)).toBe(true))
test.each(['', 'a b', 'a.b', 'ann\n', 'x'.repeat(65), 7, null])('%j is no member', (id) => expect(isMemberId(id)).toBe(false))

test.each(['12345678', 'A_b-9xyz', 'x'.repeat(64)])('%j is a message', (id) => expect(isMessageId(id)).toBe(true))
test.each(['1234567', '1234567 8', '12345678\n', 'x'.repeat(65), 12345678, null])('%j is no message', (id) => expect(isMessageId(id)).toBe(false))

test('a new message id is one, and another every time', () => {
  const ids = Array.from({ length: 100 }, newMessageId)
  expect(ids.every(isMessageId)).toBe(true)
  expect(new Set(ids).size).toBe(100)
})

test('[R32] a new message id needs nothing that browsers keep for secure pages', () => {
  const randomUUID = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
    throw new TypeError('crypto.randomUUID is not a function')
  })
  expect(isMessageId(newMessageId())).toBe(true)
  randomUUID.mockRestore()
})
