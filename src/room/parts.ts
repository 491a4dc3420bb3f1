// The parts of a room and how they hold together. Each part is given what it may use of the others, and nothing else; a new
// part is made here, after those it needs.
import type { EngagedAgent } from '../agents/engagement/facts'
import { namesOfAgent } from '../agents/agent-names'
import type { Command } from '../conversation/command'
import type { FinalStatus, RoomEvent } from '../conversation/event'
import type { MemberId } from '../conversation/ids'
import type { Message } from '../conversation/message'
import type { Result } from '../conversation/refusal'
import type { LanePort } from '../lanes/lane'
import type { LaneName } from '../lanes/lanes'
import { runCommand } from './commands/commands'
import { askerOf, MANY_PEOPLE } from './commands/stopping'
import { History } from './history/history'
import { PacedReading } from './history/paced-reading'
import { catchUpFrom, pageBefore, snapshotOf } from './history/reading'
import { RoomLedger } from './limits/room-ledger'
import { RoomLimits } from './limits/room-limits'
import { asMember } from './members/as-member'
import { Members } from './members/members'
import { AgentVersions } from './records/agent-versions'
import { Changes } from './records/changes'
import { Records } from './records/records'
import { RoomAgents } from './records/room-agents'
import { Rights } from './members/rights'
import { rehearsalOf, type Rehearsal } from './queue/rehearsing'
import { Engaging } from './queue/engaging'
import { Queue } from './queue/queue'
import { StoredQueue } from './queue/stored-queue'
import type { RoomHost } from './room-host'
import { Attendance } from './sockets/attendance'
import { Spending } from './spending/spending'
import { Door } from './sockets/door'
import { Sockets } from './sockets/sockets'
import { bringUpToDate } from './storage/schema'
import { LaneSet } from './ticks/lane-set'
import { Outbox } from './ticks/outbox'
import { ToolParts } from './tool-parts'
import { CallLog } from './turns/call-log'
import { recoverOrphans } from './turns/recovery'
import { requestFor, type TurnRoom } from './turns/request-for'
import { Turns, type TurnsPort } from './turns/turns'
import { unavailable } from './unavailable'

/** Members named in the owner's list, and known to a message that speaks to one of them, at most. */
export const MEMBERSHIPS_SHOWN = 500

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
  readonly turns: Turns
  readonly queue: Queue
  readonly engaging: Engaging
  readonly account: RoomLedger
  readonly spending: Spending
  readonly tools: ToolParts
  readonly reading: PacedReading
  readonly attendance: Attendance
  readonly door: Door
  private readonly limits: RoomLimits
  private readonly outbox = new Outbox(
    () => this.sockets.size,
    (events) => this.tick(events),
  )
  private readonly host: RoomHost

  constructor(host: RoomHost) {
    this.host = host
    const { storage, settings, kinds } = host
    const told = {
      nameOf: (id: MemberId) => this.nameOf(id),
      askerOf: (reply: Message) => this.askerOf(reply),
      publish: (event: RoomEvent) => this.publish(event),
      transaction: <T>(write: () => T) => this.transaction(write),
    }
    bringUpToDate(storage)
    this.limits = new RoomLimits(settings)
    this.history = new History(storage.sql)
    this.records = new Records(storage.sql, kinds, () => this.history.nextVersion())
    this.versions = new AgentVersions(storage.sql)
    const agents = new RoomAgents({ records: this.records, models: () => host.models(), keep: (work) => host.keep(work) })
    this.agents = agents
    this.members = new Members(storage.sql, agents)
    this.rights = new Rights(this.members)
    this.calls = new CallLog(storage.sql)
    this.turns = new Turns(this.turnsPort())
    const stored = new StoredQueue(storage.sql)
    this.queue = new Queue({
      stored,
      history: this.history,
      turns: this.turns,
      atOnce: (agent) => agents.find(agent)?.atOnce ?? 1,
      now: () => host.now(),
      ...told,
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
    this.changes = new Changes({ history, records, turns, ...told })
    const { calls, queue, engaging, spending, changes } = this
    this.tools = new ToolParts({ host, history, records, changes, agents, members, calls, stored, queue, engaging, spending, account, ...told })
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
      closeCards: (reply, parts, why) => this.tools.closeCards(reply, parts, why),
      askerOf: (reply) => this.askerOf(reply),
      now: () => this.host.now(),
      publish: (event) => this.publish(event),
    })
    this.tools.wake()
  }

  /** Carries out a command in a member's name. Refuses: not_a_member, no_such_room, too_fast, unavailable, and what each command refuses. */
  run(person: MemberId, command: Command): Result<{ readonly seq: number } | null> {
    try {
      return asMember(this.members, person, (member) => {
        const tooFast = this.limits.refuseCommand(person, command.type, this.host.now())
        if (tooFast) return { ok: false, refusal: tooFast }
        const { approvals, asking, memory, policies, schedules, servers } = this.tools
        return runCommand(
          {
            approvals,
            asking,
            memory,
            policies,
            schedules,
            servers,
            history: this.history,
            turns: this.turns,
            queue: this.queue,
            engaging: this.engaging,
            changes: this.changes,
            versions: this.versions,
            records: () => this.records.of('agent'),
            roster: this.agents.roster(),
            people: () => this.members.list(MEMBERSHIPS_SHOWN),
            isAmongFew: () => this.isAmongFew(),
            named: (agent) => this.attendance.tellNames(this.members.makeWayForAgent(namesOfAgent(agent))),
            offers: (model) => this.agents.offers(model),
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
    this.tools.heard(event)
  }

  /** One batch to every lane, then the saves that are due: first send, then save. */
  private tick(events: readonly RoomEvent[]): void {
    this.attendance.closeExpired()
    this.attendance.closeSilent()
    this.reading.heard(events)
    this.lanes.tick(events)
    this.turns.saveDue()
  }

  private turnRoom(): TurnRoom {
    const { host, history, agents, members, calls, spending, tools } = this
    return { host, history, agents, members, calls, spending, tools }
  }

  private turnsPort(): TurnsPort {
    const { host, history, calls } = this
    return {
      history,
      calls,
      now: host.now,
      publish: (event) => this.publish(event),
      speak: (reply, signal, parts) => host.speak(requestFor(this.turnRoom(), reply, signal, parts)),
      settled: (reply, status) => this.settled(reply, status),
      suspended: ({ id }) => {
        this.queue.settled(id)
        // All were decided while its other calls ran.
        this.tools.asking.goOn(id)
      },
      closeCards: (reply, parts, why) => this.tools.closeCards(reply, parts, why),
      keepAlive: host.keepAlive,
    }
  }
}
