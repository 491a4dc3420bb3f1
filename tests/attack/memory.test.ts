// What somebody who means no good does with a room's memory and its schedules: forged frames, what is too much, and what is none of theirs.
import { describe, expect, it } from 'vitest'
import { type RoomRecord, recordsOf } from '../../src/conversation/record'
import type { Guest } from '../support/guest'
import { command } from '../support/room'
import { type Scene, useScene } from './scene'

let scene: Scene

const recordsIn = async (kind: string): Promise<readonly RoomRecord[]> => {
  const response = await scene.owner.fetch(new URL(`/rooms/${scene.room}/records?kind=${kind}`, scene.origin))
  return (await response.json<{ readonly records: readonly RoomRecord[] }>()).records
}
const ask = (who: Guest, asked: Readonly<Record<string, unknown>>) => command(who, scene.room, asked)
const codeOf = async (response: Response) => (await response.json<{ readonly refusal?: { readonly code: string } }>()).refusal?.code ?? response.status

/** What one person may ask for at once, and no more. */
async function hammer(who: Guest, count: number, asked: (n: number) => Readonly<Record<string, unknown>>): Promise<ReadonlySet<unknown>> {
  const codes = new Set<unknown>()
  for (let n = 0; n < count; n += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => ask(who, asked(n + at))))
    for (const answer of answers) codes.add(await codeOf(answer))
  }
  return codes
}

describe('what a room remembers and does later', () => {
  useScene((set) => (scene = set))

  it('[R240] takes nothing from whoever is no member, says who they are, or forges who noted it', async () => {
    expect(await codeOf(await ask(scene.owner, { type: 'remember', fact: 'The truth.' }))).toBe(200)
    const [{ id }] = (await recordsIn('memory')) as [RoomRecord]
    const stranger = await scene.world.guest('Stranger')
    for (const asked of [
      { type: 'remember', fact: 'forged' },
      { type: 'edit-memory', id, fact: 'forged' },
      { type: 'forget', id },
      { type: 'add-schedule', agent: 'parley', task: 'forged', when: 'in 1 minute' },
      { type: 'set-time-zone', zone: 'Asia/Tokyo' },
    ])
      expect(await codeOf(await ask(stranger, asked)), asked.type).toBe('not_a_member')
    await scene.attacker.fetch(new URL(`/rooms/${scene.room}`, scene.origin))
    for (const asked of [
      { type: 'remember', fact: 'forged', by: scene.owner.id, name: 'Ann' },
      { type: 'remember', fact: 'forged', at: 0 },
      { type: 'remember', fact: ['forged'] },
      { type: 'remember', fact: 'forged', source: 'x' },
      { type: 'edit-memory', id: '__proto__', fact: 'forged' },
      { type: 'forget' },
      { type: 'record', kind: 'memory', id, value: { fact: 'forged' } },
      { type: 'add-schedule', agent: 'parley', task: 'forged', when: 'in 1 minute', by: scene.owner.id },
      { type: 'add-schedule', agent: '../parley', task: 'forged', when: 'in 1 minute' },
    ])
      expect(['malformed', 'unknown_command', 'no_such_message']).toContain(await codeOf(await ask(scene.attacker, asked)))
    expect(recordsOf(await recordsIn('memory'), 'memory').map(({ value }) => `${value.name}: ${value.fact}`)).toEqual(['Ann: The truth.'])
    expect(await recordsIn('schedule')).toEqual([])
  })

  it('[R242] a fact of 64 kB is refused, and a thousand facts fill no more than one person’s part', async () => {
    for (const [length, code] of [
      [70_000, 'frame_too_large'],
      [64_000, 'malformed'],
      [501, 'malformed'],
    ] as const)
      expect(await codeOf(await ask(scene.attacker, { type: 'remember', fact: 'x'.repeat(length) })), String(length)).toBe(code)
    const codes = await hammer(scene.attacker, 1_000, (n) => ({ type: 'remember', fact: `flood ${n}` }))
    expect([...codes].filter((code) => code !== 200 && code !== 'too_many' && code !== 'too_fast')).toEqual([])
    const theirs = recordsOf(await recordsIn('memory'), 'memory').filter(({ value }) => value.by === scene.attacker.id)
    expect(theirs.length).toBeGreaterThan(0)
    expect(theirs.length).toBeLessThanOrEqual(50)
  })

  it('[R248] a thousand schedules of every minute make none, and years that never come none either', async () => {
    const codes = await hammer(scene.attacker, 1_000, (n) => ({ type: 'add-schedule', agent: 'parley', task: `flood ${n}`, when: '* * * * *' }))
    expect([...codes].filter((code) => code !== 'too_many' && code !== 'too_fast')).toEqual([])
    for (const when of ['9999-12-31 23:59', '0 0 31 2 *', 'in 99999 weeks', '9'.repeat(120), '-1 * * * *', '*/1e9 * * * *', 'every '.repeat(20)])
      expect(['malformed', 'too_fast'], when).toContain(await codeOf(await ask(scene.attacker, { type: 'add-schedule', agent: 'parley', task: 'x', when })))
    expect(await recordsIn('schedule')).toEqual([])
  })

  it('[R244] what one who was removed planned is gone, and nobody cancels what is another’s', async () => {
    const bad = await scene.world.guest('Removed')
    await bad.fetch(new URL(`/rooms/${scene.room}`, scene.origin))
    expect(await codeOf(await ask(bad, { type: 'add-schedule', agent: 'parley', task: 'of the removed', when: 'in 2 seconds' }))).toBe(200)
    expect(await codeOf(await ask(scene.owner, { type: 'add-schedule', agent: 'parley', task: 'of Ann', when: 'in 3 days' }))).toBe(200)
    const anns = recordsOf(await recordsIn('schedule'), 'schedule').find(({ value }) => value.task === 'of Ann')
    expect(await codeOf(await ask(bad, { type: 'cancel-schedule', id: anns?.id }))).toBe('not_yours')
    const removed = await scene.owner.fetch(new URL(`/rooms/${scene.room}/members`, scene.origin), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ remove: bad.id }),
    })
    expect(removed.status).toBe(200)
    expect(await codeOf(await ask(bad, { type: 'add-schedule', agent: 'parley', task: 'again', when: 'in 2 seconds' }))).toBe('not_a_member')
    expect(await codeOf(await ask(bad, { type: 'remember', fact: 'again' }))).toBe('not_a_member')
    expect(recordsOf(await recordsIn('schedule'), 'schedule').map(({ value }) => value.task)).toEqual(['of Ann'])
    await ask(scene.owner, { type: 'cancel-schedule', id: anns?.id })
  })
})
