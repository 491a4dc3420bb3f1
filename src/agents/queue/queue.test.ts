import { describe, expect, test } from 'vitest'
import { enqueue, MERGE_WITHIN_MS } from './enqueue'
import { cancel, merge, moveUp, withdraw } from './orders'
import { rightsOn } from './rights'
import { MOST_PROMPTS, MOST_WAITING, placesIn, type QueueRow } from './row'
import { carryOut, openWishes, sentNow, wishNow } from './steer'
import { settle, take } from './take'
import { ask, id, member, owner, queueOf, refusalOf, shown, value, viewer } from './testing/queues'

const ann = viewer('ann')
const bo = viewer('bo')
const FOUR = [ask('m1'), ask('m2', 'parley', 'bo'), ask('m3', 'parley', 'cy'), ask('m4', 'parley', 'bo')]

describe('[R124] asking', () => {
  test('a reply that finds no place waits at the end, and its place is told', () => {
    const rows = queueOf(FOUR.slice(0, 2))
    const asked = value(enqueue(rows, [ask('m3', 'parley', 'cy')], 0))
    expect(shown(asked.rows)).toBe('m1/parley speaks | m2/parley 1 | m3/parley 2')
    expect(asked.changes).toMatchObject([{ type: 'queued', row: { id: 'm3/parley', state: 'waiting' }, place: 2 }])
    expect(asked.replies).toEqual(['m3/parley'])
  })

  test('all agents that one message calls are asked at once', () => {
    const asked = value(enqueue([], [ask('m1', 'parley'), ask('m1', 'scout'), ask('m1', 'critic')], 0))
    const taken = take(asked.rows, () => 1)
    expect(taken.taken).toEqual(['m1/parley', 'm1/scout', 'm1/critic'])
    expect(shown(taken.rows)).toBe('m1/parley speaks | m1/scout speaks | m1/critic speaks')
  })

  test('the same trigger and agent again changes nothing, whether it waits, speaks or was answered together with another', () => {
    for (const rows of [queueOf(FOUR), value(merge(queueOf(FOUR), id('m2/parley'), bo)).rows]) {
      for (const again of FOUR) {
        const asked = value(enqueue(rows, [{ ...again, id: id('another') }], 0))
        expect(asked.changes).toEqual([])
        expect(asked.replies).not.toContain('another')
      }
    }
  })

  test('a hundred wait; one more is refused, whole', () => {
    const rows = queueOf(Array.from({ length: 101 }, (_, at) => ask(`m${at}`, 'parley', `p${at}`)))
    expect(rows).toHaveLength(MOST_WAITING + 1)
    expect(refusalOf(enqueue(rows, [ask('x', 'scout')], 0))).toBe('too_many_waiting')
    expect(refusalOf(enqueue(rows.slice(0, 100), [ask('x', 'scout'), ask('x', 'critic')], 0))).toBe('too_many_waiting')
    expect(refusalOf(enqueue(rows, [ask('m50', 'parley', 'p50')], 0))).toBeNull()
  })
})

