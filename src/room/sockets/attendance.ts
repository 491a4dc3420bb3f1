// Who is in the room: every socket from its opening to its end, with its lane, the ledger and the others told of it.
// Invariants: nobody joins, stays or asks here who may not be in the room at that moment [R38]; and a socket that is closed
// here is forgotten at once, whatever the network makes of it [R39].
import type { Connection, WSMessage } from 'agents'
import type { RoomEvent } from '../../conversation/event'
import type { MemberId, RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { MAX_FRAME_LENGTH } from '../../conversation/message'
import type { RefusalCode } from '../../conversation/refusal'
import type { LaneConnection } from '../../lanes/lane'
import type { LaneName } from '../../lanes/lanes'
import { FIRST_WORD_MS, SILENT_AFTER_MS } from '../../limits/limits'
import type { RoomLedger } from '../limits/room-ledger'
import type { Asker, RoomLimits } from '../limits/room-limits'
import type { Members } from '../members/members'
import type { Rights } from '../members/rights'
import type { LaneSet } from '../ticks/lane-set'
import { unavailable } from '../unavailable'
import { maySayClose } from './close-code'
import { RoomSocket, type SocketEvents, type Sockets, type SocketState } from './sockets'
import { readUpgrade, sinceOf } from './upgrade'

export interface AttendancePort {
  room(): RoomId
  readonly sockets: Sockets
  readonly lanes: LaneSet
  readonly members: Members
  readonly rights: Rights
  readonly limits: RoomLimits
  readonly account: RoomLedger
  /** The runtime's own list of the sockets that are open. */
  connections(): Iterable<Connection<SocketState>>
  /** When a socket last sent a ping, which the runtime answers by itself: ms since 1970, 0 for never. */
  pingedAt(connection: Connection<SocketState>): number
  publish(event: RoomEvent): void
  /** Keeps the room awake until then, and runs this after so many ms. */
  later(run: () => void, ms: number): void
  /** Server time, ms since 1970. */
  now(): number
}

export class Attendance {
  private readonly port: AttendancePort
  private sweptAt = 0
  private readonly events: SocketEvents = {
    answered: (socket, length) => this.port.limits.hasRead(askerBehind(socket), length, this.port.now()),
    ended: (socket) => this.forget(socket),
  }

  constructor(port: AttendancePort) {
    this.port = port
  }

  /** A room that wakes has its sockets still. */
  wake(): void {
    for (const connection of this.port.connections()) this.rejoin(connection)
  }

  /** A socket opened, by a request of the app's making, which the door let through: but then others had their turn. */
  join(connection: Connection<SocketState>, request: Request): void {
    const { lanes, members, sockets, rights, account } = this.port
    const upgrade = readUpgrade(request.headers)
    const lane = upgrade && lanes.get(upgrade.lane)
    if (!upgrade || !lane) return connection.close(1008, 'not_signed_in')
    const refusal = rights.refuse(upgrade.member.id, upgrade.session, this.port.now())
    if (refusal) {
      account.closeSocket(upgrade.member.id, upgrade.address)
      return connection.close(1008, refusal.code)
    }
    // As the room calls them: somebody else may look like them here.
    const { id, name, kind } = members.find(upgrade.member.id) ?? upgrade.member
    const state = { ...upgrade, member: { id, name, kind } }
    connection.setState(state)
    const joined = this.socketOf(connection, state)
    lane.join(joined, sinceOf(request.url))
    if (joined.isEnded) return account.closeSocket(id, upgrade.address)
    sockets.add(upgrade.lane, joined)
    if (members.arrive(id)) this.tellArrival(state.member)
    this.port.later(() => this.closeUnheard(connection, joined), FIRST_WORD_MS)
  }

  /** A frame from a client. Nothing in it is to be trusted. */
  hear(connection: Connection<SocketState>, frame: WSMessage): void {
    const joined = this.joined(connection)
    const lane = connection.state && this.port.lanes.get(connection.state.lane)
    if (!joined || !lane) return connection.close(1008, 'not_a_member')
    const refusal = this.port.rights.refuse(joined.member.id, joined.session, this.port.now())
    if (refusal) return joined.close(1008, refusal.code)
    joined.heardAt = Date.now()
    joined.hasSpoken = true
    // Closed, and still talking: answers would only pile up.
    if (connection.readyState !== WebSocket.OPEN || joined.heard(frame)) return
    const length = typeof frame === 'string' ? frame.length : frame.byteLength
    if (length > MAX_FRAME_LENGTH) return joined.close(1009, 'frame_too_large')
    if (!this.port.limits.takesFrame(askerBehind(joined), length)) return joined.close(1013, 'too_fast')
    if (typeof frame !== 'string' && !(frame instanceof ArrayBuffer)) return joined.close(1007, 'malformed')
    this.port.account.note(joined.member.id, joined.address)
    try {
      lane.message(joined, frame)
    } catch (cause) {
      // Without an answer its client would wait for ever; closed, it comes back, and is told why it cannot when that is so.
      unavailable('a frame could not be answered', { room: this.port.room(), lane: connection.state?.lane }, cause)
      joined.close(1013, 'unavailable')
    }
  }

  /** A socket closed, from whichever end. */
  leave(connection: Connection<SocketState>, code: number): void {
    const joined = this.joined(connection)
    if (joined) this.forget(joined)
    // Without an answer the client's own close may never complete.
    connection.close(maySayClose(code) ? code : 1000)
  }

  /** Closes the sockets of which this is true. */
  close(isMeant: (socket: RoomSocket) => boolean, reason: RefusalCode): void {
    for (const { connection } of this.port.sockets.where(isMeant)) connection.close(1008, reason)
    this.port.sockets.findExpiry()
  }

  /** Closes those whose sessions have run out. */
  closeExpired(): void {
    const now = this.port.now()
    if (this.port.sockets.nextExpiry <= now) this.close(({ session }) => session.until <= now, 'not_signed_in')
  }

  /** Whatever happens in the room, and whoever comes in, has those put out who are not there any more; see SILENT_AFTER_MS. */
  closeSilent(now = Date.now()): void {
    if (now < this.sweptAt + SILENT_AFTER_MS / 6) return
    this.sweptAt = now
    for (const connection of this.port.connections()) {
      const joined = this.joined(connection)
      if (joined && now - Math.max(this.port.pingedAt(connection), joined.heardAt) > SILENT_AFTER_MS) joined.close(1013, 'silent')
    }
  }

  /** A connection that broke off while it was upgraded can leave a socket that nobody holds, and that never says so. */
  private closeUnheard(connection: Connection<SocketState>, joined: RoomSocket): void {
    if (!joined.hasSpoken && this.port.pingedAt(connection) === 0) joined.close(1013, 'silent')
  }

  /** The names of those among them who are here are others now. */
  tellNames(members: readonly Member[]): void {
    for (const { id, name, kind } of members) if (this.port.members.isHere(id)) this.tellArrival({ id, name, kind })
  }

  /** Who reads on a socket that a lane holds. */
  askerOn(lane: LaneName, { id, member }: LaneConnection): Asker {
    return { person: member.id, address: this.port.sockets.find(lane, id)?.address ?? null }
  }

  private rejoin(connection: Connection<SocketState>): void {
    const { state } = connection
    // One that was closed before the room slept, and whose client never answered, is not here.
    if (!state || connection.readyState !== WebSocket.OPEN) return
    // Opened before an upgrade of Parley, when sockets knew no session: its client comes back by itself.
    if (!state.session) return connection.close(1012, 'restarted')
    const refusal = this.port.rights.refuse(state.member.id, state.session, this.port.now())
    if (refusal) return connection.close(1008, refusal.code)
    this.port.sockets.add(state.lane, this.socketOf(connection, state))
    this.port.members.arrive(state.member.id)
  }

  private socketOf(connection: Connection<SocketState>, state: SocketState): RoomSocket {
    return new RoomSocket(connection, state, this.events)
  }

  private joined(connection: Connection<SocketState>): RoomSocket | null {
    return connection.state ? this.port.sockets.find(connection.state.lane, connection.id) : null
  }

  /** Once, though a socket's end is heard of from both its ends. */
  private forget(socket: RoomSocket): void {
    const { sockets, lanes, members, account } = this.port
    if (sockets.find(socket.lane, socket.id) !== socket) return
    sockets.remove(socket.lane, socket.id)
    lanes.get(socket.lane)?.leave(socket)
    account.closeSocket(socket.member.id, socket.address)
    if (members.depart(socket.member.id)) this.tellDeparture(socket.member.id)
  }

  private tellArrival(member: Member): void {
    this.port.publish({ type: 'arrived', member, hereCount: this.port.members.hereCount })
  }

  private tellDeparture(memberId: MemberId): void {
    this.port.publish({ type: 'left', memberId, hereCount: this.port.members.hereCount })
  }
}

function askerBehind({ member, address }: RoomSocket): Asker {
  return { person: member.id, address }
}
