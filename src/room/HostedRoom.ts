// A room in its Durable Object: what the runtime asks of it (to wake, its sockets, its alarms), and what it needs of others. What
// people may ask of a room is its surface (Room.ts); what each request means is in the parts that answer (parts.ts).
import { Agent, type Connection, type ConnectionContext, type WSMessage } from 'agents'
import { profileOf, type RosterAgent } from '../agents/roster'
import { BUILT_IN } from '../agents/tools/built-in'
import type { OfferedTool } from '../agents/tools/tool'
import { LOBBY, type RoomId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { refusalResponse, refuse, type Result } from '../conversation/refusal'
import type { LaneFactory } from '../lanes/lane'
import { LANES, type LaneName } from '../lanes/lanes'
import type { LedgerSurface } from '../limits/ledger-surface'
import { limitsOf } from '../limits/limit-settings'
import type { AnswerChunk } from '../models/answer'
import { KINDS, type KindRules } from './records/kinds'
import type { ModelsHere } from './records/room-agents'
import { type Access } from './members/members'
import { RoomParts } from './parts'
import { AlarmClock } from './schedules/alarm-clock'
import type { ServerHost } from './servers/servers-port'
import type { SocketState } from './sockets/sockets'
import type { SpeakRequest } from './turns/speak-request'

export abstract class HostedRoom extends Agent<Env> {
  /** Each lane's encoder. */
  protected abstract laneFactories(): Readonly<Record<LaneName, LaneFactory>>
  /** The agents that a new room begins with. */
  protected abstract roster(): readonly RosterAgent[]
  /** What a reply's author says, chunk by chunk. */
  protected abstract speak(request: SpeakRequest): AsyncIterable<AnswerChunk>
  /** The tools that every agent has. */
  protected tools(): readonly OfferedTool[] {
    return BUILT_IN
  }
  /** The instance's ledger, which counts what the room cannot: sockets over all rooms, and what models cost. */
  protected abstract ledger(): LedgerSurface | null
  /** The instance's models, as the room was last told of them. */
  protected abstract models(): ModelsHere
  /** How servers of tools are reached. */
  protected abstract serverHost(): ServerHost

  protected readonly settings = limitsOf(this.env)
  protected readonly parts = new RoomParts({
    room: () => this.name as RoomId,
    storage: this.ctx.storage,
    settings: this.settings,
    kinds: this.recordKinds(),
    ledger: () => this.ledger(),
    models: () => this.models(),
    servers: () => this.serverHost(),
    speak: (request) => this.speak(request),
    tools: () => this.tools(),
    connections: () => this.getConnections<SocketState>(),
    pingedAt: (connection) => this.ctx.getWebSocketAutoResponseTimestamp(connection)?.getTime() ?? 0,
    keep: (work) => this.ctx.waitUntil(work),
    keepAlive: (work) => this.ctx.waitUntil(this.keepAliveWhile(work)),
    approvalsAt: (at) => this.approvalsAt(at),
    schedulesAt: (moment) => this.schedulesAt(moment),
    later: (run, ms) => this.later(run, ms),
    now: () => this.now(),
  })
  protected readonly members = this.parts.members
  private readonly alarmClock = new AlarmClock(this, 'runSchedules')

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.lifecycle.use({ onWebSocketUpgrade: ({ request }) => this.parts.door.refuseUpgrade(request) })
  }

  override async onStart(): Promise<void> {
    // Answered by the runtime: a ping neither wakes the room nor keeps it awake.
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    if (this.name === LOBBY) this.begin('Lobby', 'open', null)
    this.members.fillIn(this.now())
    for (const name of LANES) await this.parts.lanes.add(name, this.laneFactories()[name](this.parts.portOf(name)))
    await this.parts.wake()
  }

  /** What records there may be. */
  protected recordKinds(): Readonly<Record<string, KindRules>> {
    return KINDS
  }

  protected begin(name: string, access: Access, owner: Member | null): Result {
    const created = this.members.create(name, access, owner, this.now())
    if (!created.ok) return created
    // Nobody is here to be told.
    this.parts.records.put('room', 'room', { name })
    for (const [at, agent] of this.roster().entries()) this.parts.records.put('agent', agent.id, profileOf(agent, at + 1))
    return created
  }

  // ——— Sockets: the Agents SDK owns them all; a lane sees only its own

  override shouldSendProtocolMessages(): boolean {
    return false
  }

  override shouldConnectionBeReadonly(): boolean {
    return true
  }

  /** A room has no agents of the SDK's under it: nobody reaches, or makes, an object by its address. */
  override async onBeforeSubAgent(): Promise<Response> {
    return refusalResponse(refuse('no_such_room', 'There is no room at this address.').refusal)
  }

  override onConnect(connection: Connection<SocketState>, { request }: ConnectionContext): void {
    this.parts.attendance.join(connection, request)
  }

  override onMessage(connection: Connection<SocketState>, frame: WSMessage): void {
    this.parts.attendance.hear(connection, frame)
  }

  override onClose(connection: Connection<SocketState>, code: number): void {
    this.parts.attendance.leave(connection, code)
  }

  /** Called by the room's alarm. */
  async expireApprovals(): Promise<void> {
    const next = this.parts.tools.expire()
    if (next !== null) await this.schedule(new Date(next), 'expireApprovals')
  }

  /** What is due first is waited for, and then the next. */
  protected async approvalsAt(at: number): Promise<void> {
    await this.schedule(new Date(at), 'expireApprovals', undefined, { idempotent: true })
  }

  /** Called by the alarm that everything shares which has this object woken. */
  async runSchedules(): Promise<void> {
    await this.parts.tools.schedules.run()
  }

  /** By the clock of this room, which a test may hold in its hand; the alarm goes by the runtime's. */
  protected schedulesAt(moment: number | null): void {
    this.ctx.waitUntil(this.alarmClock.set(moment === null ? null : Date.now() + Math.max(0, moment - this.now())))
  }

  protected later(run: () => void, ms: number): void {
    setTimeout(run, ms)
  }

  /** Server time, ms since 1970. */
  protected now(): number {
    return Date.now()
  }
}