describe('[R124] taking', () => {
  test.each([
    [1, 'm1/parley speaks | m2/parley 1 | m3/parley 2 | m4/parley 3'],
    [2, 'm1/parley speaks | m2/parley speaks | m3/parley 1 | m4/parley 2'],
    [8, 'm1/parley speaks | m2/parley speaks | m3/parley speaks | m4/parley speaks'],
  ])('an agent writes %i at once', (atOnce, expected) => expect(shown(queueOf(FOUR, atOnce))).toBe(expected))

  test('eight speak in a room, whoever they are', () => {
    const rows = queueOf(
      Array.from({ length: 12 }, (_, at) => ask(`m${at}`, `agent-${at % 3}`, `p${at}`)),
      8,
    )
    expect(rows.filter(({ state }) => state === 'speaking').map((row) => row.id)).toEqual(Array.from({ length: 8 }, (_, at) => `m${at}/agent-${at % 3}`))
  })

  test('an agent that is at its limit holds up no other', () => {
    const rows = queueOf([ask('m1'), ask('m2'), ask('m3', 'scout')])
    expect(shown(rows)).toBe('m1/parley speaks | m3/scout speaks | m2/parley 1')
  })

  test('when one ends the next begins, and everybody moves up', () => {
    const settled = settle(queueOf(FOUR), id('m1/parley'))
    expect(settled.changes).toEqual([{ type: 'ended', id: 'm1/parley', end: { how: 'settled' } }])
    const { rows, changes } = take(settled.rows, () => 1)
    expect(shown(rows)).toBe('m2/parley speaks | m3/parley 1 | m4/parley 2')
    expect(changes.map((change) => change.type === 'changed' && [change.row.id, change.row.state, change.place])).toEqual([
      ['m2/parley', 'speaking', null],
      ['m3/parley', 'waiting', 1],
      ['m4/parley', 'waiting', 2],
    ])
  })

  test('"after this" waits although there is room, for a reply that its agent is writing, and else for nothing', () => {
    const rows = queueOf([ask('m1')], 8)
    const waits = take(value(enqueue(rows, [ask('m2', 'parley', 'ann', { after: id('m1/parley') })], 0)).rows, () => 8)
    expect(shown(waits.rows)).toBe('m1/parley speaks | m2/parley 1')
    expect(shown(take(settle(waits.rows, id('m1/parley')).rows, () => 8).rows)).toBe('m2/parley speaks')
    for (const after of ['m2/parley', 'nothing', 'm1/scout']) {
      const free = value(enqueue(rows, [ask('m2', 'parley', 'ann', { after: id(after) })], 0))
      expect(take(free.rows, () => 8).taken).toEqual(['m2/parley'])
    }
  })
})

describe('[R125] orders', () => {
  test.each([
    ['ann', 'm2/parley', 'not_yours'],
    ['bo', 'm2/parley', null],
    ['olga', 'm2/parley', null],
    ['ann', 'm1/parley', 'too_late'],
    ['olga', 'm1/parley', 'too_late'],
    ['olga', 'm9/parley', 'no_such_message'],
  ])('%s cancels %s: %s', (name, reply, expected) => {
    expect(refusalOf(cancel(queueOf(FOUR), id(reply), name === 'olga' ? owner : viewer(name)))).toBe(expected)
  })

  test('what is cancelled says by whom, and those behind it move up', () => {
    const { rows, changes } = value(cancel(queueOf(FOUR), id('m2/parley'), bo))
    expect(shown(rows)).toBe('m1/parley speaks | m3/parley 1 | m4/parley 2')
    expect(changes[0]).toEqual({ type: 'ended', id: 'm2/parley', end: { how: 'cancelled', by: 'bo' } })
    expect(changes).toHaveLength(3)
  })

  test('moving up goes past one of the same agent, and is for who orders the queue', () => {
    const rows = queueOf([...FOUR, ask('m5', 'scout'), ask('m6', 'scout'), ask('m7', 'parley', 'cy')])
    expect(shown(value(moveUp(rows, id('m4/parley'), owner)).rows)).toContain('m2/parley 1 | m4/parley 2 | m3/parley 3')
    expect(shown(value(moveUp(rows, id('m7/parley'), owner)).rows)).toContain('m3/parley 2 | m7/parley 3 | m6/scout 1 | m4/parley 4')
    expect(value(moveUp(rows, id('m2/parley'), owner)).changes).toEqual([])
    expect(refusalOf(moveUp(rows, id('m4/parley'), bo))).toBe('not_yours')
    expect(refusalOf(moveUp(rows, id('m1/parley'), owner))).toBe('too_late')
  })

  test('what waits for an agent that was removed is cancelled, what it is writing goes on', () => {
    const { rows, changes } = withdraw(queueOf([...FOUR, ask('m5', 'scout')]), member('parley'))
    expect(shown(rows)).toBe('m1/parley speaks | m5/scout speaks')
    expect(changes).toHaveLength(3)
  })

  test.each([
    ['ann', false, false, { cancel: false, merge: false, moveUp: false, now: false }],
    ['bo', false, false, { cancel: true, merge: true, moveUp: false, now: false }],
    ['bo', false, true, { cancel: true, merge: true, moveUp: false, now: true }],
    ['olga', true, true, { cancel: true, merge: true, moveUp: true, now: true }],
  ])('[L8] %s, who may order: %s, stop all: %s, has these rights on what Bo waits for', (name, mayOrder, mayStopAll, expected) => {
    const rows = queueOf(FOUR)
    expect(rightsOn(rowOf(rows, 'm2/parley'), rows, viewer(name, { mayOrder, mayStopAll }))).toEqual(expected)
    expect(rightsOn(rowOf(rows, 'm1/parley'), rows, viewer(name, { mayOrder, mayStopAll }))).toEqual({ cancel: false, merge: false, moveUp: false, now: false })
  })

  test('whoever asked for what is being written may interrupt it with what they wait for', () => {
    const rows = queueOf([ask('m1'), ask('m2')])
    expect(rightsOn(rowOf(rows, 'm2/parley'), rows, ann).now).toBe(true)
  })
})

