// The parts of a room and how they hold together. Each part is given what it may use of the others, and nothing else; a new
// part is made here, after those it needs.
import type { Connection } from 'agents'
import type { EngagedAgent } from '../agents/engagement/facts'
import { namesOfAgent } from '../agents/agent-names'
import { LONGEST_TURN_MS } from '../agents/tools/bounds'
import type { OfferedTool } from '../agents/tools/tool'
import type { Command } from '../conversation/command'
import type { FinalStatus, RoomEvent } from '../conversation/event'
import type { MemberId, MessageId, RoomId } from '../conversation/ids'
import { isUnfinished, type Message, type Part } from '../conversation/message'
import type { SavedPolicy } from '../conversation/policy'
import { recordsOf } from '../conversation/record'
import type { Result } from '../conversation/refusal'
import type { LanePort } from '../lanes/lane'
import type { LaneName } from '../lanes/lanes'
import type { LedgerSurface } from '../limits/ledger-surface'
import type { LimitSettings } from '../limits/limit-settings'
import type { AnswerChunk } from '../models/answer'
import { Approvals } from './approvals/approvals'
import { Asking } from './approvals/asking'
import { StoredApprovals } from './approvals/stored-approvals'
import { taintOf } from './approvals/taint'
import { runCommand } from './commands/commands'
import { askerOf, MANY_PEOPLE } from './commands/stopping'
import { History } from './history/history'
import { PacedReading } from './history/paced-reading'
import { catchUpFrom, pageBefore, snapshotOf } from './history/reading'
import { RoomLedger } from './limits/room-ledger'
import { RoomLimits } from './limits/room-limits'
import { asMember } from './members/as-member'
import { Members } from './members/members'
import { memoryTools } from './memory/notes-for'
import { RoomMemory } from './memory/room-memory'
import { AgentVersions } from './records/agent-versions'
import { Changes } from './records/changes'
import type { KindRules } from './records/kinds'
import { Records } from './records/records'
import { type ModelsHere, RoomAgents } from './records/room-agents'
import { Rights } from './members/rights'
import { rehearsalOf, type Rehearsal } from './queue/rehearsing'
import { AgentColleagues } from './queue/colleagues'
import { Engaging } from './queue/engaging'
import { Queue } from './queue/queue'
import { type ServerHost, Servers } from './servers/servers'
import { StoredServers } from './servers/stored-servers'
import { StoredQueue } from './queue/stored-queue'
import { carryOut } from './schedules/carry-out'
import { scheduleTools } from './schedules/planner-for'
import { RoomSchedules } from './schedules/room-schedules'
import { Attendance } from './sockets/attendance'
import { Spending } from './spending/spending'
import { Door } from './sockets/door'
import { Sockets, type SocketState } from './sockets/sockets'
import { bringUpToDate } from './storage/schema'
import { LaneSet } from './ticks/lane-set'
import { Outbox } from './ticks/outbox'
import { CallLog } from './turns/call-log'
import { recoverOrphans } from './turns/recovery'
import { viewFor } from './turns/room-view'
import type { SpeakRequest } from './turns/speak-request'
import { toolsFor, type ToolSource } from './turns/tools-for'
import { Turns, type TurnsPort } from './turns/turns'
import { unavailable } from './unavailable'

/** Members named in the owner's list, and known to a message that speaks to one of them, at most. */
export const MEMBERSHIPS_SHOWN = 500

/** People here of whom a model is told, at most. */
const TOLD_TO_MODELS = 100

