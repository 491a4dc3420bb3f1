// A schedule comes: what it asks for is said in its maker's name, as a message that says that it was scheduled, and its agent answers.
// Refused like anything that its maker might post now.
import { called } from '../../agents/engagement/called'
import type { RosterAgent } from '../../agents/roster'
import { newMessageId, type MemberId } from '../../conversation/ids'
import { textPart } from '../../conversation/message'
import { refuse, type Refusal } from '../../conversation/refusal'
import type { AnswerBudget, Space } from '../commands/posting'
import { tooManyWaiting } from '../commands/posting'
import type { History } from '../history/history'
import { bytesOfPost } from '../limits/post-space'
import type { Members } from '../members/members'
import type { Engaging } from '../queue/engaging'
import type { Queue } from '../queue/queue'
import type { Due } from './room-schedules'

export interface CarryOutPort {
  readonly history: History
  readonly queue: Queue
  readonly engaging: Engaging
  readonly members: Members
  readonly budget: AnswerBudget
  readonly space: Space
  roster(): readonly RosterAgent[]
  zone(): string
  wrote(author: MemberId): void
  now(): number
}

/** Null, or why not; then nothing is written. */
export function carryOut(port: CarryOutPort, due: Due): Refusal | null {
  const { by, agent, taint } = due.schedule
  const maker = port.members.find(by)
  const decision = called({ rule: 'schedule', agent, by }, port.roster())
  if (!maker || !decision) return refuse('no_such_message', 'There is no such agent in this room any more.').refusal
  if (!decision.answers) return refuse('no_such_message', 'That agent is off, and does nothing by itself.').refusal
  const text = saidFor(due, port.zone())
  const full = port.space.refuse(by, bytesOfPost(text, 0))
  if (full) return full
  if (!port.queue.hasRoomFor(1)) return tooManyWaiting().refusal
  const spent = port.budget.refuse(by, [agent])
  if (spent) return spent
  const id = newMessageId()
  const { role: _role, ...author } = maker
  const asked = port.queue.ask(port.engaging.wanted([decision], id, by, { root: id, depth: 0 }), () => {
    const parts = [textPart(text, [])]
    // Its words may be anybody's: who reads them has read what whoever planned it had.
    const amended = { schedule: due.id, ...(taint === undefined ? {} : { taint }) }
    const message = port.history.append({ id, author, status: 'complete', createdAt: port.now(), parts, saidTo: agent, amended })
    if (!message) throw new Error('the id was free a moment ago')
    return [{ type: 'message', message }]
  })
  if (!asked.ok) return asked.refusal
  port.wrote(by)
  port.budget.use(by, [agent])
  port.space.use(by, bytesOfPost(text, 1))
  return null
}

/** Nobody is made to have said it just now: the message says what it is. */
function saidFor({ schedule: { when, task }, missedAt }: Due, zone: string): string {
  const missed = missedAt === null ? '' : `, missed at ${inWords(missedAt, zone)} and done now`
  return `Scheduled (${when}${missed}): ${task}`
}

/** “2026-11-26 09:00 (Europe/Zurich)” */
export function inWords(moment: number, zone: string): string {
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(moment)
  return `${shown} (${zone})`
}
