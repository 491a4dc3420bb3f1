// The instance's ledger: what is rare and costly, counted per day (UTC) and kept in SQLite. Its surface only; how each
// thing is counted is in the modules beside it. Invariant: what was granted is counted before it is answered.
import { DurableObject } from 'cloudflare:workers'
import type { MemberId, RoomId } from '../conversation/ids'
import { accept, refuse, type Result } from '../conversation/refusal'
import { Buckets } from './buckets'
import { Budgets } from './budgets'
import { DAY_MS, DayCounts } from './day-counts'
import type { Left, LedgerSurface, Reservation, SocketPlace, Usage } from './ledger-surface'
import { limitsOf } from './limit-settings'
import { NEW_ROOMS, PER_DAY, RENAMES, ROOMS_PER_RENAME, SIGN_INS, type Standing } from './limits'
import { OpenSockets } from './open-sockets'
import { Posted, type PostedBytes, type PostsLeft } from './posted'

export class Ledger extends DurableObject<Env> implements LedgerSurface {
  private readonly counts = new DayCounts(this.ctx.storage.sql)
  private readonly budgets = new Budgets(this.ctx.storage.sql, limitsOf(this.env).budgets)
  private readonly posts = new Posted(this.counts)
  private readonly sockets = new OpenSockets(this.ctx.storage.sql)
  private readonly signIns = new Buckets(SIGN_INS)
  private readonly newRooms = new Buckets(NEW_ROOMS)
  private readonly renames = new Buckets(RENAMES)

  async signIn(address: string | null): Promise<Result> {
    const counted = this.byAddress(address)
    const wait = counted === null ? 0 : this.signIns.take(counted, this.now())
    if (wait > 0) return refuse('too_fast', 'Too many people came in from your network just now. Wait a moment and try again.', wait)
    return this.counts.take(
      'sign-in',
      [
        ...(counted === null ? [] : [{ key: counted, limit: PER_DAY.signIns.address, no: 'Too many people came in from your network today.' }]),
        { key: '', limit: PER_DAY.signIns.instance, no: 'Too many people came in today.' },
      ],
      this.now(),
    )
  }

  async newRoom(person: MemberId, address: string | null): Promise<Result> {
    const wait = this.newRooms.take(person, this.now())
    if (wait > 0) return refuse('too_fast', 'You made several rooms just now. Wait a moment before the next one.', wait)
    return this.counts.take('new-room', this.newRoomLimits(person, address), this.now())
  }

  async noNewRoom(person: MemberId, address: string | null): Promise<void> {
    this.counts.giveBack('new-room', this.newRoomLimits(person, address), this.now())
  }

  async rename(person: MemberId): Promise<Result> {
    const wait = this.renames.take(person, this.now())
    return wait > 0 ? refuse('too_fast', 'You took several names just now. Wait a moment before the next one.', wait) : accept(undefined)
  }

  async roomsToTell(person: MemberId): Promise<readonly RoomId[]> {
    const rooms = this.sockets.roomsOf(person)
    this.renames.charge(person, this.now(), rooms.length / ROOMS_PER_RENAME)
    return rooms
  }

  async openSocket(place: SocketPlace, standing: Standing): Promise<Result<Left>> {
    const opened = this.sockets.open({ ...place, address: this.byAddress(place.address) }, standing)
    if (!opened.ok) return opened
    return accept(await this.left(place))
  }

  async closeSocket(place: SocketPlace): Promise<void> {
    this.sockets.close({ ...place, address: this.byAddress(place.address) })
  }

  async present(room: RoomId, sockets: readonly Omit<SocketPlace, 'room'>[]): Promise<readonly Left[]> {
    this.sockets.replace(
      room,
      sockets.map((socket) => ({ ...socket, address: this.byAddress(socket.address) })),
    )
    // One person's many sockets from one place are asked about once.
    const known = new Map<string, Promise<Left>>()
    return Promise.all(
      sockets.map(({ person, address }) => {
        const who = `${person} ${address}`
        const left = known.get(who) ?? this.left({ room, person, address })
        known.set(who, left)
        return left
      }),
    )
  }

  async left({ person, room, address }: SocketPlace): Promise<Left> {
    const counted = this.byAddress(address)
    return { answers: this.budgets.allowance(person, room, counted, this.now()), posts: this.posts.left(person, counted, this.now()) }
  }

  async posted(posts: readonly PostedBytes[]): Promise<readonly PostsLeft[]> {
    const counted = posts.map((post) => ({ ...post, address: this.byAddress(post.address) }))
    for (const post of counted) this.posts.add(post, this.now())
    return counted.map(({ person, address }) => this.posts.left(person, address, this.now()))
  }

  async reserve({ person, room, address }: SocketPlace, tokens: number): Promise<Result<Reservation>> {
    return this.budgets.reserve(person, room, this.byAddress(address), tokens, this.now())
  }

  async settle(reservation: Reservation, tokens: number): Promise<void> {
    this.budgets.settle(reservation, tokens)
  }

  async setAccount(person: MemberId, isAccount: boolean): Promise<void> {
    this.budgets.setAccount(person, isAccount)
  }

  async setOwner(person: MemberId): Promise<void> {
    this.budgets.setOwner(person)
  }

  async usageToday(): Promise<Usage> {
    const now = this.now()
    const socketsOf = (kind: 'person' | 'room', id: string) => this.sockets.count(kind, id)
    const { instance, people, rooms } = this.budgets.today(now)
    return {
      resetsAt: (Math.floor(now / DAY_MS) + 1) * DAY_MS,
      limits: limitsOf(this.env).budgets,
      instance: { ...instance, signIns: this.counts.of('sign-in', '', now), newRooms: this.counts.of('new-room', '', now), sockets: this.sockets.total() },
      people: people.map((person) => ({ ...person, sockets: socketsOf('person', person.id) })),
      rooms: rooms.map((room) => ({ ...room, sockets: socketsOf('room', room.id) })),
    }
  }

  /** Server time, ms since 1970. */
  protected now(): number {
    return Date.now()
  }

  private newRoomLimits(person: MemberId, address: string | null) {
    const counted = this.byAddress(address)
    return [
      { key: `person ${person}`, limit: PER_DAY.newRooms.person, no: 'You have made as many rooms as one person may in a day.' },
      ...(counted === null ? [] : [{ key: `address ${counted}`, limit: PER_DAY.newRooms.address, no: 'Too many rooms were made from your network today.' }]),
      { key: '', limit: PER_DAY.newRooms.instance, no: 'Too many rooms were made today.' },
    ]
  }

  /** Null where addresses are not counted. */
  private byAddress(address: string | null): string | null {
    return limitsOf(this.env).addressLimits ? address : null
  }
}