/** What the object that holds a room does for its parts. */
export interface RoomHost {
  room(): RoomId
  readonly storage: DurableObjectStorage
  readonly settings: LimitSettings
  /** What records there may be. */
  readonly kinds: Readonly<Record<string, KindRules>>
  /** The instance's ledger; null where nothing is counted beyond the room. */
  ledger(): LedgerSurface | null
  models(): ModelsHere
  /** How servers of tools are reached. */
  servers(): ServerHost
  speak(request: SpeakRequest): AsyncIterable<AnswerChunk>
  /** The tools that every agent has. */
  tools(): readonly OfferedTool[]
  /** The runtime's own list of the sockets that are open. */
  connections(): Iterable<Connection<SocketState>>
  /** When a socket last sent a ping, which the runtime answers by itself: ms since 1970, 0 for never. */
  pingedAt(connection: Connection<SocketState>): number
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<unknown>): void
  /** Runs what must outlive every request, through hibernation and crash. */
  keepAlive(work: () => Promise<void>): void
  /** The room is awake at that time, ms since 1970, and asks `RoomParts.expire`; resolves once that is sure. */
  wakeAt(at: number): Promise<void>
  /** Has the room woken then, if it sleeps: server time, ms since 1970; null for never. */
  schedulesAt(moment: number | null): void
  /** Keeps the room awake until then, and runs this after so many ms. */
  later(run: () => void, ms: number): void
  /** Server time, ms since 1970. */
  now(): number
}

export class RoomParts {
  readonly sockets = new Sockets()
  readonly lanes = new LaneSet(this.sockets)
  readonly history: History
  readonly records: Records
  /** The one way to change what is no message: what is written is told. */
  readonly changes: Changes
  readonly versions: AgentVersions
  private readonly agents: RoomAgents
  readonly members: Members
  readonly rights: Rights
  readonly calls: CallLog
  readonly memory: RoomMemory
  readonly turns: Turns
  readonly queue: Queue
  readonly engaging: Engaging
  readonly approvals: Approvals
  readonly asking: Asking
  readonly servers: Servers
  readonly account: RoomLedger
  readonly spending: Spending
  readonly reading: PacedReading
  readonly colleagues: AgentColleagues
  readonly schedules: RoomSchedules
  readonly attendance: Attendance
  readonly door: Door
  private readonly limits: RoomLimits
  private readonly outbox = new Outbox(
    () => this.sockets.size,
    (events) => this.tick(events),
  )
  private readonly host: RoomHost
  /** Where a turn's tools come from. */
  private readonly toolSources: readonly ToolSource[]

