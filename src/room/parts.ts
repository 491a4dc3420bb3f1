// The parts of a room and how they hold together. Each part is given what it may use of the others, and nothing else; a new
// part is made here, after those it needs.
import type { Connection } from 'agents'
import type { EngagedAgent } from '../agents/engagement/facts'
import { rosterOf, type RosterAgent } from '../agents/roster'
import { admit } from '../agents/tools/admit'
import { LONGEST_TURN_MS } from '../agents/tools/bounds'
import type { OfferedTool } from '../agents/tools/tool'
import type { Command } from '../conversation/command'
import type { FinalStatus, RoomEvent } from '../conversation/event'
import type { MemberId, RoomId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { Message, Part } from '../conversation/message'
import { recordsOf } from '../conversation/record'
import type { Result } from '../conversation/refusal'
import type { LanePort } from '../lanes/lane'
import type { LaneName } from '../lanes/lanes'
import type { LedgerSurface } from '../limits/ledger-surface'
import type { LimitSettings } from '../limits/limit-settings'
import type { AnswerChunk } from '../models/answer'
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
import { Rights } from './members/rights'
import { rehearsalOf, type Rehearsal } from './queue/rehearsing'
import { Asking } from './queue/asking'
import { Engaging } from './queue/engaging'
import { Queue } from './queue/queue'
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
  /** Whether answers cost anything. */
  isMetered(): boolean
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
  /** Has the room woken then, if it sleeps: server time, ms since 1970; null for never. */
  wakeAt(moment: number | null): void
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
  readonly members: Members
  readonly rights: Rights
  readonly calls: CallLog
  readonly memory: RoomMemory
  readonly turns: Turns
  readonly queue: Queue
  readonly engaging: Engaging
  readonly account: RoomLedger
  readonly spending: Spending
  readonly reading: PacedReading
  readonly asking: Asking
  readonly schedules: RoomSchedules
  readonly attendance: Attendance
  readonly door: Door
  private readonly limits: RoomLimits
  private readonly outbox = new Outbox(
    () => this.sockets.size,
    (events) => this.tick(events),
  )
  /** The roster as it was read last: everybody who comes in is told of it. */
  private known: { readonly revision: number; readonly roster: readonly RosterAgent[] } = { revision: -1, roster: [] }
  private readonly host: RoomHost
  /** Where a turn's tools come from. */
  private readonly toolSources: readonly ToolSource[]

  constructor(host: RoomHost) {
    this.host = host
    const { storage, settings, kinds } = host
    this.toolSources = [
      () => host.tools(),
      (turn) => memoryTools(this.memory)(turn),
      (turn) => scheduleTools(this.schedules, () => this.roster())(turn),
      (turn) => this.asking.tools(turn),
    ]
    bringUpToDate(storage)
    this.limits = new RoomLimits(settings)
    this.history = new History(storage.sql)
    this.records = new Records(storage.sql, kinds, () => this.history.nextVersion())
    this.versions = new AgentVersions(storage.sql)
    this.members = new Members(storage.sql, () => this.agents())
    this.rights = new Rights(this.members)
    const { history: messages, records: kept } = this
    this.memory = new RoomMemory({ history: messages, members: this.members, records: kept, changes: () => this.changes, now: () => host.now() })
    this.calls = new CallLog(storage.sql)
    this.turns = new Turns(this.turnsPort())
    const stored = new StoredQueue(storage.sql)
    this.queue = new Queue({
      stored,
      history: this.history,
      turns: this.turns,
      atOnce: (agent) => this.roster().find(({ id }) => id === agent)?.atOnce ?? 1,
      nameOf: (id) => this.nameOf(id),
      now: () => host.now(),
      publish: (event) => this.publish(event),
      transaction: (write) => this.transaction(write),
    })
    this.account = new RoomLedger({ ...host, countsPosts: settings.requestLimits, size: () => storage.sql.databaseSize })
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
      roster: () => this.roster(),
      people: () => this.members.list(MEMBERSHIPS_SHOWN),
      present: () => this.members.peopleHere(0, MEMBERSHIPS_SHOWN),
      askerOf: (reply) => this.askerOf(reply),
      now: () => host.now(),
    })
    const { sockets, lanes, members, rights, limits, account, history, records, turns } = this
    this.asking = new Asking({
      history,
      members,
      stored,
      queue: this.queue,
      engaging: this.engaging,
      budget: this.spending.budget,
      roster: () => this.roster(),
    })
    this.schedules = new RoomSchedules({
      records,
      members,
      changes: () => this.changes,
      roster: () => this.roster(),
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
            roster: () => this.roster(),
            zone: () => this.schedules.zone(),
            wrote: (author) => members.wrote(author, host.now()),
            now: () => host.now(),
          },
          due,
        ),
      wakeAt: (moment) => host.wakeAt(moment),
      now: () => host.now(),
    })
    this.changes = new Changes({ history, records, turns, transaction: (write) => this.transaction(write), publish: (event) => this.publish(event) })
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
      askerOf: (reply) => this.askerOf(reply),
      now: () => this.host.now(),
      publish: (event) => this.publish(event),
    })
    // What was missed is done now; nobody who comes in waits for it.
    this.host.keep(this.schedules.run())
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
            changes: this.changes,
            memory: this.memory,
            schedules: this.schedules,
            versions: this.versions,
            records: () => this.records.of('agent'),
            roster: this.roster(),
            people: () => this.members.list(MEMBERSHIPS_SHOWN),
            isAmongFew: () => this.isAmongFew(),
            budget: this.spending.budget,
            space: this.account.space,
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

  /** The room's agents, in the order in which they answer. */
  private roster(): readonly RosterAgent[] {
    const { revision } = this.records
    if (this.known.revision !== revision) this.known = { revision, roster: rosterOf(recordsOf(this.records.of('agent'), 'agent')) }
    return this.known.roster
  }

  /** The same as everybody may see them. */
  private agents(): readonly Member[] {
    return this.roster().map(({ id, name }) => ({ id, name, kind: 'agent' }))
  }

  private nameOf(id: MemberId): string {
    return this.roster().find((agent) => agent.id === id)?.name ?? this.members.find(id)?.name ?? 'Somebody'
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

  /** What each mode of an agent would have done with the newest messages. */
  rehearse(agent: Pick<EngagedAgent, 'id' | 'name' | 'handle'>): readonly Rehearsal[] {
    return rehearsalOf(this.history, this.roster(), this.members.list(MEMBERSHIPS_SHOWN), agent)
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
    if (event.type === 'settled') this.asking.ended(event.id)
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
    const { host, history, members } = this
    const { startedAt, createdAt, author } = reply.metadata
    const asker = askerOf(history, reply)
    const agent = this.roster().find(({ id }) => id === author.id) ?? null
    return {
      reply,
      signal,
      parts,
      grant: this.spending.grantFor(reply, asker),
      roomName: members.room()?.name ?? host.room(),
      agents: this.roster(),
      agent,
      here: [...this.agents(), ...members.peopleHere(0, TOLD_TO_MODELS)],
      notes: this.memory.all().map(({ value }) => value),
      history,
      tools: async () => (agent ? toolsFor({ reply, agent, asker }, this.toolSources) : []),
      context: {
        asker,
        agent: author.id,
        reply: reply.id,
        room: viewFor({ sql: host.storage.sql, history, members, agents: () => this.agents() }, asker),
        now: () => host.now(),
      },
      admit,
      began: (call) => this.calls.begin(reply.id, call, host.now()),
      until: (startedAt ?? createdAt) + LONGEST_TURN_MS,
    }
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
      keepAlive: host.keepAlive,
    }
  }
}
