// Whatever people do with a queue, in whatever order, and however often the room forgets all but its rows.
import { expect, test } from 'vitest'
import type { MessageId } from '../../conversation/ids'
import { Random } from '../../../tests/fuzz/random'
import type { End, Step } from './changes'
import { enqueue } from './enqueue'
import { cancel, merge, moveUp, withdraw } from './orders'
import { endsOf, MOST_SPEAKING, placesIn, type QueueRow, speakingIn, waitingIn } from './row'
import { carryOut, openWishes, sentNow, wishNow } from './steer'
import { settle, take } from './take'
import { applied, ask, id, member, owner, viewer } from './testing/queues'

const AT_ONCE: Readonly<Record<string, number>> = { parley: 1, scout: 2, critic: 8 }
const AGENTS = ['parley', 'scout', 'critic'] as const
const PEOPLE = ['ann', 'bo', 'cy'] as const
const STEPS = 100

class Play {
  rows: readonly QueueRow[] = []
  readonly random: Random
  /** Every prompt that was accepted, and the replies that answered it or were cancelled with it: trigger and agent. */
  readonly asked = new Set<string>()
  readonly ended: { readonly id: MessageId; readonly end: End; readonly prompts: readonly string[] }[] = []
  private now = 0
  private messages = 0

  constructor(seed: number) {
    this.random = new Random(seed)
  }

  /** A step that was refused changes nothing. */
  did(step: Step): void {
    const before = this.rows
    for (const change of step.changes) {
      const row = change.type === 'ended' ? before.find(({ id }) => id === change.id) : undefined
      if (row && change.type === 'ended' && change.end.how !== 'merged') this.ended.push({ id: row.id, end: change.end, prompts: promptsOf(row) })
    }
    expect(byId(applied(before, step.changes))).toEqual(byId(step.rows))
    const told = new Map(step.changes.flatMap((change) => (change.type === 'ended' ? [] : [[change.row.id, change.place]])))
    const [old, places] = [placesIn(before), placesIn(step.rows)]
    const untold = step.rows.filter(({ id }) => (told.has(id) ? told.get(id) : (old.get(id) ?? null)) !== (places.get(id) ?? null))
    expect(untold).toEqual([])
    this.rows = step.rows
  }

  somebody() {
    const name = this.random.pick(PEOPLE)
    return this.random.chance(0.3) ? owner : viewer(name, { mayStopAll: this.random.chance(0.2) })
  }

  any(): MessageId {
    const row = this.rows[this.random.below(Math.max(1, this.rows.length))]
    return this.random.chance(0.05) || !row ? id('nothing') : row.id
  }

  act(): void {
    this.now += this.random.below(4_000)
    const [reply, who] = [this.any(), this.somebody()]
    const deeds: readonly [() => void, ...(() => void)[]] = [
      () => this.ask(),
      () => this.ask(),
      () => this.did(settle(this.rows, speakingIn(this.rows)[this.random.below(8)]?.id ?? id('nothing'))),
      () => this.did(orNothing(this.rows, cancel(this.rows, reply, who))),
      () => this.did(orNothing(this.rows, moveUp(this.rows, reply, who))),
      () => this.did(orNothing(this.rows, merge(this.rows, reply, who))),
      () => this.did(orNothing(this.rows, wishNow(this.rows, reply, who))),
      () => this.did(sentNow(this.rows, reply, who)),
      () => this.random.chance(0.1) && this.did(withdraw(this.rows, member(this.random.pick(AGENTS)))),
      () => this.restart(),
    ]
    this.random.pick(deeds)()
    // A crash may come between a wish and what is done about it.
    if (this.random.chance(0.2)) this.restart()
    for (const wish of openWishes(this.rows)) this.did(carryOut(this.rows, wish, this.random.chance(0.5)))
    this.did(take(this.rows, (agent) => AT_ONCE[agent] ?? 1))
  }

