// Sockets between clients and a room in memory. Frames arrive in order, when the test lets time pass; a held network
// keeps what clients say until it is released.
import type { LaneConnection } from '../../lane'
import { ADA, type FakeRoom } from './fake-room'

export interface FakeConnection extends LaneConnection {
  /** Drops it, as a network does. */
  drop(): void
}

export class FakeNetwork {
  /** Every frame to any client, and from any client. */
  readonly down: string[] = []
  readonly up: string[] = []
  readonly closed: number[] = []
  online = true
  private held: (() => void)[] | null = null

  readonly WebSocket: typeof WebSocket

  constructor(room: FakeRoom) {
    this.WebSocket = socketClass(room, this)
  }

  /** Keeps everything that clients say. */
  hold(): void {
    this.held = []
  }

  release(): void {
    const { held } = this
    this.held = null
    for (const deliver of held ?? []) deliver()
  }

  carryUp(deliver: () => void): void {
    if (this.held) this.held.push(deliver)
    else queueMicrotask(deliver)
  }

  bytesDown(): number {
    return this.down.reduce((sum, frame) => sum + new TextEncoder().encode(frame).length, 0)
  }

  forget(): void {
    this.down.length = 0
    this.up.length = 0
  }
}

function socketClass(room: FakeRoom, network: FakeNetwork): typeof WebSocket {
  let made = 0
  class FakeSocket extends EventTarget {
    readyState = 0
    binaryType = 'blob'
    private readonly connection: FakeConnection

    constructor(url: string | URL) {
      super()
      this.connection = {
        id: String(made++),
        member: ADA,
        send: (frame) => {
          network.down.push(String(frame))
          queueMicrotask(() => this.readyState === 1 && this.dispatchEvent(new MessageEvent('message', { data: frame })))
        },
        close: (code) => {
          network.closed.push(code)
          this.end(code)
        },
        drop: () => this.end(1006),
      }
      queueMicrotask(() => (network.online ? this.open(new URL(url)) : this.end(1001)))
    }

    send(frame: string): void {
      if (frame === 'ping') return void this.dispatchEvent(new MessageEvent('message', { data: 'pong' }))
      network.up.push(frame)
      network.carryUp(() => this.readyState === 1 && room.lane.message(this.connection, frame))
    }

    close(code = 1000): void {
      this.end(code)
    }

    private open(url: URL): void {
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
      const since = url.searchParams.get('since')
      room.lane.join(this.connection, since === null ? null : Number(since))
      room.connections.add(this.connection)
    }

    private end(code: number): void {
      if (this.readyState === 3) return
      this.readyState = 3
      room.connections.delete(this.connection)
      this.dispatchEvent(Object.assign(new Event('close'), { code, reason: '' }))
    }
  }
  // Only what a reconnecting socket uses of one.
  return FakeSocket as unknown as typeof WebSocket
}
