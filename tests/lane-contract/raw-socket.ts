// A socket without any client around it, for saying what no client would say.
import { get } from 'node:http'
import type { RoomId } from '../../src/conversation/ids'
import { socketPath } from '../../src/lanes/client/client-options'
import type { LaneName } from '../../src/lanes/lanes'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'

export class RawSocket {
  private readonly socket: WebSocket
  /** The codes of what was refused, in order; a lane whose sockets only speak never says one. */
  readonly refusals: string[] = []
  private pongs = 0
  private closeCode: number | null = null

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.addEventListener('message', ({ data }) => {
      if (data === 'pong') this.pongs += 1
      const code = typeof data === 'string' && data.startsWith('{"type":"refused"') ? /"code":"(\w+)"/.exec(data)?.[1] : undefined
      if (code !== undefined) this.refusals.push(code)
    })
    socket.addEventListener('close', ({ code }) => (this.closeCode = code))
  }

  static async open(guest: Guest, room: RoomId, lane: LaneName, headers: Readonly<Record<string, string>> = {}, query = ''): Promise<RawSocket> {
    const url = `${guest.origin.replace(/^http/, 'ws')}/${socketPath(room, lane)}?since=0${query}`
    const raw = new RawSocket(new WebSocket(url, { headers: { ...headers, cookie: guest.cookie, origin: guest.origin } } as unknown as string[]))
    await waitFor('the socket opens', () => raw.socket.readyState === WebSocket.OPEN || raw.closeCode !== null)
    // As every client does: one that never spoke is soon nobody’s, and workerd is slow to end it.
    await raw.answered()
    return raw
  }

  /** The status by which an upgrade is refused; 101 when it is not. */
  static refusal(origin: string, room: RoomId, lane: LaneName, headers: Readonly<Record<string, string>>): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = get(new URL(`/${socketPath(room, lane)}`, origin), {
        headers: { ...headers, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' },
      })
      request.on('response', (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      request.on('upgrade', (_response, socket) => {
        socket.destroy()
        resolve(101)
      })
      request.on('error', reject)
    })
  }

  send(frame: string | Uint8Array): void {
    this.socket.send(frame)
  }

  /** Resolves when the room has read everything sent so far: it answered a later ping, or closed the socket. */
  async answered(): Promise<void> {
    const { pongs } = this
    if (this.closeCode === null) this.socket.send('ping')
    await waitFor('an answer', () => this.pongs > pongs || this.closeCode !== null)
  }

  /** The code with which it was closed; null while it is open. */
  get closedWith(): number | null {
    return this.closeCode
  }

  async closed(): Promise<number> {
    await waitFor('the close', () => this.closeCode !== null)
    return this.closeCode ?? 0
  }

  close(): void {
    this.socket.close()
  }
}