  private ask(): void {
    const again = this.messages > 0 && this.random.chance(0.2)
    const trigger = `m${again ? this.random.below(this.messages) + 1 : ++this.messages}`
    const after = this.random.chance(0.2) ? { after: this.any() } : {}
    const rule = this.random.chance(0.2) ? ({ rule: 'agent-mention', by: member('scout') } as const) : null
    // The room asks its history first whether that was answered already.
    const asks = AGENTS.filter((agent) => this.random.chance(0.5) && !this.ended.some(({ prompts }) => prompts.includes(`${trigger} ${agent}`))).map((agent) =>
      ask(trigger, agent, this.random.pick(PEOPLE), { ...after, ...(rule ? { why: rule } : {}), id: id(`reply-${this.random.below(1e9)}`) }),
    )
    const asked = enqueue(this.rows, asks, this.now)
    if (!asked.ok) return
    for (const [at, { trigger, agent }] of asks.entries()) {
      this.asked.add(`${trigger} ${agent}`)
      const reply = asked.value.rows.find(({ id }) => id === asked.value.replies[at])
      expect(reply && promptsOf(reply)).toContain(`${trigger} ${agent}`)
    }
    this.did(asked.value)
  }

  /** What a room has after a crash: its rows, in the order in which a database likes to give them. */
  restart(): void {
    this.rows = (JSON.parse(JSON.stringify(this.rows)) as QueueRow[]).toSorted(() => this.random.next() - 0.5)
  }
}

test.each(Array.from({ length: 16 }, (_, seed) => seed))(
  '[R124] [R125] [R126] [R127] seed %i: one reply per trigger and agent, none lost, places without holes, no limit passed',
  (seed) => {
    const play = new Play(seed)
    for (let at = 0; at < STEPS; at++) {
      play.act()
      const { rows } = play
      expect(speakingIn(rows).length).toBeLessThanOrEqual(MOST_SPEAKING)
      for (const agent of AGENTS) {
        expect(speakingIn(rows, member(agent)).length).toBeLessThanOrEqual(AT_ONCE[agent] ?? 0)
        const places = [...placesIn(rows)].filter(([id]) => rows.find((row) => row.id === id)?.agent === agent)
        expect(places.map(([, place]) => place)).toEqual(places.map((_, at) => at + 1))
      }
      expect(new Set(rows.map(({ order }) => order)).size).toBe(rows.length)
      const all = [...rows.flatMap(promptsOf), ...play.ended.flatMap(({ prompts }) => prompts)]
      expect(all.toSorted()).toEqual([...play.asked].toSorted())
      // Nobody waits while there is a place for them.
      expect(take(rows, (agent) => AT_ONCE[agent] ?? 1).taken).toEqual([])
    }
    for (let left = play.rows.length; left > 0; left--) {
      play.did(settle(play.rows, speakingIn(play.rows)[0]?.id ?? id('nothing')))
      play.did(take(play.rows, (agent) => AT_ONCE[agent] ?? 1))
    }
    expect(play.rows).toEqual([])
  },
)

test('[R124] rows in any order, read again from a database, are taken in the same order', () => {
  const random = new Random(7)
  const play = new Play(7)
  for (let at = 0; at < STEPS; at++) play.act()
  const next = take(settle(play.rows, speakingIn(play.rows)[0]?.id ?? id('nothing')).rows, () => 8)
  for (let round = 0; round < 20; round++) {
    const again = play.rows.toSorted(() => random.next() - 0.5)
    expect(waitingIn(again)).toEqual(waitingIn(play.rows))
    expect(endsOf(again)).toEqual(endsOf(play.rows))
    expect(take(settle(again, speakingIn(again)[0]?.id ?? id('nothing')).rows, () => 8).taken).toEqual(next.taken)
  }
})

function promptsOf({ agent, prompts }: QueueRow): readonly string[] {
  return prompts.map(({ trigger }) => `${trigger} ${agent}`)
}

function byId(rows: readonly QueueRow[]): readonly QueueRow[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function orNothing(rows: readonly QueueRow[], result: ReturnType<typeof cancel>): Step {
  return result.ok ? result.value : { rows, changes: [] }
}