  constructor(host: RoomHost) {
    this.host = host
    const { storage, settings, kinds } = host
    this.toolSources = [
      () => host.tools(),
      ({ agent }) => this.servers.offered(agent.servers ?? []),
      (turn) => memoryTools(this.memory)(turn),
      (turn) => scheduleTools(this.schedules, () => this.agents.roster())(turn),
      (turn) => this.colleagues.tools(turn),
    ]
    bringUpToDate(storage)
    this.limits = new RoomLimits(settings)
    this.history = new History(storage.sql)
    this.records = new Records(storage.sql, kinds, () => this.history.nextVersion())
    this.versions = new AgentVersions(storage.sql)
    const agents = new RoomAgents({ records: this.records, models: () => host.models(), keep: (work) => host.keep(work) })
    this.agents = agents
    this.members = new Members(storage.sql, agents)
    this.rights = new Rights(this.members)
    const { history: messages, records: kept } = this
    this.memory = new RoomMemory({ history: messages, members: this.members, records: kept, changes: () => this.changes, now: () => host.now() })
    this.calls = new CallLog(storage.sql)
    this.approvals = new Approvals({
      stored: new StoredApprovals(storage.sql),
      records: this.records,
      history: this.history,
      find: (id) => this.members.find(id),
      nameOf: (id) => this.nameOf(id),
      savedPolicy: (tool) => this.savedPolicy(tool),
      taintOf: (reply, parts, tool) =>
        taintOf(
          storage.sql,
          reply,
          parts,
          tool,
          this.members.room()?.ownerId ?? null,
          this.memory.all().map(({ value }) => value),
        ),
      wakeAt: (at) => host.wakeAt(at),
      now: () => host.now(),
      publish: (event) => this.publish(event),
      transaction: (write) => this.transaction(write),
    })
    this.turns = new Turns(this.turnsPort())
    const stored = new StoredQueue(storage.sql)
    this.queue = new Queue({
      stored,
      history: this.history,
      turns: this.turns,
      atOnce: (agent) => agents.find(agent)?.atOnce ?? 1,
      nameOf: (id) => this.nameOf(id),
      now: () => host.now(),
      publish: (event) => this.publish(event),
      transaction: (write) => this.transaction(write),
    })
    this.asking = new Asking({
      history: this.history,
      queue: this.queue,
      calls: this.calls,
      approvals: this.approvals,
      askerOf: (reply) => this.askerOf(reply),
      maySpeak: ({ metadata: { author } }) => this.members.room()?.deletedAt === null && agents.find(author.id) !== null,
      now: () => host.now(),
      publish: (event) => this.publish(event),
    })
    this.account = new RoomLedger({
      ...host,
      isMetered: (agent) => agents.isMetered(agent),
      countsPosts: settings.requestLimits,
      size: () => storage.sql.databaseSize,
    })
    this.spending = new Spending({
      sql: storage.sql,
      history: this.history,
      records: this.records,
      instance: this.account,
      changes: () => this.changes,
      queued: () => this.queue.all().map(({ id, prompts: [{ asker }] }) => ({ id, asker })),
      nameOf: (id) => this.nameOf(id),
      now: () => host.now(),
      keep: (work) => host.keep(work),
    })
    this.engaging = new Engaging({
      sql: storage.sql,
      history: this.history,
      stored,
      queue: this.queue,
      budget: this.spending.budget,
      roster: () => agents.roster(),
      people: () => this.members.list(MEMBERSHIPS_SHOWN),
      present: () => this.members.peopleHere(0, MEMBERSHIPS_SHOWN),
      askerOf: (reply) => this.askerOf(reply),
      now: () => host.now(),
    })
    const { sockets, lanes, members, rights, limits, account, history, records, turns } = this
    this.colleagues = new AgentColleagues({
      history,
      members,
      stored,
      queue: this.queue,
      engaging: this.engaging,
      budget: this.spending.budget,
      roster: () => agents.roster(),
    })
    this.schedules = new RoomSchedules({
      records,
      members,
      changes: () => this.changes,
      roster: () => agents.roster(),
      meet: (person) => account.meet(person, null),
      carryOut: (due) =>
        carryOut(
          {
            history,
            queue: this.queue,
            engaging: this.engaging,
            members,
            budget: this.spending.budget,
            space: account.space,
            roster: () => agents.roster(),
            zone: () => this.schedules.zone(),
            wrote: (author) => members.wrote(author, host.now()),
            now: () => host.now(),
          },
          due,
        ),
      wakeAt: (moment) => host.schedulesAt(moment),
      now: () => host.now(),
    })
    this.changes = new Changes({ history, records, turns, transaction: (write) => this.transaction(write), publish: (event) => this.publish(event) })
    this.servers = new Servers({
      host: () => host.servers(),
      stored: new StoredServers(storage.sql),
      changes: () => this.changes,
      records: () => records.of('server'),
      savedMode: (called) => this.savedPolicy(called)?.mode ?? null,
      keep: (work) => host.keep(work),
      later: (run, ms) => host.later(run, ms),
      now: () => host.now(),
      transaction: (write) => this.transaction(write),
    })
    this.reading = new PacedReading({
      limits,
      version: () => history.version,
      snapshot: () => snapshotOf(this, host.now()),
      page: (before) => pageBefore(this, before),
      message: (id) => {
        const message = history.get(id)
        return message && turns.current(message)
      },
      records: (kind) => (kind === null ? records.all() : records.of(kind)),
      now: () => host.now(),
    })
    this.attendance = new Attendance({ ...host, sockets, lanes, members, rights, limits, account, publish: (event) => this.publish(event) })
    this.door = new Door({ ...host, sockets, members, rights, limits, account, attendance: this.attendance, countsAddresses: settings.addressLimits })
  }

