// One room: the truth (SQLite), the agents' turns, and every socket of every lane, in one Durable Object. This is its
// surface only; what each request means is in the modules beside it.
import { Agent, type Connection, type ConnectionContext, type WSMessage } from 'agents'
import type { Grant } from '../agents/grant'
import type { RosterAgent } from '../agents/roster'
import type { Command } from '../conversation/command'
import type { RoomEvent } from '../conversation/event'
import { LOBBY, type MemberId, type RoomId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { MAX_FRAME_LENGTH, type Message } from '../conversation/message'
import { HERE_PAGE, lengthOfPage, type Page } from '../conversation/page'
import { accept, refusalResponse, refuse, type RefusalCode, type Result } from '../conversation/refusal'
import type { LaneConnection, LaneFactory, LanePort } from '../lanes/lane'
import { LANES, type LaneName } from '../lanes/lanes'
import type { LedgerSurface } from '../limits/ledger-surface'
import { limitsOf } from '../limits/limit-settings'
import { SILENT_AFTER_MS } from '../limits/limits'
import type { AnswerChunk } from '../models/answer'
import { runCommand } from './commands/commands'
import { Edition } from './history/edition'
import { History } from './history/history'
import { LaneSet } from './ticks/lane-set'
import { KEPT_DELETED_MS, Members, type Access, type Membership } from './members/members'
import { Outbox } from './ticks/outbox'
import { Allowances } from './limits/allowances'
import { PostSpace } from './limits/post-space'
import { RoomLimits } from './limits/room-limits'
import { refusePlace } from './limits/socket-places'
import { Whereabouts } from './limits/whereabouts'
import { askerOf, MANY_PEOPLE } from './commands/stopping'
import { catchUpFrom, pageBefore, snapshotOf } from './history/reading'
import { recoverOrphans } from './turns/recovery'
import { bringUpToDate } from './storage/schema'
import { EndedSessions } from './sockets/ended-sessions'
import { maySayClose } from './sockets/close-code'
import { RoomSocket, Sockets, type SocketState } from './sockets/sockets'
import type { OpenedRoom, RoomFigures, RoomSurface, Visit } from './surface'
import { Turns } from './turns/turns'
import { readUpgrade, sinceOf } from './sockets/upgrade'
import { unavailable } from './unavailable'

/** Members named in the owner's list, and known to a message that speaks to one of them, at most. */
const MEMBERSHIPS_SHOWN = 500

/** People here of whom a model is told, at most. */
const TOLD_TO_MODELS = 100

/** What a turn is given to speak with. */
export interface SpeakRequest {
  readonly reply: Message
  readonly roomName: string
  readonly here: readonly Member[]
  readonly history: History
  readonly signal: AbortSignal
  /** Asks for a call of a model, which somebody's budget pays for. */
  readonly grant: Grant
}

export abstract class Room extends Agent<Env> implements RoomSurface {
  /** Each lane's encoder. */
  protected abstract laneFactories(): Readonly<Record<LaneName, LaneFactory>>
  /** The room's agents. */
  protected abstract roster(): readonly RosterAgent[]
  /** What a reply's author says, chunk by chunk. */
  protected abstract speak(request: SpeakRequest): AsyncIterable<AnswerChunk>
  /** The instance's ledger, which counts what the room cannot: sockets over all rooms, and what models cost. */
  protected abstract ledger(): LedgerSurface | null
  /** Whether answers cost anything: the built-in guide's do not. */
  protected abstract isMetered(): boolean

  private readonly sockets = new Sockets()
  private readonly limits = new RoomLimits(limitsOf(this.env))
  private readonly allowances = new Allowances()
  private readonly whereabouts = new Whereabouts()
  private readonly space = new PostSpace({
    isCounting: () => limitsOf(this.env).requestLimits && this.ledger() !== null,
    size: () => this.ctx.storage.sql.databaseSize,
    report: (posted) => this.asked('what was posted could not be counted', (ledger) => ledger.posted(posted)),
    keep: (work) => this.ctx.waitUntil(work),
  })
  private sweptAt = 0
  /** How long the edition is that a page was last told of. */
  private told: { readonly edition: string; readonly length: number } = { edition: '', length: 0 }
  private readonly ended = new EndedSessions()
  private readonly outbox = new Outbox(
    () => this.sockets.size,
    (events) => this.tick(events),
  )
  private readonly lanes = new LaneSet(this.sockets)
  private readonly edition = new Edition()
  private history = new History(this.startedSql())
  private members = new Members(this.ctx.storage.sql, this.agentMembers())
  private readonly turns = new Turns(this.turnsPort())

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.lifecycle.use({ onWebSocketUpgrade: ({ request }) => this.refuseUpgrade(request) })
  }

  override async onStart(): Promise<void> {
    // Answered by the runtime: a ping neither wakes the room nor keeps it awake.
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    if (this.name === LOBBY) this.members.create('Lobby', 'open', null, this.now())
    this.members.fillIn(this.now())
    for (const name of LANES) await this.lanes.add(name, this.laneFactories()[name](this.portOf(name)))
    for (const connection of this.getConnections<SocketState>()) this.rejoin(connection)
    const sockets = this.sockets.all().map(({ member, address }) => ({ person: member.id, address }))
    // Waited for, before anything of theirs is heard: with its sleep a room forgot what they may still post.
    const left = await this.asked('the sockets of a room could not be counted', (ledger) => ledger.present(this.roomId, sockets))
    for (const [n, { person, address }] of sockets.entries()) {
      this.whereabouts.note(person, address)
      const posts = left?.[n]
      if (posts) this.space.learn(person, posts)
    }
    recoverOrphans(this.history, this.turns, (event) => this.outbox.add(event))
  }

  // ——— RPC: what the web app asks

  async create(name: string, access: Access, owner: Member | null): Promise<Result> {
    return this.members.create(name, access, owner, this.now())
  }

  async enter(person: Member, invite: string | null): Promise<Result<Visit>> {
    const entered = this.members.enter(person, invite, this.now())
    const room = this.members.room()
    if (!entered.ok) return entered
    if (!room) return refuse('no_such_room', 'There is no room at this address.')
    // Where only the invited come in, an open room has invitations too.
    const asksInvitation = room.access === 'private' || limitsOf(this.env).guests === 'invited'
    return accept({
      room: {
        id: this.roomId,
        name: room.name,
        access: room.access,
        isOwner: room.ownerId === person.id,
        isAmongFew: this.isAmongFew(),
        invite: asksInvitation ? room.invite : null,
        inviteUntil: asksInvitation ? room.inviteUntil : null,
      },
      viewer: person,
      role: entered.value.role,
    })
  }

  async admit(person: Member, address: string | null): Promise<Result> {
    const admitted = await this.takePlace(person, address)
    if (admitted.ok) await this.ledger()?.closeSocket({ room: this.roomId, person: person.id, address })
    return admitted
  }

  async invites(code: string): Promise<boolean> {
    const room = this.members.room()
    return room !== null && room.deletedAt === null && room.invite === code && this.now() < room.inviteUntil
  }

  async open(person: Member, invite: string | null, known: string | null = null): Promise<Result<OpenedRoom>> {
    const visit = await this.enter(person, invite)
    if (!visit.ok) return visit
    const asker = { person: person.id, address: null }
    const tooMuch = this.limits.refuseReading(asker, this.now())
    if (tooMuch) return { ok: false, refusal: tooMuch }
    const edition = this.edition.name(this.history.version)
    const presence = { ...this.members.here(), now: this.now() }
    const snapshot = edition === known ? null : this.portOf('rsc').snapshot()
    // Whoever has the edition makes a page as long as it is, all the same.
    if (snapshot) this.told = { edition, length: lengthOfPage(snapshot) }
    if (this.told.edition === edition) this.limits.hasRead(asker, this.told.length, this.now())
    return accept({ visit: visit.value, edition, presence, snapshot })
  }

  async page(person: MemberId, before: number): Promise<Result<Page>> {
    return this.asMember(person, () =>
      this.reading(
        person,
        () => this.portOf('rsc').page(before),
        (page) => page,
      ),
    )
  }

  async here(person: MemberId, from: number): Promise<Result<readonly Member[]>> {
    return this.asMember(person, () => accept(this.members.peopleHere(from, HERE_PAGE)))
  }

  async command(person: MemberId, command: Command, address: string | null = null): Promise<Result<{ readonly seq: number } | null>> {
    if (command.type === 'post' && !this.space.knows(person) && this.members.find(person)) {
      const left = await this.asked('what may be posted could not be learned', (ledger) => ledger.postsLeft(person, address))
      if (left) this.space.learn(person, left)
    }
    this.whereabouts.note(person, address)
    return this.run(person, command)
  }

  async memberships(person: MemberId): Promise<Result<readonly Membership[]>> {
    return this.asOwner(person, () => accept(this.members.list(MEMBERSHIPS_SHOWN)))
  }

  async remove(person: MemberId, other: MemberId): Promise<Result> {
    return this.asOwner(person, () => {
      if (other === person) return refuse('not_owner', 'The owner cannot be removed.')
      this.members.remove(other, this.now())
      this.close(({ member }) => member.id === other, 'not_a_member')
      return accept(undefined)
    })
  }

  async rename(person: MemberId, name: string): Promise<void> {
    const renamed = this.members.rename(person, name, this.now())
    if (renamed) this.sayNames([renamed.membership, ...renamed.others])
  }

  async renewInvitation(person: MemberId): Promise<Result> {
    return this.asMember(person, () => {
      this.members.renewInvitation(this.now())
      return accept(undefined)
    })
  }

  async endSession(hash: string): Promise<void> {
    this.ended.add(hash, this.now())
    this.close((socket) => socket.session.hash === hash, 'not_signed_in')
  }

  async commandOfSession(hash: string, command: Command): Promise<Result<{ readonly seq: number } | null>> {
    const [found] = this.sockets.where((socket) => socket.session.hash === hash && socket.session.until > this.now())
    if (found) this.whereabouts.note(found.connection.member.id, found.connection.address)
    return found
      ? this.run(found.connection.member.id, command)
      : refuse('unavailable', 'Who you are could not be looked up just now. Try again in a moment.', 5_000)
  }

  // ——— For the owner of the instance, or of the room: the app has asked who that is

  async own(person: Member): Promise<Result> {
    if (!this.members.room()) return refuse('no_such_room', 'There is no room at this address.')
    const others = this.members.own(person, this.now())
    this.sayNames([...this.members.list(MEMBERSHIPS_SHOWN).filter(({ id }) => id === person.id), ...others])
    return accept(undefined)
  }

  async removeAccount(person: MemberId): Promise<void> {
    if (this.members.room()) this.members.remove(person, this.now())
    this.close((socket) => socket.member.id === person, 'not_signed_in')
  }

  async setDeleted(deleted: boolean): Promise<void> {
    const room = this.members.room()
    if (!room || deleted === (room.deletedAt !== null)) return
    this.members.setDeleted(deleted ? this.now() : null)
    if (!deleted) return
    this.turns.stop()
    this.close(() => true, 'no_such_room')
  }

  async purge(): Promise<boolean> {
    const room = this.members.room()
    if (!room) return true
    if (room.deletedAt === null || this.now() - room.deletedAt < KEPT_DELETED_MS) return false
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    await this.ctx.storage.sync()
    // What this object still remembers is of no room any more: the next one begins with nothing.
    this.ctx.abort('the room was forgotten')
    return true
  }

  async figures(): Promise<RoomFigures | null> {
    if (!this.members.room()) return null
    return { members: this.members.count(), messages: this.history.count(), bytes: this.ctx.storage.sql.databaseSize }
  }

  // ——— Sockets: the Agents SDK owns them all; a lane sees only its own

  override shouldSendProtocolMessages(): boolean {
    return false
  }

  override shouldConnectionBeReadonly(): boolean {
    return true
  }

  override onConnect(connection: Connection<SocketState>, { request }: ConnectionContext): void {
    const upgrade = readUpgrade(request.headers)
    const lane = upgrade && this.lanes.get(upgrade.lane)
    if (!upgrade || !lane) return connection.close(1008, 'not_signed_in')
    // As the room calls them: somebody else may look like them here.
    const { id, name, kind } = this.members.find(upgrade.member.id) ?? upgrade.member
    const state = { ...upgrade, member: { id, name, kind } }
    connection.setState(state)
    const joined = new RoomSocket(connection, state, this.onAnswer)
    lane.join(joined, sinceOf(request.url))
    this.sockets.add(upgrade.lane, joined)
    if (this.members.arrive(id)) this.tellArrival(state.member)
  }

  override onMessage(connection: Connection<SocketState>, frame: WSMessage): void {
    const joined = this.joined(connection)
    const lane = connection.state && this.lanes.get(connection.state.lane)
    if (!joined || !lane) return connection.close(1008, 'not_a_member')
    if (joined.session.until <= this.now()) return this.close((socket) => socket === joined, 'not_signed_in')
    // Closed by us, and still talking: answers would only pile up.
    joined.heardAt = Date.now()
    if (connection.readyState !== WebSocket.OPEN || joined.heard(frame)) return
    const length = typeof frame === 'string' ? frame.length : frame.byteLength
    if (length > MAX_FRAME_LENGTH) return connection.close(1009, 'frame_too_large')
    if (!this.limits.takesFrame(askerBehind(joined), length)) return connection.close(1013, 'too_fast')
    if (typeof frame !== 'string' && !(frame instanceof ArrayBuffer)) return connection.close(1007, 'malformed')
    this.whereabouts.note(joined.member.id, joined.address)
    try {
      lane.message(joined, frame)
    } catch (cause) {
      // Without an answer its client would wait for ever; closed, it comes back, and is told why it cannot when that is so.
      unavailable('a frame could not be answered', { room: this.name, lane: connection.state?.lane }, cause)
      connection.close(1013, 'unavailable')
    }
  }

  override onClose(connection: Connection<SocketState>, code: number): void {
    this.forget(connection)
    // Without an answer the client's own close may never complete.
    connection.close(maySayClose(code) ? code : 1000)
  }

  /** Says no before the upgrade, where a client can still read why. */
  private async refuseUpgrade(request: Request): Promise<Response | undefined> {
    try {
      const upgrade = readUpgrade(request.headers)
      const over = upgrade !== null && (upgrade.session.until <= this.now() || this.ended.has(upgrade.session.hash, this.now()))
      const admitted = upgrade && !over ? await this.takePlace(upgrade.member, upgrade.address) : refuse('not_signed_in', 'Sign in first.')
      return admitted.ok ? undefined : refusalResponse(admitted.refusal)
    } catch (cause) {
      // Thrown on, the SDK would open the socket and send the stack.
      return refusalResponse(unavailable('a socket could not be admitted', { room: this.name }, cause).refusal)
    }
  }

  /** Counts one more socket over all rooms. What is open here is looked at last, with nothing awaited after it, so that many at once are too many. */
  private async takePlace(person: Member, address: string | null): Promise<Result> {
    const entered = this.members.enter(person, null, this.now())
    if (!entered.ok) return entered
    this.closeSilent()
    const standing = this.members.standingOf(person.id, this.now())
    const reading = this.limits.refuseReading({ person: person.id, address }, this.now())
    if (reading) return { ok: false, refusal: reading }
    const counted = await this.asked('a socket could not be counted', (ledger) =>
      ledger.openSocket({ room: this.roomId, person: person.id, address }, standing),
    )
    if (counted && !counted.ok) return counted
    if (counted) {
      this.allowances.learn(person.id, counted.value.answers)
      this.space.learn(person.id, counted.value.posts)
    }
    const ofAddress = limitsOf(this.env).addressLimits ? this.sockets.countOfAddress(address) : 0
    const full = refusePlace({ all: this.sockets.size, ofPerson: this.members.socketsOf(person.id), ofAddress }, standing)
    if (!full) return accept(undefined)
    this.uncount(person.id, address)
    return { ok: false, refusal: full }
  }

  /** Whoever comes in has those put out who are not there any more; see SILENT_AFTER_MS. */
  private closeSilent(now = Date.now()): void {
    if (now < this.sweptAt + SILENT_AFTER_MS / 6) return
    this.sweptAt = now
    for (const connection of this.getConnections<SocketState>()) {
      const pinged = this.ctx.getWebSocketAutoResponseTimestamp(connection)?.getTime() ?? 0
      const heard = Math.max(pinged, this.joined(connection)?.heardAt ?? now)
      if (now - heard > SILENT_AFTER_MS) connection.close(1013, 'silent')
    }
  }

  private uncount(person: MemberId, address: string | null): void {
    this.ctx.waitUntil(this.asked('a socket could not be uncounted', (ledger) => ledger.closeSocket({ room: this.roomId, person, address })))
  }

  /** Asks the ledger; null where there is none, or it cannot be had: then what it would limit is not. */
  private async asked<T>(what: string, question: (ledger: LedgerSurface) => Promise<T>): Promise<T | null> {
    const ledger = this.ledger()
    if (!ledger) return null
    return question(ledger).catch((cause: unknown) => {
      console.error(what, { room: this.roomId }, cause)
      return null
    })
  }

  /** A room has no agents of the SDK's under it: nobody reaches, or makes, an object by its address. */
  override async onBeforeSubAgent(): Promise<Response> {
    return refusalResponse(refuse('no_such_room', 'There is no room at this address.').refusal)
  }

  /** Closes sockets. They are out of the lanes before the next tick, whatever the network makes of it. */
  private close(isMeant: (socket: RoomSocket) => boolean, reason: RefusalCode): void {
    for (const { lane, connection } of this.sockets.where(isMeant)) {
      this.sockets.remove(lane, connection.id)
      this.lanes.get(lane)?.leave(connection)
      connection.close(1008, reason)
      const { id } = connection.member
      this.uncount(id, connection.address)
      if (this.members.depart(id)) this.tellDeparture(id)
    }
    this.sockets.findExpiry()
  }

  private rejoin(connection: Connection<SocketState>): void {
    const { state } = connection
    if (!state) return
    // Opened before an upgrade of Parley, when sockets knew no session: its client comes back by itself.
    if (!state.session) return connection.close(1012, 'restarted')
    this.sockets.add(state.lane, new RoomSocket(connection, state, this.onAnswer))
    this.members.arrive(state.member.id)
  }

  private sayNames(members: readonly Member[]): void {
    for (const { id, name, kind } of members) if (this.members.isHere(id)) this.tellArrival({ id, name, kind })
  }

  private forget(connection: Connection<SocketState>): void {
    const joined = this.joined(connection)
    if (!joined || !connection.state) return
    const { lane, member } = connection.state
    this.sockets.remove(lane, connection.id)
    this.uncount(member.id, joined.address)
    this.lanes.get(lane)?.leave(joined)
    if (this.members.depart(member.id)) this.tellDeparture(member.id)
  }

  private tellArrival(member: Member): void {
    this.outbox.add({ type: 'arrived', member, hereCount: this.members.hereCount })
  }

  private tellDeparture(memberId: MemberId): void {
    this.outbox.add({ type: 'left', memberId, hereCount: this.members.hereCount })
  }

  private askerOn(lane: LaneName, connection: LaneConnection) {
    return { person: connection.member.id, address: this.sockets.find(lane, connection.id)?.address ?? null }
  }

  private joined(connection: Connection<SocketState>): RoomSocket | null {
    return connection.state ? this.sockets.find(connection.state.lane, connection.id) : null
  }

  // ——— What holds the parts together

  /** One batch to every lane, then the saves that are due: first send, then save. */
  private tick(events: readonly RoomEvent[]): void {
    const now = this.now()
    if (this.sockets.nextExpiry <= now) this.close(({ session }) => session.until <= now, 'not_signed_in')
    this.edition.heard(events)
    this.lanes.tick(events)
    this.turns.saveDue()
  }

  private run(person: MemberId, command: Command): Result<{ readonly seq: number } | null> {
    try {
      return this.carryOut(person, command)
    } catch (cause) {
      return unavailable('a command could not be carried out', { room: this.name, command: command.type }, cause)
    }
  }

  private carryOut(person: MemberId, command: Command): Result<{ readonly seq: number } | null> {
    return this.asMember(person, (member) => {
      const tooFast = this.limits.refuseCommand(person, command.type, this.now())
      if (tooFast) return { ok: false, refusal: tooFast }
      return runCommand(
        {
          history: this.history,
          turns: this.turns,
          roster: this.roster(),
          people: () => this.members.list(MEMBERSHIPS_SHOWN),
          isAmongFew: () => this.isAmongFew(),
          budget: {
            refuse: (asker, answers) => (answers > 0 && this.isMetered() ? this.allowances.refuse(asker, answers, this.now()) : null),
            use: (asker, answers) => this.allowances.use(asker, answers),
          },
          space: {
            refuse: (author, bytes) => this.space.refuse(author, bytes, this.now()),
            use: (author, bytes) => this.space.use(author, this.whereabouts.of(author), bytes),
          },
          now: () => this.now(),
          publish: (event) => this.outbox.add(event),
          transaction: (write) => this.history.undoable(() => this.ctx.storage.transactionSync(write)),
        },
        member,
        command,
      )
    })
  }

  private isAmongFew(): boolean {
    return this.members.countUpTo(MANY_PEOPLE) < MANY_PEOPLE
  }

  /** Reads history for one person, and counts how much that was. */
  private reading<T extends Page, R>(person: MemberId, read: () => T, answer: (found: T) => R): Result<R> {
    const asker = { person, address: null }
    const tooMuch = this.limits.refuseReading(asker, this.now())
    if (tooMuch) return { ok: false, refusal: tooMuch }
    const found = read()
    this.limits.hasRead(asker, lengthOfPage(found), this.now())
    return accept(answer(found))
  }

  private readonly onAnswer = (socket: RoomSocket, length: number): void => this.limits.hasRead(askerBehind(socket), length, this.now())

  /** One call of the model for a reply, out of the budget of whoever asked for it. */
  private async grant(reply: Message, tokens: number): ReturnType<Grant> {
    const person = askerOf(this.history, reply)
    const ledger = this.ledger()
    if (!ledger || person === null) return accept(() => {})
    const place = { room: this.roomId, person, address: this.whereabouts.of(person) }
    const reserved = await ledger.reserve(place, tokens)
    if (!reserved.ok) {
      const left = await this.asked('what is left could not be learned', () => ledger.allowance(place))
      if (left) this.allowances.learn(person, left)
      return reserved
    }
    this.allowances.lower(person, reserved.value.left)
    return accept((took) => this.ctx.waitUntil(this.asked('what an answer took could not be counted', () => ledger.settle(reserved.value, took))))
  }

  private asMember<T>(person: MemberId, answer: (member: Membership) => Result<T>): Result<T> {
    const member = this.members.find(person)
    if (!member) return refuse('not_a_member', 'You are not a member of this room.')
    if (this.members.room()?.deletedAt !== null) return refuse('no_such_room', 'This room was deleted.')
    return answer(member)
  }

  private asOwner<T>(person: MemberId, answer: () => Result<T>): Result<T> {
    return this.asMember(person, (member) => (member.role === 'owner' ? answer() : refuse('not_owner', 'Only the owner of this room may do that.')))
  }

  private portOf(lane: LaneName): LanePort {
    const { history, turns, members } = this
    return {
      roomId: this.roomId,
      broadcast: (frame) => this.sockets.broadcast(lane, frame),
      count: () => this.sockets.count(lane),
      snapshot: () => snapshotOf(history, turns, members, this.now()),
      refuseReading: (connection) => this.limits.refuseReading(this.askerOn(lane, connection), this.now()),
      charge: (connection, cost) => this.limits.charge(this.askerOn(lane, connection), cost),
      catchUp: (since) => catchUpFrom(history, turns, members, since, this.now()),
      page: (before) => pageBefore(history, turns, before),
      command: (member, command) => this.run(member.id, command),
      now: () => this.now(),
    }
  }

  private turnsPort(): ConstructorParameters<typeof Turns>[0] {
    return {
      history: this.history,
      now: () => this.now(),
      publish: (event) => this.outbox.add(event),
      speak: (reply, signal) =>
        this.speak({
          reply,
          signal,
          grant: (tokens) => this.grant(reply, tokens),
          roomName: this.members.room()?.name ?? this.name,
          here: [...this.agentMembers(), ...this.members.peopleHere(0, TOLD_TO_MODELS)],
          history: this.history,
        }),
      keepAlive: (work) => this.ctx.waitUntil(this.keepAliveWhile(work)),
    }
  }

  private startedSql(): SqlStorage {
    bringUpToDate(this.ctx.storage)
    return this.ctx.storage.sql
  }

  private agentMembers(): readonly Member[] {
    return this.roster().map(({ id, name }) => ({ id, name, kind: 'agent' }))
  }

  private get roomId(): RoomId {
    return this.name as RoomId
  }

  /** Server time, ms since 1970. */
  protected now(): number {
    return Date.now()
  }
}

function askerBehind({ member, address }: RoomSocket) {
  return { person: member.id, address }
}
