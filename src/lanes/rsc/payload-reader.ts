// Flight payloads off the wire: records in, decoded payloads out, in the order in which they began.
import type { FlightDecoder } from './decoder'
import type { Payload } from './flight'
import { decodeRecords } from './records'

export class PayloadReader {
  private readonly streams = new Map<number, ReadableStreamDefaultController<Uint8Array>>()
  private order: Promise<void> = Promise.resolve()
  private generation = 0
  private readonly decode: FlightDecoder
  private readonly receive: (payload: Payload) => void
  private readonly failed: () => void

  /** `failed` is told when bytes made no sense, unless the socket had closed: then they are merely the last ones. */
  constructor(decode: FlightDecoder, receive: (payload: Payload) => void, failed: () => void) {
    this.decode = decode
    this.receive = receive
    this.failed = failed
  }

  read(frame: ArrayBuffer): void {
    for (const { payload, bytes } of decodeRecords(new Uint8Array(frame))) {
      const stream = this.streams.get(payload) ?? this.open(payload)
      if (bytes.length > 0) stream.enqueue(bytes)
      else {
        this.streams.delete(payload)
        stream.close()
      }
    }
  }

  /** The socket closed: payloads in flight get no more bytes, and what they still say is not listened to. */
  reset(): void {
    this.generation += 1
    for (const stream of this.streams.values()) stream.close()
    this.streams.clear()
    this.order = Promise.resolve()
  }

  private open(payload: number): ReadableStreamDefaultController<Uint8Array> {
    let opened: ReadableStreamDefaultController<Uint8Array> | undefined
    const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (opened = controller) })
    if (!opened) throw new Error('a stream starts when it is made')
    this.streams.set(payload, opened)
    const { generation } = this
    const decoded = this.decode<Payload>(stream)
    this.order = this.order.then(async () => {
      try {
        const value = await decoded
        if (generation === this.generation) this.receive(value)
      } catch (cause) {
        if (generation !== this.generation) return
        console.error('a Flight payload could not be read', cause)
        this.failed()
      }
    })
    return opened
  }
}