  /** When the room wakes, with its sockets still open and replies perhaps half written. */
  async wake(): Promise<void> {
    this.attendance.wake()
    // Waited for, before anything of theirs is heard: with its sleep a room forgot what they may still do.
    await this.account.present(this.sockets.all().map(({ member, address }) => ({ person: member.id, address })))
    const { history, turns, queue, calls } = this
    recoverOrphans({
      history,
      turns,
      queue,
      calls,
      closeCards: (reply, parts, why) => this.closeCards(reply, parts, why),
      askerOf: (reply) => this.askerOf(reply),
      now: () => this.host.now(),
      publish: (event) => this.publish(event),
    })
    this.asking.wake()
    this.servers.wake()
    // What was missed is done now; nobody who comes in waits for it.
    this.host.keep(this.schedules.run())
  }

  /** What nobody decided in time. Answers when the next is due: server time, ms since 1970. */
  expire(): number | null {
    this.asking.wake()
    return this.approvals.nextExpiry()
  }

  /** Carries out a command in a member's name. Refuses: not_a_member, no_such_room, too_fast, unavailable, and what each command refuses. */
  run(person: MemberId, command: Command): Result<{ readonly seq: number } | null> {
    try {
      return asMember(this.members, person, (member) => {
        const tooFast = this.limits.refuseCommand(person, command.type, this.host.now())
        if (tooFast) return { ok: false, refusal: tooFast }
        return runCommand(
          {
            history: this.history,
            turns: this.turns,
            queue: this.queue,
            engaging: this.engaging,
            approvals: this.approvals,
            asking: this.asking,
            changes: this.changes,
            memory: this.memory,
            schedules: this.schedules,
            versions: this.versions,
            records: () => this.records.of('agent'),
            roster: this.agents.roster(),
            people: () => this.members.list(MEMBERSHIPS_SHOWN),
            isAmongFew: () => this.isAmongFew(),
            named: (agent) => this.attendance.tellNames(this.members.makeWayForAgent(namesOfAgent(agent))),
            offers: (model) => this.agents.offers(model),
            budget: this.spending.budget,
            space: this.account.space,
            servers: this.servers,
            wrote: (author) => this.members.wrote(author, this.host.now()),
            now: () => this.host.now(),
            publish: (event) => this.publish(event),
            transaction: (write) => this.transaction(write),
          },
          member,
          command,
        )
      })
    } catch (cause) {
      return unavailable('a command could not be carried out', { room: this.host.room(), command: command.type }, cause)
    }
  }

  /** What the room's owner said of a tool, by its name for models, if anything. */
  private savedPolicy(tool: string): SavedPolicy | null {
    return recordsOf(this.records.of('policy'), 'policy').find(({ id }) => id === tool)?.value ?? null
  }

  private nameOf(id: MemberId): string {
    return this.agents.find(id)?.name ?? this.members.find(id)?.name ?? 'Somebody'
  }

  /** The person whose wish a reply was; nobody's is the reply of an agent to a message that is gone. */
  private askerOf(reply: Message): MemberId {
    return askerOf(this.history, reply) ?? reply.metadata.author.id
  }

  /** What an agent said is heard by those whom it mentions, once it is whole; and whoever is next begins. */
  private settled(reply: Message, status: FinalStatus): void {
    this.queue.settled(reply.id)
    if (status === 'complete') for (const event of this.engaging.finished(reply)) this.publish(event)
  }

  /** Somebody has no place here any more: nothing that they asked for waits to be approved, or is done later. */
  removed(person: MemberId): void {
    this.schedules.memberGone(person)
    for (const reply of this.asking.all()) if (this.askerOf(reply) === person) this.asking.end(reply, 'stopped')
  }

