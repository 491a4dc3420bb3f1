// What a room does later. Each schedule is a record that says when it comes next; what is due is asked for in its maker's name, and paid
// by them. Invariants: a schedule's next time is stored in the same breath as what it asks for, so that it comes once, whatever breaks;
// one whose maker has no place here any more comes never.
import { parseCron, timesADay } from '../../agents/schedules/cron'
import { next, type Timing } from '../../agents/schedules/next'
import { isZone } from '../../agents/schedules/wall-clock'
import { readWhen } from '../../agents/schedules/when'
import type { RosterAgent } from '../../agents/roster'
import type { Taint } from '../../conversation/approval'
import { newMessageId, type MemberId } from '../../conversation/ids'
import { isBlank } from '../../conversation/message'
import { recordsOf, type RecordOf } from '../../conversation/record'
import { legible } from '../../conversation/seen'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import {
  MAX_RUNS_A_DAY,
  MAX_SCHEDULES,
  MAX_SCHEDULES_OF_PERSON,
  MAX_TASK,
  MAX_WHEN,
  OWNERS_SCHEDULES,
  type Ran,
  type Schedule,
} from '../../conversation/schedule'
import type { Members } from '../members/members'
import type { Changes } from '../records/changes'
import type { Records } from '../records/records'
import type { StoredRuns } from './stored-runs'

/** For a room whose owner has said nothing else. */
export const ZONE = 'UTC'

/** One that comes so much later than it should was missed, ms: the room could not run. */
export const MISSED_AFTER_MS = 2 * 60_000

/** What is due, for whoever carries it out. */
export interface Due {
  readonly id: string
  readonly schedule: Schedule
  /** When it should have come, where that was missed; ms since 1970. */
  readonly missedAt: number | null
}

export interface SchedulesPort {
  readonly records: Pick<Records, 'of' | 'revision'>
  readonly members: Pick<Members, 'find' | 'room'>
  changes(): Pick<Changes, 'set'>
  readonly runs: StoredRuns
  roster(): readonly RosterAgent[]
  /** Learns what somebody may do who is not here. */
  meet(person: MemberId): Promise<void>
  /** Asks for it in its maker's name. Null, or why not; then nothing was written. */
  carryOut(due: Due): Refusal | null
  /** Has the room woken then, if it sleeps; null for never. ms since 1970. */
  wakeAt(moment: number | null): void
  now(): number
}

/** What somebody wants done. */
export interface Wanted {
  readonly task: string
  readonly when: string
  readonly agent: MemberId
  /** Of an answer that plans it: what that has read. */
  readonly taint?: Taint | null
}

export class RoomSchedules {
  private readonly port: SchedulesPort
  /** Whether what is due is being carried out. */
  private isRunning = false
  private known: { readonly revision: number; readonly all: readonly RecordOf<'schedule'>[] } = { revision: -1, all: [] }

  constructor(port: SchedulesPort) {
    this.port = port
  }

  /** The next first; what comes no more last. */
  all(): readonly RecordOf<'schedule'>[] {
    const { records } = this.port
    if (this.known.revision !== records.revision) this.known = { revision: records.revision, all: soonestFirst(recordsOf(records.of('schedule'), 'schedule')) }
    return this.known.all
  }

  /** Whose clocks are meant. */
  zone(): string {
    return recordsOf(this.port.records.of('room'), 'room')[0]?.value.zone ?? ZONE
  }

