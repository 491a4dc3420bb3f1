// A crash, or a sleep, at every moment of a call that people have to approve: what is asked, what runs, and how often.
import { expect, test } from 'vitest'
import { APPROVAL_MS } from '../../src/agents/approvals/decide'
import type { ToolOutcome } from '../../src/agents/tools/tool'
import { askingTool } from '../support/tools'
import { waitFor } from '../support/wait-for'
import { ann, bo } from './house'
import { Tooled } from './tooled'

const MOMENTS = ['the card is kept, its part is not', 'it is approved and has not run', 'it runs', 'it has run'] as const
type Moment = (typeof MOMENTS)[number]

const TABLE: readonly (readonly [moment: Moment, effect: 'none' | 'room' | 'outside', times: number, said: string])[] = [
  ['the card is kept, its part is not', 'outside', 1, 'mail did'],
  ['it is approved and has not run', 'outside', 1, 'mail did'],
  ['it is approved and has not run', 'none', 1, 'mail did'],
  ['it runs', 'outside', 1, 'may have happened'],
  ['it runs', 'room', 1, 'may have happened'],
  ['it runs', 'none', 2, 'mail did'],
  ['it has run', 'outside', 1, 'mail did'],
  ['it has run', 'none', 1, 'mail did'],
]

test.each(TABLE)('[R204] [R184] a crash when %s: a call of effect “%s” runs %d times in all, and its model knows: %s', async (when, effect, times, said) => {
  let isHeld = false
  let ran = 0
  const hold = async (moment: Moment) => {
    if (moment !== when || isHeld) return
    isHeld = true
    await new Promise<never>(() => {})
  }
  const run = async (): Promise<ToolOutcome> => {
    ran += 1
    await hold('it runs')
    return { ok: true, output: 'mail did' }
  }
  const room = await Tooled.open([['Sending.', ['mail', '{}']]], [askingTool('mail', run, { effect })])
  const { takes } = room.house.stage
  room.house.stage.takes = async function* (request) {
    const admit: typeof request.admit = async (call) => {
      const admitted = await request.admit(call)
      await hold(admitted.type === 'run' ? 'it is approved and has not run' : 'the card is kept, its part is not')
      return admitted
    }
    for await (const chunk of takes?.({ ...request, admit }) ?? []) {
      yield chunk
      if (chunk.type === 'tool' && chunk.part.state === 'output-available') await hold('it has run')
    }
  }
  await room.house.post(ann, 'write')
  if (when === 'the card is kept, its part is not') await waitFor('the card', async () => (await room.cards()).length === 1)
  else {
    const [card] = await room.open('mail')
    if (!card) throw new Error('there is a card')
    expect(await room.says(ann, 'approve', card)).toBeNull()
  }
  await waitFor('the moment', () => isHeld)
  const before = await room.cards()
  await room.house.crash()
  await room.house.connect(ann)
  if (when === 'the card is kept, its part is not') {
    const [card] = await room.open('mail')
    if (!card) throw new Error('there is a card')
    expect([card.id, ran]).toEqual([before[0]?.id, 0])
    await room.says(ann, 'approve', card)
  }
  await room.settles()
  expect(ran).toBe(times)
  expect(room.told).toContain(said)
  expect(await room.cards()).toHaveLength(1)
  expect(await room.house.rows('SELECT * FROM call')).toEqual([])
})

test.each(['evict', 'crash'] as const)(
  '[R204] [R12] what waits for people waits over an %s, with nothing awake for it, and is decided from there',
  async (ends) => {
    let ran = 0
    const room = await Tooled.open([[['mail', '{}']]], [askingTool('mail', () => ({ ok: true, output: ++ran }))])
    await room.house.ask(ann, { type: 'save-policy', tool: 'mail', mode: 'votes', needed: 2 })
    await room.house.post(ann, 'write')
    const [card] = await room.open('mail')
    if (!card) throw new Error('there is a card')
    // One schedule, for its expiry; no heartbeat.
    await waitFor('the room to be idle but for that', async () => {
      const at = await room.house.inside((_, { storage }) => storage.getAlarm())
      return at !== null && at > Date.now() + APPROVAL_MS / 2
    })
    for (const who of [ann, bo]) {
      await room.house[ends]()
      expect([await room.status(), await room.kept(), ran]).toEqual(['asking', ['mail approval-requested'], 0])
      expect(await room.says(who, 'approve', card)).toBeNull()
    }
    await room.settles()
    expect(ran).toBe(1)
  },
)

test('[R202] the room’s own alarm expires what nobody decided, and the turn goes on with it', async () => {
  const room = await Tooled.open([[['mail', '{}']]], [askingTool('mail')])
  await room.house.post(ann, 'write')
  await room.open('mail')
  room.house.stage.now += APPROVAL_MS
  await room.house.inside((_, { storage: { sql } }) => void sql.exec('UPDATE cf_agents_jobs SET time = 1'))
  expect(await room.house.heartbeat()).toBe(true)
  await room.settles()
  expect(await room.kept()).toEqual(['mail output-denied', 'Done.'])
  expect(room.told).toContain('Nobody decided in time.')
  expect((await room.cards()).map(({ value }) => value.state)).toEqual(['expired'])
})

test('[R204] a room that wakes lets go on what was decided before it ended', async () => {
  let ran = 0
  const room = await Tooled.open([[['mail', '{}']]], [askingTool('mail', () => ({ ok: true, output: ++ran }))])
  await room.house.post(ann, 'write')
  const [card] = await room.open('mail')
  if (!card) throw new Error('there is a card')
  const approved = JSON.stringify({ ...card.value, state: 'approved', closedAt: 1, decisions: [{ by: 'ann', name: 'Ann', verdict: 'approve', at: 1 }] })
  // As if it had ended between the decision and what follows from it.
  await room.house.rows(`UPDATE approval SET state = 'approved', value = ?`, approved)
  await room.house.crash()
  await room.house.connect(ann)
  await room.settles()
  expect(ran).toBe(1)
})

test('[R205] nothing of whoever was removed waits on, and nothing of an agent that is gone', async () => {
  const room = await Tooled.open([[['mail', '{}']], [['mail', '{}']]], [askingTool('mail')])
  await room.house.post(bo, '@Parley write')
  await room.open('mail')
  await (await room.house.room()).remove(ann.id, bo.id)
  expect(await room.status()).toBe('stopped')
  await room.house.post(ann, '@Parley write')
  await room.open('mail')
  await room.house.ask(ann, { type: 'remove-agent', agent: 'parley' as never })
  expect(await room.status()).toBe('stopped')
  expect((await room.cards()).map(({ value }) => value.state)).toEqual(['void', 'void'])
})