describe('[R126] merging', () => {
  const second = (ms: number, asks = [ask('m3', 'parley', 'bo')], within?: number) => {
    const rows = queueOf([ask('m1')])
    const first = value(enqueue(rows, [ask('m2', 'parley', 'bo')], 10_000)).rows
    return value(enqueue(first, asks, 10_000 + ms, within))
  }

  test.each([
    [0, 'm1/parley speaks | m2/parley+m3 1'],
    [MERGE_WITHIN_MS, 'm1/parley speaks | m2/parley+m3 1'],
    [MERGE_WITHIN_MS + 1, 'm1/parley speaks | m2/parley 1 | m3/parley 2'],
  ])('prompts of one person that come %i ms apart', (ms, expected) => expect(shown(second(ms).rows)).toBe(expected))

  test('the reply that answers both is the first, and all its prompts are listed', () => {
    const { replies, changes } = second(1_000)
    expect(replies).toEqual(['m2/parley'])
    expect(changes).toMatchObject([
      {
        type: 'changed',
        place: 1,
        row: {
          prompts: [
            { trigger: 'm2', asker: 'bo' },
            { trigger: 'm3', asker: 'bo' },
          ],
        },
      },
    ])
  })

  test.each([
    ['another person', [ask('m3', 'parley', 'ann')]],
    ['another agent', [ask('m3', 'scout', 'bo')]],
    ["an agent's call", [ask('m3', 'parley', 'bo', { why: { rule: 'agent-mention', by: member('scout') } })]],
    ['a schedule', [ask('m3', 'parley', 'bo', { why: { rule: 'schedule', by: member('bo') } })]],
    ['"after this"', [ask('m3', 'parley', 'bo', { after: id('m1/parley') })]],
  ])('%s is not merged', (_name, asks) => expect(second(0, asks).rows).toHaveLength(3))

  test('what comes within three seconds behind somebody else’s is a turn of its own; where nobody is between it keeps its place', () => {
    const waiting = value(enqueue(queueOf([ask('m1')]), [ask('m2', 'parley', 'bo')], 1_000)).rows
    const between = value(enqueue(waiting, [ask('m3', 'parley', 'cy')], 1_500)).rows
    expect(shown(value(enqueue(between, [ask('m4', 'parley', 'bo')], 2_000)).rows)).toBe('m1/parley speaks | m2/parley 1 | m3/parley 2 | m4/parley 3')
    const elsewhere = value(enqueue(waiting, [ask('m3', 'scout', 'cy')], 1_500)).rows
    expect(shown(value(enqueue(elsewhere, [ask('m4', 'parley', 'bo')], 2_000)).rows)).toContain('m2/parley+m4 1')
  })

  test('no other’s turn ever comes later by a merge', () => {
    const mixed = queueOf(Array.from({ length: 12 }, (_, at) => ask(`m${at}`, 'parley', ['ann', 'bo', 'cy'][(at * 7 + (at % 4)) % 3])))
    for (const { id: reply } of mixed) {
      const merged = merge(mixed, reply, owner)
      if (!merged.ok) continue
      const [before, after] = [placesIn(mixed), placesIn(merged.value.rows)]
      const changed = new Set(merged.value.rows.filter((row) => row.prompts.length > 1).map((row) => row.id))
      for (const [other, place] of after) if (!changed.has(other)) expect(place).toBeLessThanOrEqual(before.get(other) ?? 0)
    }
  })

  test('nothing is merged where the room says so, nor with what speaks already', () => {
    expect(second(1, undefined, -1).rows).toHaveLength(3)
    expect(value(enqueue(queueOf([ask('m1')]), [ask('m2')], 0)).rows).toHaveLength(2)
  })

  test('typing on and on makes one turn of as many as it may', () => {
    let rows = queueOf([ask('m0')])
    for (let at = 1; at <= 2 * MOST_PROMPTS; at++) rows = value(enqueue(rows, [ask(`m${at}`)], at * 1_000)).rows
    expect(rows.map(({ prompts }) => prompts.length)).toEqual([1, MOST_PROMPTS, MOST_PROMPTS])
  })

  test('by hand, all that one person waits for from an agent becomes one turn, in the place of the last: nobody in between is overtaken', () => {
    const { rows, changes } = value(merge(queueOf(FOUR), id('m4/parley'), bo))
    expect(shown(rows)).toBe('m1/parley speaks | m3/parley 1 | m2/parley+m4 2')
    expect(changes[0]).toEqual({ type: 'ended', id: 'm4/parley', end: { how: 'merged', by: 'bo', into: 'm2/parley' } })
    expect(refusalOf(merge(queueOf(FOUR), id('m4/parley'), ann))).toBe('not_yours')
    expect(shown(value(merge(queueOf(FOUR), id('m4/parley'), owner)).rows)).toBe(shown(rows))
    expect(value(merge(queueOf(FOUR), id('m3/parley'), viewer('cy'))).changes).toEqual([])
  })

  test('by hand too, what agents call for stays by itself, and so does what is to be heard now', () => {
    const called = ask('m3', 'parley', 'ann', { why: { rule: 'agent-mention', by: member('scout') } })
    const rows = queueOf([ask('m1'), ask('m2'), called, ask('m4'), ask('m5')])
    const wished = value(wishNow(rows, id('m4/parley'), ann)).rows
    expect(shown(value(merge(wished, id('m2/parley'), ann)).rows)).toBe('m1/parley speaks | m3/parley 1 | m4/parley 2 | m2/parley+m5 3')
    expect(value(merge(wished, id('m4/parley'), ann)).changes).toEqual([])
    expect(value(merge(rows, id('m3/parley'), ann)).changes).toEqual([])
  })

  test('no reply answers more than it may, however it came to them', () => {
    const rows = queueOf([ask('x', 'parley', 'bo'), ...Array.from({ length: MOST_PROMPTS + 5 }, (_, at) => ask(`m${at}`))])
    const merged = value(merge(rows, id('m3/parley'), ann)).rows
    expect(merged.map(({ prompts }) => prompts.length)).toEqual([1, MOST_PROMPTS, 1, 1, 1, 1, 1])
    const speaks = take(settle(merged, id('x/parley')).rows, () => 1).rows
    const wished = value(wishNow(speaks, id('m22/parley'), ann)).rows
    const kept = carryOut(wished, id('m22/parley'), true).rows
    expect(rowOf(kept, 'm22/parley')).toMatchObject({ state: 'waiting', after: 'm0/parley', steer: { outcome: 'refused' } })
    expect(carryOut(wished, id('m22/parley'), false).changes[0]).toMatchObject({ type: 'ended', id: 'm0/parley', end: { how: 'steered' } })
  })
})

