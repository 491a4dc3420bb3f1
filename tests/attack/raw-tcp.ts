// A WebSocket as bytes on a TCP connection, for doing what no WebSocket class would do: not reading, saying half a
// frame, or keeping silent for ever.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { RoomId } from '../../src/conversation/ids'
import { socketPath } from '../../src/lanes/client/client-options'
import type { LaneName } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'

const TEXT = 0x1
const CLOSE = 0x8

export class RawTcp {
  readonly socket: Socket
  private received = Buffer.alloc(0)

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (bytes) => (this.received = Buffer.concat([this.received, bytes])))
    // A connection that the server gave up is what some of these tests are about.
    socket.on('error', () => socket.destroy())
  }

  /** Sends these lines as a request's head; nothing has been answered yet. */
  static async request(origin: string, lines: readonly string[]): Promise<RawTcp> {
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    const raw = new RawTcp(socket)
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    return raw
  }

  /** Joins a room, and says so as clients do: nobody is there for long who never spoke. `pausing` stops reading once the upgrade is complete. */
  static async join(guest: Guest, room: RoomId, lane: LaneName, pausing = false): Promise<RawTcp> {
    const { host } = new URL(guest.origin)
    const raw = await RawTcp.request(guest.origin, [
      `GET /${socketPath(room, lane)}?since=0 HTTP/1.1`,
      `host: ${host}`,
      `origin: ${guest.origin}`,
      `cookie: ${guest.cookie}`,
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    ])
    if ((await raw.status()) === 101) raw.text('ping')
    if (pausing) raw.socket.pause()
    return raw
  }

  /** The status of the answer; waits for its head. */
  async status(): Promise<number> {
    await this.until('an answer', () => this.received.includes('\r\n\r\n') || this.hasEnded)
    return Number(this.received.toString('latin1').split(' ')[1] ?? 0)
  }

  text(frame: string): void {
    this.bytes(masked(TEXT, Buffer.from(frame)))
  }

  bytes(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }

  /** Waits until these words have arrived, in whatever frame. */
  async hears(words: string): Promise<void> {
    await this.until(`“${words}”`, () => this.received.includes(words) || this.hasEnded)
    if (!this.received.includes(words)) throw new Error(`the connection ended before “${words}”`)
  }

  /** How often these words have arrived so far. */
  count(words: string): number {
    return this.received.toString('latin1').split(words).length - 1
  }

  /** The code of the close frame; 1006 when the connection ended without one. */
  async closed(): Promise<number> {
    await this.until('the close', () => this.hasEnded)
    return closeCodeIn(this.afterHead()) ?? 1006
  }

  destroy(): void {
    this.socket.destroy()
  }

  private get hasEnded(): boolean {
    return this.socket.destroyed || this.socket.readableEnded || closeCodeIn(this.afterHead()) !== null
  }

  private until(what: string, condition: () => boolean): Promise<void> {
    return waitFor(what, condition, (check) => {
      this.socket.on('data', check).on('close', check)
      return () => this.socket.off('data', check).off('close', check)
    })
  }

  private afterHead(): Buffer {
    const head = this.received.indexOf('\r\n\r\n')
    return head < 0 ? Buffer.alloc(0) : this.received.subarray(head + 4)
  }
}

/** One frame as a client must send it: masked, here by zeros, in one piece unless `final` is false. */
export function masked(opcode: number, payload: Uint8Array, final = true): Uint8Array {
  const { length } = payload
  const head =
    length < 126
      ? [0x80 | length]
      : length < 65_536
        ? [0x80 | 126, length >> 8, length & 0xff]
        : [0x80 | 127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((shift) => (length >>> shift) & 0xff)]
  return Buffer.concat([Uint8Array.from([(final ? 0x80 : 0) | opcode, ...head, 0, 0, 0, 0]), payload])
}

/** The code of the first close frame among a server's frames, which are not masked; null when there is none yet. */
function closeCodeIn(frames: Buffer): number | null {
  for (let at = 0; at + 2 <= frames.length;) {
    const opcode = (frames[at] ?? 0) & 0x0f
    const short = (frames[at + 1] ?? 0) & 0x7f
    const [head, length] =
      short < 126
        ? [2, short]
        : short === 126
          ? [4, at + 4 <= frames.length ? frames.readUInt16BE(at + 2) : 0]
          : [10, at + 10 <= frames.length ? Number(frames.readBigUInt64BE(at + 2)) : 0]
    if (at + head + length > frames.length) return null
    if (opcode === CLOSE) return length >= 2 ? frames.readUInt16BE(at + head) : 1005
    at += head + length
  }
  return null
}
