// The parts of a room by which its agents do things: whence their tools come, what waits for people, and what is done later. Each is
// given what it may use of the others, as in `parts.ts`, after which they are made.
import type { OfferedTool } from '../agents/tools/tool'
import type { RoomEvent } from '../conversation/event'
import type { MemberId, MessageId } from '../conversation/ids'
import { isUnfinished, type Message, type Part } from '../conversation/message'
import { Approvals } from './approvals/approvals'
import { Asking } from './approvals/asking'
import { StoredApprovals } from './approvals/stored-approvals'
import { RoomPolicies } from './approvals/room-policies'
import { taintOf } from './approvals/taint'
import type { History } from './history/history'
import type { RoomLedger } from './limits/room-ledger'
import type { Members } from './members/members'
import { memoryTools } from './memory/notes-for'
import { RoomMemory } from './memory/room-memory'
import { AgentColleagues } from './queue/colleagues'
import type { Engaging } from './queue/engaging'
import type { Queue } from './queue/queue'
import type { StoredQueue } from './queue/stored-queue'
import type { Changes } from './records/changes'
import type { Records } from './records/records'
import type { RoomAgents } from './records/room-agents'
import type { RoomHost } from './room-host'
import { carryOut } from './schedules/carry-out'
import { isScheduled, scheduleTools } from './schedules/planner-for'
import { RoomSchedules } from './schedules/room-schedules'
import { StoredRuns } from './schedules/stored-runs'
import { Servers } from './servers/servers'
import { StoredServers } from './servers/stored-servers'
import type { Spending } from './spending/spending'
import type { CallLog } from './turns/call-log'
import type { ToolSource } from './turns/tools-for'

export interface ToolPartsPort {
  readonly host: RoomHost
  readonly history: History
  readonly records: Records
  readonly changes: Changes
  readonly agents: RoomAgents
  readonly members: Members
  readonly calls: CallLog
  readonly stored: StoredQueue
  readonly queue: Queue
  readonly engaging: Engaging
  readonly spending: Spending
  readonly account: RoomLedger
  nameOf(id: MemberId): string
  askerOf(reply: Message): MemberId
  publish(event: RoomEvent): void
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

export class ToolParts {
  readonly memory: RoomMemory
  readonly schedules: RoomSchedules
  readonly servers: Servers
  readonly colleagues: AgentColleagues
  readonly policies: RoomPolicies
  readonly approvals: Approvals
  readonly asking: Asking
  /** Where a turn's tools come from. */
  readonly sources: readonly ToolSource[]
  private readonly port: ToolPartsPort