  /** Refuses: not_a_member, malformed, no_such_message for an agent that is not there, too_long, too_many. */
  add(person: MemberId, { task: written, when: said, agent: id, taint = null }: Wanted): Result<Schedule> {
    const { port } = this
    const member = port.members.find(person)
    if (!member) return notAMember()
    const [task, when] = [legible(written).trim(), said.replace(/\s+/g, ' ').trim()]
    if (isBlank(task)) return refuse('malformed', 'Say what is to be done.')
    if (task.length > MAX_TASK) return refuse('too_long', `What is to be done may have ${MAX_TASK.toLocaleString('en')} characters.`)
    const agent = port.roster().find((one) => one.id === id)
    if (!agent) return refuse('no_such_message', 'There is no such agent in this room.')
    if (agent.mode === 'off') return refuse('malformed', `${agent.name} is off, and does nothing by itself.`)
    const now = port.now()
    const read = when.length > MAX_WHEN ? ({ ok: false, fault: 'That time is too long.' } as const) : readWhen(when, now, this.zone())
    if (!read.ok) return refuse('malformed', read.fault)
    const full = this.refuseMore(member, read.timing, now)
    if (full) return { ok: false, refusal: full }
    const comes = next(read.timing, now, this.zone())
    const tainted = taint === null ? {} : { taint }
    const schedule: Schedule = { task, agent: id, by: member.id, name: member.name, when, cron: read.cron, next: comes, at: now, ...tainted }
    const put = port.changes().set('schedule', newMessageId(), schedule)
    if (!put.ok) return put
    this.arm()
    return accept(schedule)
  }

  /** By its maker, or the room's owner. What is gone already is no refusal. Refuses: not_a_member, not_yours. */
  cancel(person: MemberId, id: string): Result<null> {
    const member = this.port.members.find(person)
    if (!member) return notAMember()
    const known = this.all().find((schedule) => schedule.id === id)
    if (!known) return accept(null)
    if (known.value.by !== person && member.role !== 'owner') return refuse('not_yours', 'Whoever made it may cancel it, and the owner of this room.')
    const gone = this.port.changes().set('schedule', id, null)
    this.arm()
    return gone.ok ? accept(null) : gone
  }

  /** Whose clocks are meant from now on, by all that comes again and again. Its owner's alone. Refuses: not_a_member, not_owner, malformed. */
  setZone(person: MemberId, zone: string): Result<null> {
    const member = this.port.members.find(person)
    if (!member) return notAMember()
    if (member.role !== 'owner') return refuse('not_owner', 'Only the owner of this room sets its time zone.')
    if (!isZone(zone)) return refuse('malformed', 'There is no time zone of that name. Write it as Europe/Zurich, America/New_York or UTC.')
    const [room] = recordsOf(this.port.records.of('room'), 'room')
    const set = this.port.changes().set('room', 'room', { name: room?.value.name ?? '', zone })
    if (!set.ok) return set
    const now = this.port.now()
    for (const { id, value } of this.all())
      if (value.cron !== null && value.next !== null) this.port.changes().set('schedule', id, { ...value, next: nextOf(value, now, zone) })
    this.arm()
    return accept(null)
  }

  /** Somebody has no place here any more: nothing of theirs comes. */
  memberGone(person: MemberId): void {
    for (const { id, value } of this.all()) if (value.by === person) this.port.changes().set('schedule', id, null)
    this.arm()
  }

  /** Carries out what is due, each once however often it was missed; then sleeps until the next. One run at a time. */
  async run(): Promise<void> {
    if (this.isRunning) return
    this.isRunning = true
    try {
      for (const { id, value } of this.due()) await this.runOne(id, value.by)
    } finally {
      this.isRunning = false
      this.arm()
    }
  }

  /** Has the room woken when the next is due. While it is deleted nothing is. */
  arm(): void {
    const { members, wakeAt } = this.port
    const room = members.room()
    const soonest = room && room.deletedAt === null ? (this.all().find(({ value }) => value.next !== null)?.value.next ?? null) : null
    wakeAt(soonest)
  }

  private due(): readonly RecordOf<'schedule'>[] {
    const room = this.port.members.room()
    if (!room || room.deletedAt !== null) return []
    const now = this.port.now()
    return this.all().filter(({ value }) => value.next !== null && value.next <= now)
  }