describe('[R127] now', () => {
  const rows = queueOf([ask('m1'), ask('m2', 'parley', 'bo'), ask('m3')])

  test('is a wish first, and nothing else; while it is open it is not taken', () => {
    const wished = value(wishNow(rows, id('m3/parley'), ann))
    expect(wished.changes).toMatchObject([
      { type: 'changed', row: { id: 'm3/parley', state: 'waiting', steer: { by: 'ann', target: 'm1/parley', outcome: null } } },
    ])
    expect(openWishes(wished.rows)).toEqual(['m3/parley'])
    expect(value(wishNow(wished.rows, id('m3/parley'), ann)).changes).toEqual([])
    expect(take(settle(wished.rows, id('m1/parley')).rows, () => 8).taken).toEqual(['m2/parley'])
  })

  test('the reply keeps what it said and ends, and the new one begins, whoever waited before it', () => {
    const wished = value(wishNow(rows, id('m3/parley'), ann))
    const done = carryOut(wished.rows, id('m3/parley'), false)
    expect(done.changes[0]).toEqual({ type: 'ended', id: 'm1/parley', end: { how: 'steered', by: 'ann', for: 'm3/parley' } })
    expect(rowOf(done.rows, 'm3/parley').steer).toEqual({ by: 'ann', target: 'm1/parley', outcome: 'taken-in' })
    expect(shown(take(done.rows, () => 1).rows)).toBe('m3/parley speaks | m2/parley 1')
    expect(carryOut(done.rows, id('m3/parley'), false).changes).toEqual([])
  })

  test('while tools run it is taken in, and one reply answers both', () => {
    const done = carryOut(value(wishNow(rows, id('m3/parley'), ann)).rows, id('m3/parley'), true)
    expect(shown(done.rows)).toBe('m1/parley+m3 speaks | m2/parley 1')
    expect(done.changes[0]).toEqual({ type: 'ended', id: 'm3/parley', end: { how: 'merged', by: 'ann', into: 'm1/parley' } })
  })

  test('it may come too late, and is then the next', () => {
    const wished = settle(value(wishNow(rows, id('m3/parley'), ann)).rows, id('m1/parley')).rows
    const done = carryOut(wished, id('m3/parley'), false)
    expect(rowOf(done.rows, 'm3/parley').steer?.outcome).toBe('too-late')
    expect(shown(take(done.rows, () => 1).rows)).toBe('m3/parley speaks | m2/parley 1')
  })

  test('whoever may not interrupt is refused: by the button, or as the outcome of what was sent', () => {
    expect(refusalOf(wishNow(rows, id('m2/parley'), bo))).toBe('not_yours')
    const sent = sentNow(rows, id('m2/parley'), bo)
    expect(rowOf(sent.rows, 'm2/parley')).toMatchObject({ after: 'm1/parley', steer: { by: 'bo', target: 'm1/parley', outcome: 'refused' } })
    expect(openWishes(sent.rows)).toEqual([])
    expect(shown(take(settle(sent.rows, id('m1/parley')).rows, () => 1).rows)).toContain('m2/parley speaks')
    expect(rowOf(sentNow(rows, id('m2/parley'), { ...bo, mayStopAll: true }).rows, 'm2/parley').steer?.outcome).toBeNull()
    expect(sentNow(rows, id('m2/parley'), ann).changes).toEqual([])
  })

  test("it interrupts the asker's own reply before another's", () => {
    const two = queueOf([ask('m1'), ask('m2', 'parley', 'bo'), ask('m3', 'parley', 'bo')], 2)
    expect(rowOf(value(wishNow(two, id('m3/parley'), bo)).rows, 'm3/parley').steer?.target).toBe('m2/parley')
  })

  test('what was sent after one reply interrupts that one', () => {
    const two = queueOf([ask('m1'), ask('m2'), ask('m3', 'parley', 'ann', { after: id('m2/parley') })], 2)
    expect(rowOf(value(wishNow(two, id('m3/parley'), ann)).rows, 'm3/parley').steer?.target).toBe('m2/parley')
  })

  test('where its agent writes nothing it becomes the next of all', () => {
    const full = queueOf([...Array.from({ length: 8 }, (_, at) => ask(`m${at}`, `agent-${at}`)), ask('x', 'scout'), ask('y', 'critic', 'bo')])
    expect(refusalOf(wishNow(full, id('y/critic'), bo))).toBe('not_yours')
    const first = value(wishNow(full, id('y/critic'), owner)).rows
    expect(take(settle(first, id('m0/agent-0')).rows, () => 1).taken).toEqual(['y/critic'])
  })
})

function rowOf(rows: readonly QueueRow[], name: string): QueueRow {
  const row = rows.find(({ id }) => id === name)
  if (!row) throw new Error(`no row ${name}`)
  return row
}
