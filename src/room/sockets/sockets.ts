// Every socket of the room, by lane. A frame is encoded once and goes to all sockets of its lane; a member's sockets can
// be closed together. Rebuilt from the runtime's own list when the room wakes from hibernation.
import type { Connection } from 'agents'
import type { Member } from '../../conversation/member'
import type { SessionMark } from '../../conversation/session-mark'
import type { LaneConnection, LaneName } from '../../lanes/lane'
import { Pace } from './pace'

/** What a socket keeps through hibernation. */
export interface SocketState {
  readonly lane: LaneName
  readonly member: Member
  /** From which network; null where none is known. */
  readonly address: string | null
  /** The session that opened it, which it does not outlive [R73]. */
  readonly session: SessionMark
}

export class Sockets {
  private readonly lanes = new Map<LaneName, Map<string, RoomSocket>>()
  private expiry = Infinity

  get size(): number {
    let size = 0
    for (const sockets of this.lanes.values()) size += sockets.size
    return size
  }

  count(lane: LaneName): number {
    return this.lanes.get(lane)?.size ?? 0
  }

  add(lane: LaneName, connection: RoomSocket): void {
    const sockets = this.lanes.get(lane) ?? new Map<string, RoomSocket>()
    sockets.set(connection.id, connection)
    this.expiry = Math.min(this.expiry, connection.session.until)
    this.lanes.set(lane, sockets)
  }

  find(lane: LaneName, id: string): RoomSocket | null {
    return this.lanes.get(lane)?.get(id) ?? null
  }

  remove(lane: LaneName, id: string): void {
    this.lanes.get(lane)?.delete(id)
  }

  /** Everybody's. */
  all(): readonly RoomSocket[] {
    return [...this.lanes.values()].flatMap((sockets) => [...sockets.values()])
  }

  countOfAddress(address: string | null): number {
    if (address === null) return 0
    let count = 0
    for (const sockets of this.lanes.values()) for (const socket of sockets.values()) if (socket.address === address) count += 1
    return count
  }

  /** The sockets of which this is true. */
  where(isMeant: (socket: RoomSocket) => boolean): readonly { readonly lane: LaneName; readonly connection: RoomSocket }[] {
    return [...this.lanes].flatMap(([lane, sockets]) => [...sockets.values()].filter(isMeant).map((connection) => ({ lane, connection })))
  }

  /** When the first of the sessions behind these sockets ends by itself, or an earlier moment, ms since 1970. */
  get nextExpiry(): number {
    return this.expiry
  }

  /** Looks again, after some have ended. */
  findExpiry(): void {
    this.expiry = Math.min(Infinity, ...[...this.lanes.values()].flatMap((sockets) => [...sockets.values()].map(({ session }) => session.until)))
  }

  broadcast(lane: LaneName, frame: string | Uint8Array): void {
    for (const connection of this.lanes.get(lane)?.values() ?? []) connection.deliver(frame)
  }
}

/** What a socket says to the room that holds it. */
export interface SocketEvents {
  /** So much was sent to this socket alone, in characters or bytes. */
  answered(socket: RoomSocket, length: number): void
  /** It was closed from here: it is nobody's any more, whether or not its client ever answers. */
  ended(socket: RoomSocket): void
}

/** The SDK's connection as a lane sees it: bound to the member that the session named, and closed when its client does not read. */
export class RoomSocket implements LaneConnection {
  readonly lane: LaneName
  readonly member: Member
  readonly session: SessionMark
  /** Whether it was closed from here. */
  isEnded = false
  /** When a frame last came from it, ms since 1970 by the runtime's own clock, as its word on pings is. */
  heardAt = Date.now()
  /** Whether a frame ever came; of a ping the runtime alone knows. */
  hasSpoken = false
  private readonly pace = new Pace()
  readonly address: string | null
  private readonly connection: Connection<SocketState>
  private readonly events: SocketEvents

  constructor(connection: Connection<SocketState>, { lane, member, session, address }: SocketState, events: SocketEvents) {
    this.connection = connection
    this.lane = lane
    this.member = member
    this.session = session
    this.address = address ?? null
    this.events = events
  }

  get id(): string {
    return this.connection.id
  }

  send(frame: string | Uint8Array): void {
    this.events.answered(this, frame.length)
    this.deliver(frame)
  }

  /** Sends what everybody gets. */
  deliver(frame: string | Uint8Array): void {
    if (this.isEnded) return
    // After the tick that is being sent: no lane loses a socket in the middle of one.
    if (this.pace.isTooFarBehind) return queueMicrotask(() => this.close(1013, 'too_slow'))
    try {
      this.connection.send(frame)
      const mark = this.pace.count(frame.length)
      if (mark !== null) this.connection.send(mark)
    } catch (error) {
      // Closed since the tick began: its close event follows. Asking every socket first would cost as much as the sending.
      if (this.connection.readyState === WebSocket.OPEN) throw error
    }
  }

  /** True when the frame says back a mark: then it is no business of the lane. */
  heard(frame: unknown): boolean {
    return typeof frame === 'string' && this.pace.heard(frame)
  }

  close(code: number, reason: string): void {
    if (this.isEnded) return
    this.isEnded = true
    this.connection.close(code, reason)
    this.events.ended(this)
  }
}
