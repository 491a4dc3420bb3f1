// People in one room, what each of them posted and saw, and what is wrong when all is quiet.
import type { RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { PAGE_SIZE } from '../../src/conversation/page'
import type { Participant } from '../lane-contract/participant'
import type { World } from '../lane-contract/world'
import { waitFor } from '../support/wait-for'
import { wrongWith, type Post } from './expected'
import { Pinned } from './pinned'
import { promptFrom, MYSELF } from './schedule'
import type { Random } from './random'
import { Watch } from './watch'

export class Gathering {
  readonly room: RoomId
  readonly everybody: readonly Participant[]
  private readonly present: Participant[] = []
  private readonly watches: Watch[] = []
  private readonly posts: Post[] = []
  private readonly pinned = new Pinned()

  /** The first of them owns the room. */
  constructor(room: RoomId, everybody: readonly Participant[] = []) {
    this.room = room
    this.everybody = this.present
    for (const who of everybody) this.add(who)
  }

  add(who: Participant): void {
    this.present.push(who)
    this.watches.push(new Watch(who))
  }

  /** States that anybody has been shown so far. */
  get changes(): number {
    return this.watches.reduce((sum, watch) => sum + watch.changes, 0)
  }

  /** How many have a connection. */
  get connected(): number {
    return this.present.filter(({ client }) => client.getState().connection === 'connected').length
  }

  /** Posts in somebody's name, who need not be of those who stay. */
  say({ client, guest }: Participant, template: string): void {
    const text = template.replace(MYSELF, `@${guest.name}`)
    this.posts.push({ id: client.post(text), text, author: guest.id })
  }

  /** Makes, changes or (null) deletes a notice; resolves when the room said so, or nobody can know. */
  pin({ noticeboard }: World, id: string, value: unknown): Promise<void> {
    return this.pinned.pin(noticeboard, this.room, id, value)
  }

  /** Amends one of the messages that somebody shows, the `back`th newest. */
  async mark({ noticeboard }: World, who: Participant, back: number, value: unknown): Promise<void> {
    const message = who.messages().at(-1 - back)
    if (message) await this.pinned.mark(noticeboard, this.room, message.id, value)
  }

  /** Does a few things at once, as chance has it. */
  act(random: Random, mark: string): void {
    this.present.forEach((who, at) => {
      if (random.chance(0.6)) this.say(who, promptFrom(random, `${mark}.${at}`))
      if (random.chance(0.1)) who.client.stop()
      if (random.chance(0.1)) who.drop()
    })
    if (random.chance(0.1)) this.present[0]?.client.clear()
  }

  /** What is still going on, and at whose. */
  restless(others: readonly Participant[] = []): readonly string[] {
    return [...this.present, ...others].flatMap((who) => {
      const unrest = unrestOf(who)
      return unrest === null ? [] : [`${who.lane} ${unrest}`]
    })
  }

  /** Waits until nothing goes on at anybody's. Frames keep their order: once a last post is taken, so is all before it. */
  async quiet(world: World, others: readonly Participant[] = []): Promise<void> {
    if (others.length === 0) for (const who of this.present) this.say(who, `${MYSELF} good-bye`)
    for (let seen = -1; this.restless(others).length > 0;) {
      // Patience lasts as long as anything goes on: a busy machine is slow, a stuck room is still.
      if (this.changes === seen) throw new Error(`nothing goes on: ${this.restless(others).join(', ')}`)
      seen = this.changes
      await waitFor('the room to become quiet', () => {
        world.model.release()
        return this.restless(others).length === 0
      }).catch((cause: unknown) => console.warn(String(cause)))
    }
  }

  /** What is wrong, now that all is quiet. `fresh` has seen nothing but one page. */
  async verdict(fresh: Participant): Promise<readonly string[]> {
    await fresh.until('comes in', (who) => who.client.getState().hereCount > 0)
    const page = fresh.messages().length
    while (fresh.client.getState().hasEarlier) await fresh.client.loadEarlier()
    await this.agreement(fresh)
    return [
      ...this.present.flatMap((who, at) => disagreement(`member ${at}`, who, fresh, page)),
      ...this.watches.flatMap(({ violations }) => violations.slice(0, 3)),
      ...this.pinned.wrongWith(fresh.client.getState().records, fresh.messages()),
      ...wrongWith(fresh.messages(), this.posts, new Map(this.watches.flatMap(({ seen }) => [...seen]))),
    ]
  }

  /** Calls back once, when anybody is shown anything new; answers how to stop. */
  onAnyChange(check: () => void): () => void {
    const unsubscribe = this.present.map(({ client }) => client.subscribe(check))
    return () => unsubscribe.forEach((stop) => stop())
  }

  /** Waits for everybody to show what the fresh one does; who never does is told of by the verdict. */
  private async agreement(fresh: Participant): Promise<void> {
    const agreed = () => this.restless([fresh]).length === 0 && this.present.every((who) => disagreement('', who, fresh, 0).length === 0)
    await waitFor('everybody to agree', agreed).catch((cause: unknown) => console.warn(String(cause)))
  }
}

/** What is still going on at somebody's; null for nothing. */
function unrestOf({ client }: Participant): string | null {
  const { connection, pending, rows, loadingEarlier } = client.getState()
  if (connection !== 'connected') return connection
  if (pending.length > 0) return `waits to post ${pending.map(({ text, refusal }) => `“${text}” ${refusal?.code ?? ''}`).join(', ')}`
  const open = rows.filter(({ status }) => status === 'streaming')
  if (open.length > 0) return `hears ${open.map(({ message }) => `“${textOf(message)}” at ${message.metadata.seq}`).join(', ')}`
  return loadingEarlier ? 'waits for earlier messages' : null
}

/** Members may hold less of the past than the fresh one, who loaded all of it, but never less than a page. */
function disagreement(name: string, who: Participant, fresh: Participant, page: number): readonly string[] {
  const whole = fresh.shown()
  const shown = who.shown()
  const expected = shown.length === 0 ? [] : whole.slice(-shown.length)
  const at = shown.findIndex((line, place) => line !== expected[place])
  const { hasEarlier } = who.client.getState()
  if (who.records().join() !== fresh.records().join())
    return [`[L13] ${name} (${who.lane}) holds\n  ${who.records().join('\n  ')}\nwhere a fresh ${fresh.lane} client holds\n  ${fresh.records().join('\n  ')}`]
  if (at >= 0)
    return [`[L12] ${name} (${who.lane}) shows at ${at} of ${shown.length}\n  ${shown[at]}\nwhere a fresh ${fresh.lane} client shows\n  ${expected[at]}`]
  if (shown.length < Math.min(page, PAGE_SIZE, whole.length)) return [`[L12] ${name} (${who.lane}) shows ${shown.length} of ${whole.length} messages`]
  if (hasEarlier !== shown.length < whole.length)
    return [`[L7] ${name} (${who.lane}) shows ${shown.length} of ${whole.length} messages and says that there is ${hasEarlier ? '' : 'nothing '}earlier`]
  return []
}
