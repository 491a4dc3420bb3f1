// A socket that asks for page after page and reads them all, as fast as they come.
import type { RoomId } from '../../src/conversation/ids'
import { socketPath } from '../../src/lanes/client/client-options'
import type { LaneName } from '../../src/lanes/lanes'
import { READ_MARK } from '../../src/lanes/read-mark'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'

export class GreedyReader {
  bytes = 0
  pages = 0
  refused = 0
  closed: number | null = null
  private onAnswer: () => void = () => {}
  private readonly socket: WebSocket

  private constructor(address: string, guest: Guest, room: RoomId, lane: LaneName) {
    const headers = { cookie: guest.cookie, origin: guest.origin, 'x-forwarded-for': address }
    // Node's WebSocket takes headers here; the DOM's type does not know it.
    this.socket = new WebSocket(`${guest.origin.replace(/^http/, 'ws')}/${socketPath(room, lane)}?since=0`, { headers } as unknown as string[])
    this.socket.addEventListener('message', ({ data }: MessageEvent<string>) => this.receive(data))
    this.socket.addEventListener('close', ({ code }) => (this.closed = code))
  }

  static async open(address: string, guest: Guest, room: RoomId, lane: LaneName): Promise<GreedyReader> {
    const reader = new GreedyReader(address, guest, room, lane)
    await waitFor('the socket to open', () => reader.socket.readyState !== WebSocket.CONNECTING)
    return reader
  }

  /** Asks so often for the page before this seq, each time as soon as it was answered, or until the socket was closed. */
  async ask(times: number, seq: number): Promise<void> {
    const last = this.pages + this.refused + times
    const next = () => this.socket.send(JSON.stringify({ type: 'before', seq }))
    this.onAnswer = () => this.pages + this.refused < last && next()
    next()
    await waitFor('every answer', () => this.closed !== null || this.pages + this.refused === last)
  }

  close(): void {
    this.socket.close()
  }

  private receive(frame: string): void {
    this.bytes += frame.length
    if (frame.startsWith(READ_MARK)) this.socket.send(frame)
    const isPage = frame.startsWith('{"type":"page"')
    const isRefusal = frame.startsWith('{"type":"refused"')
    if (isPage) this.pages += 1
    if (isRefusal) this.refused += 1
    if (isPage || isRefusal) this.onAnswer()
  }
}
