// Plays a schedule in a room of its own, and says what was wrong with it.
import { LOBBY } from '../../src/conversation/ids'
import { isRetryable } from '../../src/conversation/message'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { Participant } from '../lane-contract/participant'
import type { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { waitFor } from '../support/wait-for'
import { Gathering } from './gathering'
import { pageSnapshot } from './page-snapshot'
import { described, MYSELF, type Schedule, type Step } from './schedule'

/** Each guest once per room: whoever owns it, those who join, one who writes its past, and one who comes when all is over. */
export const GUESTS = 7

/** What went wrong, in words; nothing when all is well. Guests may be used again in the next room. `begun` is told when the room is ready. */
export async function play(world: World, guests: readonly Guest[], schedule: Schedule, begun = () => {}): Promise<readonly string[]> {
  const game = new Play(world, guests, schedule)
  try {
    await game.begin()
    begun()
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
  private gathering = new Gathering(LOBBY)
  private readonly asleep = new Set<number>()
  private readonly world: World
  private readonly guests: readonly Guest[]
  private readonly schedule: Schedule

  constructor(world: World, guests: readonly Guest[], schedule: Schedule) {
    this.world = world
    this.guests = guests
    this.schedule = schedule
  }

  async begin(): Promise<void> {
    this.gathering = new Gathering(await this.world.room(this.guestOf(0)))
    if (this.schedule.past > 0) await this.fill(this.schedule.past)
    for (const lane of this.schedule.lanes) await this.join(lane)
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'post':
        return this.gathering.say(this.memberOf(step.who), step.text)
      case 'stop':
        return this.memberOf(step.who).client.stop()
      case 'retry':
        return this.retry(this.memberOf(step.who))
      case 'drop':
        return this.memberOf(step.who).drop()
      case 'sleep':
        return this.sleep(step.who)
      case 'wake':
        return this.wake(step.who)
      case 'earlier':
        return void this.memberOf(step.who).client.loadEarlier()
      case 'typing':
        return this.memberOf(step.who).client.typing()
      case 'clear':
        return this.memberOf(0).client.clear()
      case 'pin':
        return this.gathering.pin(this.world, step.id, step.value)
      case 'mark':
        return this.gathering.mark(this.world, this.memberOf(step.who), step.back, step.value)
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

  /** Everybody is there, nothing is on its way, and nobody speaks. */
  async settle(): Promise<void> {
    for (const place of this.asleep) this.wake(place)
    for (const who of this.gathering.everybody) await who.connected()
    await this.gathering.quiet(this.world)
  }

  async verdict(): Promise<readonly string[]> {
    const lane = LANES[this.schedule.seed % LANES.length] ?? 'agents'
    const fresh = new Participant(DRIVERS[lane], this.guestOf(GUESTS - 1), this.gathering.room)
    try {
      await this.gathering.quiet(this.world, [fresh])
      return await this.gathering.verdict(fresh)
    } finally {
      fresh.close()
    }
  }

  end(): void {
    for (const who of this.gathering.everybody) who.close()
  }

  private async join(lane: LaneName, fromPage = false, late = 0): Promise<void> {
    const guest = this.guestOf(this.gathering.everybody.length)
    const initial = fromPage ? await pageSnapshot(guest, this.gathering.room, lane) : undefined
    await this.look(late)
    const who = new Participant(DRIVERS[lane], guest, this.gathering.room, initial)
    this.gathering.add(who)
    // Whoever begins a schedule is there; whoever comes from a page may be met by anything before that.
    if (!fromPage) await who.connected()
  }

  /** Two who leave again: posts are quickest over a socket, and one person may post only so many at once. */
  private async fill(past: number): Promise<void> {
    const writers = [GUESTS - 2, GUESTS - 1].map((place) => new Participant(DRIVERS.agents, this.guestOf(place), this.gathering.room))
    try {
      for (const who of writers) await who.connected()
      for (let n = 1; n <= past; n++) writers.slice(n % 2, (n % 2) + 1).forEach((who) => this.gathering.say(who, `${MYSELF} past ${n}.`))
      for (const who of writers) await who.settled()
    } finally {
      for (const who of writers) who.close()
    }
  }

  private retry(who: Participant): void {
    const failed = who.messages().findLast(({ role, metadata }) => role === 'assistant' && isRetryable(metadata.status))
    if (failed) who.client.retry(failed.id)
  }

  private sleep(place: number): void {
    this.asleep.add(place)
    this.memberOf(place).client.close()
  }

  private wake(place: number): void {
    if (this.asleep.delete(place)) this.memberOf(place).client.start()
  }

  private async rename(who: number, name: string): Promise<void> {
    const { guest, lane } = this.memberOf(who)
    // People take another name from a page.
    await pageSnapshot(guest, this.gathering.room, lane)
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
      (check) => this.gathering.onAnyChange(check),
    )
  }

  private guestOf(place: number): Guest {
    const guest = this.guests[place]
    if (!guest) throw new Error(`there is no guest ${place}`)
    return guest
  }

  private memberOf(place: number): Participant {
    const member = this.gathering.everybody[place]
    if (!member) throw new Error(`there is no member ${place}`)
    return member
  }
}
