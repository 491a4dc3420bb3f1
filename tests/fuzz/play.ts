// Plays a schedule in a room of its own, and says what was wrong with it.
import type { RoomId } from '../../src/conversation/ids'
import { isRetryable, textOf } from '../../src/conversation/message'
import { PAGE_SIZE } from '../../src/conversation/page'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { Participant } from '../lane-contract/participant'
import type { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'
import { wrongWith, type Post } from './expected'
import { pageSnapshot } from './page-snapshot'
import { described, MYSELF, type Schedule, type Step } from './schedule'
import { Watch } from './watch'

/** Each guest once per room: whoever owns it, those who join, one who writes its past, and one who comes when all is over. */
export const GUESTS = 7

interface Member {
  readonly who: Participant
  readonly watch: Watch
  asleep: boolean
}

/** What went wrong, in words; nothing when all is well. Guests may be used again in the next room. */
export async function play(world: World, guests: readonly Guest[], schedule: Schedule): Promise<readonly string[]> {
  const game = new Play(world, guests, schedule)
  try {
    await game.begin()
    for (const step of schedule.steps) await game.take(step)
    await game.settle()
    return (await game.verdict()).map((wrong) => `${wrong}\n${described(schedule)}`)
  } catch (cause) {
    return [`${String(cause)}\n${described(schedule)}`]
  } finally {
    game.end()
  }
}

class Play {
  private room = '' as RoomId
  private readonly members: Member[] = []
  private readonly posts: Post[] = []
  private readonly world: World
  private readonly guests: readonly Guest[]
  private readonly schedule: Schedule

  constructor(world: World, guests: readonly Guest[], schedule: Schedule) {
    this.world = world
    this.guests = guests
    this.schedule = schedule
  }

  async begin(): Promise<void> {
    this.room = await this.world.room(this.guestOf(0))
    if (this.schedule.past > 0) await this.fill(this.schedule.past)
    for (const lane of this.schedule.lanes) await this.join(lane)
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'post':
        return this.post(step.who, step.text)
      case 'stop':
        return this.memberOf(step.who).who.client.stop()
      case 'retry':
        return this.retry(this.memberOf(step.who).who)
      case 'drop':
        return this.memberOf(step.who).who.drop()
      case 'sleep':
        return this.sleep(this.memberOf(step.who))
      case 'wake':
        return this.wake(this.memberOf(step.who))
      case 'earlier':
        return void this.memberOf(step.who).who.client.loadEarlier()
      case 'typing':
        return this.memberOf(step.who).who.client.typing()
      case 'clear':
        return this.memberOf(0).who.client.clear()
      case 'join':
        return this.join(step.lane, step.fromPage, step.late)
      case 'rename':
        return this.rename(step.who, step.name)
      case 'release':
        return this.world.model.release()
      case 'look':
        return this.look(step.times)
      default:
        return step satisfies never
    }
  }

  /** Everybody is there, nothing is on its way, and nobody speaks. Frames keep their order: once a last post is taken, so is all before it. */
  async settle(): Promise<void> {
    for (const member of this.members) this.wake(member)
    for (const member of this.members) await member.who.connected()
    for (const member of this.members) this.say(member.who, `${MYSELF} good-bye`)
    await this.quiet(this.members.map(({ who }) => who))
  }

  private async quiet(everybody: readonly Participant[]): Promise<void> {
    try {
      await waitFor('the room to become quiet', () => {
        this.world.model.release()
        return everybody.every((who) => unrest(who) === null)
      })
    } catch (cause) {
      const restless = everybody.map((who) => `${who.lane}: ${unrest(who) ?? 'quiet'}`)
      throw new Error(restless.join(', '), { cause })
    }
  }

  async verdict(): Promise<readonly string[]> {
    const fresh = new Participant(
      this.schedule.seed % 2 === 0 ? DRIVERS.agents : DRIVERS[LANES[this.schedule.seed % 3] ?? 'rsc'],
      this.guestOf(GUESTS - 1),
      this.room,
    )
    try {
      await fresh.until('comes in', (who) => who.client.getState().hereCount > 0)
      await this.quiet([...this.members.map(({ who }) => who), fresh])
      const page = fresh.messages().length
      while (fresh.client.getState().hasEarlier) await fresh.client.loadEarlier()
      await agreement(fresh, this.members)
      const seen = new Map(this.members.flatMap(({ watch }) => [...watch.seen]))
      return [
        ...this.members.flatMap(({ who }, at) => disagreement(`member ${at}`, who, fresh, page)),
        ...this.members.flatMap(({ watch }) => watch.violations.slice(0, 3)),
        ...wrongWith(fresh.messages(), this.posts, seen),
      ]
    } finally {
      fresh.close()
    }
  }

  end(): void {
    for (const { who } of this.members) who.close()
  }

  private async join(lane: LaneName, fromPage = false, late = 0): Promise<void> {
    const guest = this.guestOf(this.members.length)
    const initial = fromPage ? await pageSnapshot(guest, this.room, lane) : undefined
    await this.look(late)
    const who = new Participant(DRIVERS[lane], guest, this.room, initial)
    this.members.push({ who, watch: new Watch(who), asleep: false })
    // Whoever begins a schedule is there; whoever comes later may be met by anything at any moment.
    if (!fromPage) await who.connected()
  }

  /** Two who leave again: posts are quickest over a socket, and one person may post only so many at once. */
  private async fill(past: number): Promise<void> {
    const writers = [GUESTS - 2, GUESTS - 1].map((place) => new Participant(DRIVERS.agents, this.guestOf(place), this.room))
    try {
      for (const who of writers) await who.connected()
      for (let n = 1; n <= past; n++) this.say(writers[n % 2], `${MYSELF} past ${n}.`)
      for (const who of writers) await who.settled()
    } finally {
      for (const who of writers) who.close()
    }
  }

  private post(who: number, text: string): void {
    this.say(this.memberOf(who).who, text)
  }

  private say(who: Participant | undefined, template: string): void {
    if (!who) return
    const { client, guest } = who
    const text = template.replace(MYSELF, `@${guest.name}`)
    this.posts.push({ id: client.post(text), text, author: guest.id })
  }

  private retry(who: Participant): void {
    const failed = who.messages().findLast(({ role, metadata }) => role === 'assistant' && isRetryable(metadata.status))
    if (failed) who.client.retry(failed.id)
  }

  private sleep(member: Member): void {
    member.asleep = true
    member.who.client.close()
  }

  private wake(member: Member): void {
    if (!member.asleep) return
    member.asleep = false
    member.who.client.start()
  }

  private async rename(who: number, name: string): Promise<void> {
    const { guest, lane } = this.memberOf(who).who
    // The rooms that are told of a new name are those whose page was seen.
    await pageSnapshot(guest, this.room, lane)
    const response = await guest.fetch(new URL('/rename', guest.origin), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ name }),
    })
    if (!response.ok) throw new Error(`/rename answered ${response.status}`)
  }

  private async look(times: number): Promise<void> {
    let left = times
    await waitFor(
      'a few looks',
      () => left-- <= 0,
      (check) => this.onAnyChange(check),
    )
  }

  private onAnyChange(check: () => void): () => void {
    const unsubscribe = this.members.map(({ who }) => who.client.subscribe(check))
    return () => unsubscribe.forEach((stop) => stop())
  }

  private guestOf(place: number): Guest {
    const guest = this.guests[place]
    if (!guest) throw new Error(`there is no guest ${place}`)
    return guest
  }

  private memberOf(place: number): Member {
    const member = this.members[place]
    if (!member) throw new Error(`there is no member ${place}`)
    return member
  }
}

