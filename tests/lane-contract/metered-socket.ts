// The WebSocket of Node, signed in as a guest, counting what it receives.
import type { Guest } from '../support/guest'

export interface Meter {
  frames: number
  bytes: number
}

export interface MeteredSockets {
  readonly WebSocket: typeof WebSocket
  readonly meter: Meter
  /** Closes every open socket, without a word to the client above. */
  dropAll(): void
}

export function meteredSockets(guest: Guest): MeteredSockets {
  const meter: Meter = { frames: 0, bytes: 0 }
  const open = new Set<WebSocket>()
  class GuestSocket extends WebSocket {
    constructor(url: string | URL) {
      // Node's WebSocket takes headers here; the DOM's type does not know it.
      super(url, { headers: { cookie: guest.cookie, origin: guest.origin } } as unknown as string[])
      open.add(this)
      this.addEventListener('close', () => open.delete(this))
      this.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
        meter.frames += 1
        meter.bytes += typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
      })
    }
  }
  return { WebSocket: GuestSocket, meter, dropAll: () => open.forEach((socket) => socket.close()) }
}
