// Every socket of the room, by lane. A frame is encoded once and goes to all sockets of its lane; a member's sockets can
// be closed together. Rebuilt from the runtime's own list when the room wakes from hibernation.
import type { Connection } from 'agents'
import type { MemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { LaneConnection, LaneName } from '../lanes/lane'

/** What a socket keeps through hibernation. */
export interface SocketState {
  readonly lane: LaneName
  readonly member: Member
}

/** Sockets in one room, all lanes together. One object is one thread: beyond this the tick no longer fits in 100 ms. */
export const MAX_SOCKETS = 3_000

export class Sockets {
  private readonly lanes = new Map<LaneName, Map<string, LaneConnection>>()

  get size(): number {
    let size = 0
    for (const sockets of this.lanes.values()) size += sockets.size
    return size
  }

  count(lane: LaneName): number {
    return this.lanes.get(lane)?.size ?? 0
  }

  add(lane: LaneName, connection: LaneConnection): void {
    const sockets = this.lanes.get(lane) ?? new Map<string, LaneConnection>()
    sockets.set(connection.id, connection)
    this.lanes.set(lane, sockets)
  }

  find(lane: LaneName, id: string): LaneConnection | null {
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

/** The SDK's connection as a lane sees it: bound to the member that the session named. */
export function laneConnection(connection: Connection<SocketState>, member: Member): LaneConnection {
  return {
    id: connection.id,
    member,
    send(frame) {
      // A socket may die between the tick's start and its turn; its close event follows.
      if (connection.readyState === WebSocket.OPEN) connection.send(frame)
    },
    close(code, reason) {
      connection.close(code, reason)
    },
  }
}