/** What is still going on at somebody's; null for nothing. */
function unrest({ client }: Participant): string | null {
  const { connection, pending, rows, loadingEarlier } = client.getState()
  if (connection !== 'connected') return connection
  if (pending.length > 0) return `waits to post ${pending.map(({ text, refusal }) => `“${text}” ${refusal?.code ?? ''}`).join(', ')}`
  const open = rows.filter(({ status }) => status === 'streaming')
  if (open.length > 0) return `hears ${open.map(({ message }) => `“${textOf(message)}” at ${message.metadata.seq}`).join(', ')}`
  return loadingEarlier ? 'waits for earlier messages' : null
}

/** Waits for everybody to show what the fresh one does; who never does is told of by `disagreement`. */
async function agreement(fresh: Participant, members: readonly Member[]): Promise<void> {
  const agreed = () => members.every(({ who }) => disagreement('', who, fresh, 0).length === 0)
  await waitFor('everybody to agree', agreed).catch((cause: unknown) => console.warn(String(cause)))
}

/** Members may hold less of the past than the fresh one, who loaded all of it, but never less than a page. */
function disagreement(name: string, who: Participant, fresh: Participant, page: number): readonly string[] {
  const whole = fresh.shown()
  const shown = who.shown()
  const expected = shown.length === 0 ? [] : whole.slice(-shown.length)
  const at = shown.findIndex((line, place) => line !== expected[place])
  const { hasEarlier } = who.client.getState()
  if (at >= 0)
    return [`[L12] ${name} (${who.lane}) shows at ${at} of ${shown.length}\n  ${shown[at]}\nwhere a fresh ${fresh.lane} client shows\n  ${expected[at]}`]
  if (shown.length < Math.min(page, PAGE_SIZE, whole.length)) return [`[L12] ${name} (${who.lane}) shows ${shown.length} of ${whole.length} messages`]
  if (hasEarlier !== shown.length < whole.length)
    return [`[L7] ${name} (${who.lane}) shows ${shown.length} of ${whole.length} messages and says that there is ${hasEarlier ? '' : 'nothing '}earlier`]
  return []
}
