// Flight payloads on the wire: rendered once, sent to everybody, and kept while in flight, so that a late joiner can be
// sent the bytes so far and then share the broadcast [L11].
import { renderToReadableStream } from 'react-server-dom-webpack/server.edge'
import { constructWithDefaultRequestInfo, runWithRequestInfo } from 'rwsdk/worker'
import type { LaneConnection } from '../lane'
import type { Payload } from './flight'
import { encodeRecords, type PayloadRecord } from './records'

/** Client references are named by their module ids, and RedwoodSDK's client loads them by the same. */
export const manifest = new Proxy({}, { get: (_, key) => ({ id: key, name: key, chunks: [] }) })

export class Payloads {
  private next = 0
  private outgoing: PayloadRecord[] = []
  private scheduled = false
  /** What was sent so far of every payload that has not ended. */
  private readonly inFlight = new Map<number, PayloadRecord[]>()
  private readonly broadcast: (frame: Uint8Array) => void

  constructor(broadcast: (frame: Uint8Array) => void) {
    this.broadcast = broadcast
  }

  /** Renders a payload for everybody. */
  send(payload: Payload): void {
    this.render(payload, (record) => this.queue(record))
  }

  /** Renders a payload for one. */
  sendTo(connection: LaneConnection, payload: Payload): void {
    this.render(payload, (record) => connection.send(encodeRecords([record])))
  }

  /** Sends a joiner what it missed of the payloads in flight. What is queued now, it will get with everybody. */
  replay(connection: LaneConnection): void {
    const records = [...this.inFlight.values()].flat()
    if (records.length > 0) connection.send(encodeRecords(records))
  }

  private render(payload: Payload, sink: (record: PayloadRecord) => void): void {
    const number = this.next++
    const stream = runWithRequestInfo(constructWithDefaultRequestInfo(), (): ReadableStream<Uint8Array> =>
      renderToReadableStream(payload, manifest, { onError: reportError }),
    )
    void pump(stream, (bytes) => sink({ payload: number, bytes })).catch(reportError)
  }

  /** All that the renderer yields in one turn of the event loop leaves as one frame. */
  private queue(record: PayloadRecord): void {
    this.outgoing.push(record)
    if (this.scheduled) return
    this.scheduled = true
    setTimeout(() => this.flush(), 0)
  }

  private flush(): void {
    this.scheduled = false
    const records = this.outgoing
    this.outgoing = []
    for (const record of records) this.remember(record)
    this.broadcast(encodeRecords(records))
  }

  private remember(record: PayloadRecord): void {
    if (record.bytes.length === 0) this.inFlight.delete(record.payload)
    else this.inFlight.set(record.payload, [...(this.inFlight.get(record.payload) ?? []), record])
  }
}

async function pump(stream: ReadableStream<Uint8Array>, sink: (bytes: Uint8Array) => void): Promise<void> {
  for await (const bytes of stream) if (bytes.length > 0) sink(bytes)
  sink(new Uint8Array())
}

function reportError(cause: unknown): void {
  console.error('a Flight payload failed', cause)
}