  /** What each mode of an agent would have done with the newest messages. */
  rehearse(agent: Pick<EngagedAgent, 'id' | 'name' | 'handle'>): readonly Rehearsal[] {
    return rehearsalOf(this.history, this.agents.roster(), this.members.list(MEMBERSHIPS_SHOWN), agent)
  }

  /** Whether so few people have a place here that anybody may stop anything. */
  isAmongFew(): boolean {
    return this.members.countUpTo(MANY_PEOPLE) < MANY_PEOPLE
  }

  /** What one lane may ask of the room. */
  portOf(lane: LaneName): LanePort {
    const { sockets, limits, attendance } = this
    const { now, room } = this.host
    return {
      roomId: room(),
      broadcast: (frame) => sockets.broadcast(lane, frame),
      count: () => sockets.count(lane),
      snapshot: () => snapshotOf(this, now()),
      refuseReading: (connection) => limits.refuseReading(attendance.askerOn(lane, connection), now()),
      charge: (connection, cost) => limits.charge(attendance.askerOn(lane, connection), cost),
      catchUp: (since) => catchUpFrom(this, since, now()),
      page: (before) => pageBefore(this, before),
      command: (member, command) => this.run(member.id, command),
      now,
    }
  }

  /** Runs all of `write` or none of it. */
  private transaction<T>(write: () => T): T {
    return this.history.undoable(() => this.host.storage.transactionSync(write))
  }

  private publish(event: RoomEvent): void {
    this.outbox.add(event)
    if (event.type === 'settled') this.colleagues.ended(event.id)
    // One that had waited for people.
    else if (event.type === 'message' && !isUnfinished(event.message.metadata.status)) this.colleagues.ended(event.message.id)
  }

  /** One batch to every lane, then the saves that are due: first send, then save. */
  private tick(events: readonly RoomEvent[]): void {
    this.attendance.closeExpired()
    this.attendance.closeSilent()
    this.reading.heard(events)
    this.lanes.tick(events)
    this.turns.saveDue()
  }

  private speakRequest(reply: Message, signal: AbortSignal, parts: () => readonly Part[]): SpeakRequest {
    const { host, history, members, agents } = this
    const { startedAt, createdAt, author } = reply.metadata
    const asker = askerOf(history, reply)
    const agent = agents.find(author.id)
    return {
      reply,
      signal,
      parts,
      grant: this.spending.grantFor(reply, asker),
      roomName: members.room()?.name ?? host.room(),
      agents: agents.roster(),
      agent,
      here: [...agents.members(), ...members.peopleHere(0, TOLD_TO_MODELS)],
      notes: this.memory.all().map(({ value }) => value),
      history,
      tools: async () => (agent ? toolsFor({ reply, agent, asker }, this.toolSources) : []),
      context: {
        asker,
        agent: author.id,
        reply: reply.id,
        room: viewFor({ sql: host.storage.sql, history, members, agents: () => agents.members() }, asker),
        now: () => host.now(),
      },
      admit: (call) => this.approvals.admit({ reply, asker, parts, signal }, call),
      began: (call) => this.calls.begin(reply.id, call, host.now()),
      until: (startedAt ?? createdAt) + LONGEST_TURN_MS,
    }
  }

  private closeCards(reply: MessageId, parts: readonly Part[], why: string): readonly Part[] {
    this.approvals.end(reply, why)
    return this.approvals.applied(parts)
  }

  private turnsPort(): TurnsPort {
    const { host, history, calls } = this
    return {
      history,
      calls,
      now: host.now,
      publish: (event) => this.publish(event),
      speak: (reply, signal, parts) => host.speak(this.speakRequest(reply, signal, parts)),
      settled: (reply, status) => this.settled(reply, status),
      suspended: ({ id }) => {
        this.queue.settled(id)
        // All were decided while its other calls ran.
        this.asking.goOn(id)
      },
      closeCards: (reply, parts, why) => this.closeCards(reply, parts, why),
      keepAlive: host.keepAlive,
    }
  }
}