  private async runOne(id: string, by: MemberId): Promise<void> {
    await this.port.meet(by)
    // As it is now: meanwhile it may have been cancelled, and its maker removed.
    const known = this.due().find((schedule) => schedule.id === id)
    if (!known) return
    const { value } = known
    const now = this.port.now()
    if (!this.port.members.find(by)) return void this.port.changes().set('schedule', id, null)
    const due = value.next ?? now
    const refused = this.refuseRun(by, due) ?? this.carriedOut({ id, schedule: value, missedAt: now - due > MISSED_AFTER_MS ? due : null })
    const then = nextOf(value, now, this.zone())
    const last: Ran = refused ? { at: now, outcome: 'refused', text: refused.message } : { at: now, outcome: 'ran' }
    if (!refused) this.port.runs.add(by, due, value.cron === null)
    // Nothing was waited for since it was asked for: both are stored, or neither is.
    this.port.changes().set('schedule', id, then === null && !refused ? null : { ...value, next: then, last })
  }

  /** What was cancelled and planned anew, or was planned for once, came all the same. */
  private refuseRun(by: MemberId, due: number): Refusal | null {
    if (this.port.runs.on(by, due).all < MAX_RUNS_A_DAY) return null
    return refuse('too_many', `One person's schedules come at most ${MAX_RUNS_A_DAY} times on a day in a room, and so often these have come.`).refusal
  }

  private carriedOut(due: Due): Refusal | null {
    try {
      return this.port.carryOut(due)
    } catch (cause) {
      console.error('a schedule could not be carried out', { schedule: due.id }, cause)
      return refuse('unavailable', 'Something went wrong.').refusal
    }
  }

  private refuseMore({ id, role }: { readonly id: MemberId; readonly role: string }, timing: Timing, now: number): Refusal | null {
    const all = this.all()
    const theirs = all.filter(({ value }) => value.by === id)
    if (all.length >= MAX_SCHEDULES) return refuse('too_many', `A room has at most ${MAX_SCHEDULES} schedules: one has to be cancelled first.`).refusal
    if (role !== 'owner' && all.length >= MAX_SCHEDULES - OWNERS_SCHEDULES)
      return refuse('too_many', `Of the ${MAX_SCHEDULES} schedules of a room the last ${OWNERS_SCHEDULES} are its owner's: one has to be cancelled first.`)
        .refusal
    if (role !== 'owner' && theirs.length >= MAX_SCHEDULES_OF_PERSON)
      return refuse('too_many', `One person has at most ${MAX_SCHEDULES_OF_PERSON} schedules in a room: cancel one of yours first.`).refusal
    const runs = timing.type === 'once' ? 1 : timesADay(timing.cron)
    // What comes again counts every day; what came once, on the day on which it came.
    const came = this.port.runs.on(id, timing.type === 'once' ? timing.at : now).once
    const before = theirs.reduce((sum, { value }) => sum + runsADay(value), came)
    if (before + runs <= MAX_RUNS_A_DAY) return null
    const beside = before === 0 ? '' : `, and yours come ${before} times already, with what has come`
    return refuse(
      'too_many',
      `That would come ${runs.toLocaleString('en')} times on a day${beside}. One person's schedules come at most ${MAX_RUNS_A_DAY} times on a day in a room.`,
    ).refusal
  }
}

/** Of a schedule as it is kept: what was read once is read again. */
function timingOf({ cron, next: at }: Schedule): Timing | null {
  if (cron === null) return at === null ? null : { type: 'once', at }
  const parsed = parseCron(cron)
  return parsed && { type: 'again', cron: parsed }
}

function nextOf(schedule: Schedule, after: number, zone: string): number | null {
  const timing = timingOf(schedule)
  return timing && next(timing, after, zone)
}

function runsADay(schedule: Schedule): number {
  const timing = timingOf(schedule)
  return timing?.type === 'again' ? timesADay(timing.cron) : timing ? 1 : 0
}

export function soonestFirst(all: readonly RecordOf<'schedule'>[]): readonly RecordOf<'schedule'>[] {
  return all.toSorted((a, b) => (a.value.next ?? Infinity) - (b.value.next ?? Infinity) || a.value.at - b.value.at || (a.id < b.id ? -1 : 1))
}

function notAMember(): Result<never> {
  return refuse('not_a_member', 'Only members of this room may have something done later.')
}