  constructor(port: ToolPartsPort) {
    this.port = port
    const { host, history, records, changes, agents, members, calls, stored, queue, engaging, account, spending } = port
    const { askerOf, nameOf, publish, transaction } = port
    const { sql } = host.storage
    const { budget } = spending
    const now = () => host.now()
    const taint = (reply: Message, parts: readonly Part[], tool: Pick<OfferedTool, 'own' | 'server'>) =>
      taintOf({ sql, reply, parts, tool, owner: members.room()?.ownerId ?? null, notes: this.memory.all() })
    const roster = () => agents.roster()
    this.memory = new RoomMemory({ history, members, records, changes: () => changes, now })
    this.schedules = new RoomSchedules({
      records,
      members,
      changes: () => changes,
      runs: new StoredRuns(sql),
      roster,
      meet: (person) => account.meet(person, null),
      carryOut: (due) => {
        const { space } = account
        const wrote = (author: MemberId) => members.wrote(author, now())
        return carryOut({ history, queue, engaging, members, budget, space, roster, zone: () => this.schedules.zone(), wrote, now }, due)
      },
      wakeAt: (moment) => host.schedulesAt(moment),
      now,
    })
    this.servers = new Servers({
      host: () => host.servers(),
      stored: new StoredServers(sql),
      room: () => host.room(),
      isOwner: (person) => members.room()?.ownerId === person,
      nameOf,
      changes: () => changes,
      records: () => records.of('server'),
      savedMode: (called) => this.policies.saved(called)?.mode ?? null,
      keep: (work) => host.keep(work),
      later: (run, ms) => host.later(run, ms),
      now,
      transaction,
    })
    this.policies = new RoomPolicies({
      records: () => records.of('policy'),
      changes: () => changes,
      members,
      tools: () => host.tools(),
      served: () => this.servers.facts(),
      now,
    })
    const hasReadOutside = (reply: Message) => ['web', 'server'].includes(taint(reply, reply.parts, { own: 'ask_agent' }) ?? '')
    this.colleagues = new AgentColleagues({ history, members, stored, queue, engaging, budget, roster, hasReadOutside })
    this.approvals = new Approvals({
      stored: new StoredApprovals(sql),
      records,
      history,
      find: (id) => members.find(id),
      nameOf,
      savedPolicy: (tool) => this.policies.saved(tool),
      toolNow: (name) => this.policies.all().find((tool) => tool.name === name) ?? null,
      taintOf: taint,
      notBegun: (reply, call) => calls.forgetOne(reply, call),
      wakeAt: (at) => host.approvalsAt(at),
      now,
      publish,
      transaction,
    })
    const { approvals } = this
    const maySpeak = ({ metadata: { author } }: Message) => members.room()?.deletedAt === null && agents.find(author.id) !== null
    this.asking = new Asking({ history, queue, calls, approvals, isWaiting: (reply) => this.colleagues.isWaiting(reply), askerOf, maySpeak, now, publish })
    this.sources = [
      () => host.tools(),
      ({ agent }) => this.servers.offered(agent.servers ?? []),
      memoryTools(this.memory),
      scheduleTools(this.schedules, {
        roster,
        taintOf: ({ reply, parts }) => taint(reply, parts(), { own: 'schedule' }),
        isScheduled: ({ reply }) => isScheduled(history.get(stored.placeOf(reply.id).root)),
      }),
      this.colleagues.tools,
    ]
  }

  /** When the room wakes, after the replies that were being written were picked up. */
  wake(): void {
    this.asking.wake()
    this.servers.wake()
    // What was missed is done now; nobody who comes in waits for it.
    this.port.host.keep(this.schedules.run())
  }

  /** What nobody decided in time. Answers when the next is due: server time, ms since 1970. */
  expire(): number | null {
    this.asking.wake()
    return this.approvals.nextExpiry()
  }

  /** What was open of a reply that ends is void; answers its parts with all that was decided. */
  closeCards(reply: MessageId, parts: readonly Part[], why: string): readonly Part[] {
    this.approvals.end(reply, why)
    return this.approvals.applied(parts)
  }

  /** Somebody has no place here any more: nothing that they asked for waits to be approved, or is done later. */
  removed(person: MemberId): void {
    this.schedules.memberGone(person)
    for (const reply of this.asking.all()) if (this.port.askerOf(reply) === person) this.asking.end(reply, 'stopped')
  }

  /** The room is deleted, or is there again. What was missed meanwhile is done once; while it is deleted nothing comes. */
  async deleted(isDeleted: boolean): Promise<void> {
    if (!isDeleted) return this.schedules.run()
    this.schedules.arm()
    for (const reply of this.asking.all()) this.asking.end(reply, 'stopped')
  }

  /** Whoever waits for the end of a reply hears of it, also of one that had waited for people; and that it waits for them. */
  heard(event: RoomEvent): void {
    if (event.type === 'settled') this.ended(event.id)
    if (event.type !== 'message') return
    const { id, metadata } = event.message
    if (metadata.status === 'asking') this.colleagues.heard(id)
    else if (!isUnfinished(metadata.status)) this.ended(id)
  }

  private ended(id: MessageId): void {
    this.colleagues.heard(id)
    const { replyTo } = this.port.history.get(id)?.metadata ?? {}
    if (replyTo !== undefined) this.asking.goOn(replyTo)
  }
}
