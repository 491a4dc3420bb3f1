import { expect, test } from 'vitest'
import { decodeRecords, encodeRecords } from './records'

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => at % 251)
const roundTrip = (records: Parameters<typeof encodeRecords>[0]) => [...decodeRecords(encodeRecords(records))]

test.each([0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 40])('payload %i comes back with its bytes', (payload) => {
  const records = [{ payload, bytes: bytes(5) }]
  expect(roundTrip(records)).toEqual(records)
})

test.each([0, 1, 127, 128, 20_000])('%i bytes come back', (length) => {
  const records = [{ payload: 3, bytes: bytes(length) }]
  expect(roundTrip(records)).toEqual(records)
})

test('several payloads share a frame, in order, ends included', () => {
  const records = [
    { payload: 1, bytes: bytes(3) },
    { payload: 200, bytes: bytes(300) },
    { payload: 1, bytes: bytes(0) },
  ]
  expect(roundTrip(records)).toEqual(records)
  expect(roundTrip([])).toEqual([])
})

test('small numbers and short bytes cost two bytes of header', () => expect(encodeRecords([{ payload: 100, bytes: bytes(100) }])).toHaveLength(102))

test('a frame that ends inside a record throws, wherever it was cut', () => {
  const whole = encodeRecords([{ payload: 300, bytes: bytes(200) }])
  for (let length = 1; length < whole.length; length++)
    expect(() => [...decodeRecords(whole.subarray(0, length))], `cut to ${length}`).toThrow('ended inside a record')
})

test('what came before the cut is still read', () => {
  const first = encodeRecords([{ payload: 1, bytes: bytes(4) }])
  const frame = new Uint8Array([...first, ...encodeRecords([{ payload: 2, bytes: bytes(9) }])]).subarray(0, -1)
  const records = decodeRecords(frame)
  expect(records.next().value).toEqual({ payload: 1, bytes: bytes(4) })
  expect(() => records.next()).toThrow('ended inside a record')
})
