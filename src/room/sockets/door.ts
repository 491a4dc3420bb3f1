// Whether somebody gets a socket here. Decided before the upgrade, where a client can still read why not.
import type { MemberId, RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { SessionMark } from '../../conversation/session-mark'
import { accept, refusalResponse, refuse, type Result } from '../../conversation/refusal'
import type { RoomLedger } from '../limits/room-ledger'
import type { RoomLimits } from '../limits/room-limits'
import { refusePlace } from '../limits/socket-places'
import type { Members } from '../members/members'
import type { Rights } from '../members/rights'
import { unavailable } from '../unavailable'
import type { Attendance } from './attendance'
import type { Sockets } from './sockets'
import { readUpgrade } from './upgrade'

export interface DoorPort {
  room(): RoomId
  readonly sockets: Sockets
  readonly members: Members
  readonly rights: Rights
  readonly limits: RoomLimits
  readonly account: RoomLedger
  readonly attendance: Attendance
  /** Whether the sockets of a network are counted. */
  readonly countsAddresses: boolean
  /** Server time, ms since 1970. */
  now(): number
}

export class Door {
  private readonly port: DoorPort

  constructor(port: DoorPort) {
    this.port = port
  }

  /** A session ended: its sockets are closed, and none is opened in its name [R73]. */
  endSession(hash: string): void {
    this.port.rights.endSession(hash, this.port.now())
    this.port.attendance.close((socket) => socket.session.hash === hash, 'not_signed_in')
  }

  /** An account is gone: as `endSession`, for all its sessions [R76]. */
  endAccount(person: MemberId): void {
    this.port.rights.endAccount(person, this.port.now())
    this.port.attendance.close(({ member }) => member.id === person, 'not_signed_in')
  }

  /** The answer to an upgrade that is refused; undefined lets it through. */
  async refuseUpgrade(request: Request): Promise<Response | undefined> {
    try {
      const upgrade = readUpgrade(request.headers)
      const admitted = upgrade ? await this.takePlace(upgrade.member, upgrade.address, upgrade.session) : refuse('not_signed_in', 'Sign in first.')
      return admitted.ok ? undefined : refusalResponse(admitted.refusal)
    } catch (cause) {
      // Thrown on, the SDK would open the socket and send the stack.
      return refusalResponse(unavailable('a socket could not be admitted', { room: this.port.room() }, cause).refusal)
    }
  }

  /** Whether an upgrade would be let through now: as `refuseUpgrade`, but nothing stays counted. */
  async admit(person: Member, address: string | null): Promise<Result> {
    const admitted = await this.takePlace(person, address, null)
    if (admitted.ok) this.port.account.closeSocket(person.id, address)
    return admitted
  }

  /**
   * Counts one more socket over all rooms. What is open here, and whether this person may still come, is looked at last, with
   * nothing awaited after it: so that many at once are too many, and a removal meanwhile is heeded.
   */
  private async takePlace(person: Member, address: string | null, session: SessionMark | null): Promise<Result> {
    const { members, rights, sockets, limits, account, attendance, countsAddresses } = this.port
    // Before anybody is made a member.
    if (session !== null && rights.isOver(session, this.port.now())) return refuse('not_signed_in', 'Sign in first.')
    const entered = rights.enter(person, null, this.port.now())
    if (!entered.ok) return entered
    attendance.tellNames(entered.value.renamed)
    attendance.closeSilent()
    const standing = members.standingOf(person.id, this.port.now())
    const reading = limits.refuseReading({ person: person.id, address }, this.port.now())
    if (reading) return { ok: false, refusal: reading }
    const counted = await account.openSocket(person.id, address, standing)
    if (!counted.ok) return counted
    const ofAddress = countsAddresses ? sockets.countOfAddress(address) : 0
    const refusal =
      rights.refuse(person.id, session, this.port.now()) ?? refusePlace({ all: sockets.size, ofPerson: members.socketsOf(person.id), ofAddress }, standing)
    if (!refusal) return accept(undefined)
    account.closeSocket(person.id, address)
    return { ok: false, refusal }
  }
}
