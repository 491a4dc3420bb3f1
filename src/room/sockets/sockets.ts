// Every socket of the room, by lane. A frame is encoded once and goes to all sockets of its lane; a member's sockets can
// be closed together. Rebuilt from the runtime's own list when the room wakes from hibernation.
import type { Connection } from 'agents'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { LaneConnection, LaneName } from '../../lanes/lane'
import { Pace } from './pace'

/** What a socket keeps through hibernation. */
export interface SocketState {
  readonly lane: LaneName
  readonly member: Member
}

/** Sockets in one room, all lanes together. One object is one thread: beyond this the tick no longer fits in 100 ms. */
export const MAX_SOCKETS = 3_000

/**
 * Sockets of one person in one room. Twenty tabs and devices are more than anybody reads, and after a change of networks
 * each may come back before its old socket was found dead. Without this, one person could fill the room.
 */
export const MAX_SOCKETS_OF_PERSON = 40

export class Sockets {
  private readonly lanes = new Map<LaneName, Map<string, RoomSocket>>()

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
    this.lanes.set(lane, sockets)
  }

  find(lane: LaneName, id: string): RoomSocket | null {
    return this.lanes.get(lane)?.get(id) ?? null
  }

  remove(lane: LaneName, id: string): void {
    this.lanes.get(lane)?.delete(id)
  }

  ofMember(id: MemberId): readonly { readonly lane: LaneName; readonly connection: LaneConnection }[] {
    return [...this.lanes].flatMap(([lane, sockets]) =>
      [...sockets.values()].filter((connection) => connection.member.id === id).map((connection) => ({ lane, connection })),
    )
  }

  broadcast(lane: LaneName, frame: string | Uint8Array): void {
    for (const connection of this.lanes.get(lane)?.values() ?? []) connection.send(frame)
  }
}

/** The SDK's connection as a lane sees it: bound to the member that the session named, and closed when its client does not read. */
export class RoomSocket implements LaneConnection {
  readonly member: Member
  private readonly pace = new Pace()
  private readonly connection: Connection<SocketState>

  constructor(connection: Connection<SocketState>, member: Member) {
    this.connection = connection
    this.member = member
  }

  get id(): string {
    return this.connection.id
  }

  send(frame: string | Uint8Array): void {
    if (this.pace.isTooFarBehind) return this.close(1013, 'too_slow')
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
    this.connection.close(code, reason)
  }
}
