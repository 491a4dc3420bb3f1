// The frame of the rsc lane: records of several Flight payloads in one binary frame. A record is the payload's number
// and the length of its bytes, both as LEB128 varints, then the bytes; length 0 ends the payload.

export interface PayloadRecord {
  readonly payload: number
  readonly bytes: Uint8Array
}

export function encodeRecords(records: readonly PayloadRecord[]): Uint8Array {
  const headers = records.map(({ payload, bytes }) => Uint8Array.from([...varint(payload), ...varint(bytes.length)]))
  const frame = new Uint8Array(records.reduce((length, { bytes }, at) => length + bytes.length + (headers[at]?.length ?? 0), 0))
  let offset = 0
  records.forEach(({ bytes }, at) => {
    const header = headers[at] ?? new Uint8Array()
    frame.set(header, offset)
    frame.set(bytes, offset + header.length)
    offset += header.length + bytes.length
  })
  return frame
}

/** The records of a frame, in order. Throws on a frame that ends inside a record. */
export function* decodeRecords(frame: Uint8Array): Generator<PayloadRecord> {
  let offset = 0
  const read = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = frame[offset++]
      if (byte === undefined) throw new Error('a frame ended inside a record')
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }
  while (offset < frame.length) {
    const payload = read()
    const end = read() + offset
    if (end > frame.length) throw new Error('a frame ended inside a record')
    yield { payload, bytes: frame.subarray(offset, end) }
    offset = end
  }
}

function varint(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 0x80) return [...bytes, rest]
    bytes.push((rest % 128) | 0x80)
  }
}
