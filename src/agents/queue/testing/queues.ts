// Queues for tests, in few words: "a1 speaks, a2 waits" and what became of them.
import type { MemberId, MessageId } from '../../../conversation/ids'
import type { Result } from '../../../conversation/refusal'
import type { Change, Step } from '../changes'
import { type Ask, enqueue, type Enqueued } from '../enqueue'
import type { Viewer } from '../rights'
import { placesIn, type QueueRow, speakingIn } from '../row'
import { take } from '../take'

export const id = (name: string) => name as MessageId
export const member = (name: string) => name as MemberId

/** `ask('m1', 'parley', 'ann')`: Ann's message m1 asks Parley; the reply is "m1/parley". */
export function ask(trigger: string, agent = 'parley', asker = 'ann', rest: Partial<Ask> = {}): Ask {
  return {
    id: id(`${trigger}/${agent}`),
    agent: member(agent),
    why: { rule: 'mention', by: member(asker) },
    trigger: id(trigger),
    asker: member(asker),
    ...rest,
  }
}

/** Asked one after another, each a minute apart; each agent writes `atOnce` of them. */
export function queueOf(asks: readonly Ask[], atOnce = 1): readonly QueueRow[] {
  return asks.reduce<readonly QueueRow[]>((rows, ask, at) => take(value(enqueue(rows, [ask], at * 60_000)).rows, () => atOnce).rows, [])
}

export const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`)
  return result.value
}

export const refusalOf = (result: Result<Step | Enqueued>) => (result.ok ? null : result.refusal.code)

export const viewer = (name: string, may: Partial<Viewer> = {}): Viewer => ({ id: member(name), mayOrder: false, mayStopAll: false, ...may })
export const owner = viewer('olga', { mayOrder: true, mayStopAll: true })

/** "m1/parley speaks | m2/parley 1 | m3/parley 2", those that speak first, then by place. */
export function shown(rows: readonly QueueRow[]): string {
  const places = [...placesIn(rows)].map(([id, place]) => `${named(rows, id)} ${place}`)
  return [...speakingIn(rows).map(({ id }) => `${named(rows, id)} speaks`), ...places].join(' | ')
}

/** A reply that answers several names them all. */
function named(rows: readonly QueueRow[], id: MessageId): string {
  const row = rows.find((row) => row.id === id)
  const others = row?.prompts.slice(1).map(({ trigger }) => `+${trigger}`) ?? []
  return `${id}${others.join('')}`
}

/** The old rows with what was told of them. */
export function applied(rows: readonly QueueRow[], changes: readonly Change[]): readonly QueueRow[] {
  const known = new Map(rows.map((row) => [row.id, row]))
  for (const change of changes) {
    if (change.type === 'ended') known.delete(change.id)
    else known.set(change.row.id, change.row)
  }
  return [...known.values()]
}
