// Whether somebody gets a socket here. Decided before the upgrade, where a client can still read why not.
import type { RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { accept, refusalResponse, refuse, type Result } from '../../conversation/refusal'
import type { RoomLedger } from '../limits/room-ledger'
import type { RoomLimits } from '../limits/room-limits'
import { refusePlace } from '../limits/socket-places'
import type { Members } from '../members/members'
import { unavailable } from '../unavailable'
import type { Attendance } from './attendance'
import { EndedSessions } from './ended-sessions'
import type { Sockets } from './sockets'
import { readUpgrade } from './upgrade'

export interface DoorPort {
  room(): RoomId
  readonly sockets: Sockets
  readonly members: Members
  readonly limits: RoomLimits
  readonly account: RoomLedger
  readonly attendance: Attendance
  /** Whether the sockets of a network are counted. */
  readonly countsAddresses: boolean
  /** Server time, ms since 1970. */
  now(): number
}

export class Door {
  /** Sessions in whose name nothing is opened any more. */
  private readonly ended = new EndedSessions()
  private readonly port: DoorPort

  constructor(port: DoorPort) {
    this.port = port
  }

  /** A session ended: its sockets are closed, and none is opened in its name [R73]. */
  endSession(hash: string): void {
    this.ended.add(hash, this.port.now())
    this.port.attendance.close((socket) => socket.session.hash === hash, 'not_signed_in')
  }

  /** The answer to an upgrade that is refused; undefined lets it through. */
  async refuseUpgrade(request: Request): Promise<Response | undefined> {
    try {
      const upgrade = readUpgrade(request.headers)
      const now = this.port.now()
      const over = upgrade !== null && (upgrade.session.until <= now || this.ended.has(upgrade.session.hash, now))
      const admitted = upgrade && !over ? await this.takePlace(upgrade.member, upgrade.address) : refuse('not_signed_in', 'Sign in first.')
      return admitted.ok ? undefined : refusalResponse(admitted.refusal)
    } catch (cause) {
      // Thrown on, the SDK would open the socket and send the stack.
      return refusalResponse(unavailable('a socket could not be admitted', { room: this.port.room() }, cause).refusal)
    }
  }

  /** Whether an upgrade would be let through now: as `refuseUpgrade`, but nothing stays counted. */
  async admit(person: Member, address: string | null): Promise<Result> {
    const admitted = await this.takePlace(person, address)
    if (admitted.ok) this.port.account.closeSocket(person.id, address)
    return admitted
  }

  /** Counts one more socket over all rooms. What is open here is looked at last, with nothing awaited after it, so that many at once are too many. */
  private async takePlace(person: Member, address: string | null): Promise<Result> {
    const { members, sockets, limits, account, attendance, countsAddresses } = this.port
    const entered = members.enter(person, null, this.port.now())
    if (!entered.ok) return entered
    attendance.tellNames(entered.value.renamed)
    attendance.closeSilent()
    const standing = members.standingOf(person.id, this.port.now())
    const reading = limits.refuseReading({ person: person.id, address }, this.port.now())
    if (reading) return { ok: false, refusal: reading }
    const counted = await account.openSocket(person.id, address, standing)
    if (!counted.ok) return counted
    const ofAddress = countsAddresses ? sockets.countOfAddress(address) : 0
    const full = refusePlace({ all: sockets.size, ofPerson: members.socketsOf(person.id), ofAddress }, standing)
    if (!full) return accept(undefined)
    account.closeSocket(person.id, address)
    return { ok: false, refusal: full }
  }
}
