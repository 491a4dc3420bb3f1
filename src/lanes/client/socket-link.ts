// Keeps a reconnecting socket honest: says how it stands, notices when it is dead without a close, and learns why it
// was refused, which the browser does not tell.
import type ReconnectingWebSocket from 'partysocket/ws'
import type { Connection } from '../../conversation/room-client'
import type { Refusal } from '../../conversation/refusal'
import { ifHad } from '../../ui/basics/browser'
import { READ_MARK } from '../read-mark'

/** Anything the room says within this time of a quiet spell's end proves that the socket lives, ms. */
const PONG_WITHIN_MS = 10_000
/** A ping goes out after this long without a word from the room, ms; the runtime answers without waking the room. */
const QUIET_MS = 20_000
/** And so often at least, ms, also where the room never falls quiet: it closes a socket that says nothing for minutes. */
const PING_EVERY_MS = 60_000

/**
 * How long a client waits before it tries again, ms: soon enough for a person not to notice a short gap, drawn at random
 * so that a room's clients do not all return in the same instant, and growing while the room stays away.
 */
export const RECONNECTION = {
  minReconnectionDelay: 200 + Math.random() * 600,
  maxReconnectionDelay: 10_000,
  reconnectionDelayGrowFactor: 1.5,
  minUptime: 1_000,
} as const

/** The statuses of refusals that, unless they name a wait, stay until their person does something: sign in, ask for an invitation, close other tabs. */
const STAYS_REFUSED: readonly number[] = [401, 403, 404, 429]

const SIGNED_OUT: Refusal = { code: 'not_signed_in', message: 'You are signed out.' }
const DELETED: Refusal = { code: 'no_such_room', message: 'This room was deleted.' }
const REMOVED: Refusal = { code: 'not_a_member', message: 'You are not in this room any more.' }

export interface LinkPort {
  /** The socket's own address over HTTP: asked without an upgrade, it says why an upgrade would be refused. */
  readonly httpUrl: string
  readonly fetch: typeof fetch
  show(connection: Connection): void
  opened(): void
  received(data: string | ArrayBuffer): void
  /** The room shut us out; there is no use in trying again. */
  ended(refusal: Refusal): void
}

export class SocketLink {
  private socket: ReconnectingWebSocket | null = null
  private wasOpen = false
  /** Since it was started. */
  private wasEverOpen = false
  private quiet: ReturnType<typeof setTimeout> | undefined
  private pinging: ReturnType<typeof setInterval> | undefined
  private readonly connect: () => ReconnectingWebSocket
  private readonly port: LinkPort

  /** `connect` makes the socket, which opens by itself. */
  constructor(connect: () => ReconnectingWebSocket, port: LinkPort) {
    this.connect = connect
    this.port = port
  }

  start(): void {
    if (this.socket) return
    const socket = this.connect()
    this.socket = socket
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', this.onOpen)
    socket.addEventListener('message', this.onMessage)
    socket.addEventListener('close', this.onClose)
    globalThis.addEventListener?.('online', this.onOnline)
    globalThis.addEventListener?.('offline', this.onOffline)
  }

  /** False when the socket is not open: what was to be sent must be sent again after the next `opened`. */
  send(data: string): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false
    this.socket.send(data)
    return true
  }

  /** Drops the socket and comes back at once. */
  reconnect(): void {
    this.socket?.reconnect()
  }

  close(): void {
    const { socket } = this
    if (!socket) return
    this.port.show('connecting')
    this.socket = null
    this.wasEverOpen = false
    this.stopPinging()
    globalThis.removeEventListener?.('online', this.onOnline)
    globalThis.removeEventListener?.('offline', this.onOffline)
    socket.removeEventListener('open', this.onOpen)
    socket.removeEventListener('message', this.onMessage)
    socket.removeEventListener('close', this.onClose)
    socket.close(1000)
  }

  private readonly onOpen = (): void => {
    this.wasOpen = true
    this.wasEverOpen = true
    // Local workerd keeps a socket that never said anything open for ten seconds after closing it.
    this.socket?.send('ping')
    this.port.show('connected')
    this.listenOn()
    clearInterval(this.pinging)
    this.pinging = setInterval(() => this.socket?.send('ping'), PING_EVERY_MS)
    this.port.opened()
  }

  private readonly onMessage = (event: MessageEvent): void => {
    this.listenOn()
    if (event.data === 'pong') return
    if (typeof event.data === 'string' && event.data.startsWith(READ_MARK)) {
      this.send(event.data)
      return
    }
    this.port.received(event.data as string | ArrayBuffer)
  }

  private readonly onClose = (event: CloseEvent): void => {
    this.stopPinging()
    this.port.show(isOffline() ? 'offline' : this.wasEverOpen ? 'reconnecting' : 'connecting')
    if (event.code === 1008) return this.end(event.reason === 'not_signed_in' ? SIGNED_OUT : event.reason === 'no_such_room' ? DELETED : REMOVED)
    // An attempt that never opened may have been refused: the browser knows, and does not say.
    if (!this.wasOpen) void this.askWhy()
    this.wasOpen = false
  }

  private readonly onOnline = (): void => this.reconnect()

  private readonly onOffline = (): void => {
    this.port.show('offline')
    this.reconnect()
  }

  private stopPinging(): void {
    clearTimeout(this.quiet)
    clearInterval(this.pinging)
  }

  private listenOn(): void {
    clearTimeout(this.quiet)
    this.quiet = setTimeout(() => {
      this.socket?.send('ping')
      this.quiet = setTimeout(() => this.reconnect(), PONG_WITHIN_MS)
    }, QUIET_MS)
  }

  private async askWhy(): Promise<void> {
    try {
      const response = await this.port.fetch(this.port.httpUrl, { headers: { accept: 'application/json' } })
      if (!STAYS_REFUSED.includes(response.status)) return
      const { refusal } = await response.json<{ refusal: Refusal }>()
      // Over after a wait: the socket goes on trying.
      if (refusal.retryAfterMs !== undefined) return
      this.end(refusal)
    } catch {
      // No network, no answer: the socket keeps trying, and the next close asks again.
    }
  }

  private end(refusal: Refusal): void {
    if (!this.socket) return
    this.close()
    this.port.show('offline')
    this.port.ended(refusal)
  }
}

function isOffline(): boolean {
  return ifHad(() => navigator.onLine) === false
}
