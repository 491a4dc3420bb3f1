import { expect, test } from 'vitest'
import { accept, refusalResponse, refuse, statusOf } from './refusal'

test('a no is a value with a code, words and perhaps a wait', () => {
  expect(refuse('empty', 'Nothing.')).toEqual({ ok: false, refusal: { code: 'empty', message: 'Nothing.' } })
  expect(refuse('too_fast', 'Wait.', 250)).toEqual({ ok: false, refusal: { code: 'too_fast', message: 'Wait.', retryAfterMs: 250 } })
  expect(accept(3)).toEqual({ ok: true, value: 3 })
})

test.each([
  ['empty', 400],
  ['too_long', 413],
  ['unknown_command', 400],
  ['malformed', 400],
  ['frame_too_large', 413],
  ['not_signed_in', 401],
  ['not_a_member', 403],
  ['not_owner', 403],
  ['no_such_room', 404],
  ['no_such_message', 404],
  ['id_taken', 409],
  ['not_retryable', 409],
  ['too_fast', 429],
  ['too_many_waiting', 429],
  ['too_many', 409],
  ['too_many_sockets', 429],
  ['room_full', 503],
] as const)('[R16] %s is %i over HTTP', (code, status) => expect(statusOf(code)).toBe(status))

test('over HTTP a refusal says its code, and its wait in whole seconds', async () => {
  const response = refusalResponse(refuse('too_fast', 'Wait.', 1_001).refusal)
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('2')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual({ refusal: { code: 'too_fast', message: 'Wait.', retryAfterMs: 1_001 } })
  expect(refusalResponse(refuse('empty', 'Nothing.').refusal).headers.has('retry-after')).toBe(false)
})
