// What a room does later: when it comes, in whose name, through sleep and crash, and how much of it there may be.
import { describe, expect, test } from 'vitest'
import { whyOf } from '../../src/conversation/engaged'
import type { MemberId, MessageId } from '../../src/conversation/ids'
import type { Member } from '../../src/conversation/member'
import { textOf } from '../../src/conversation/message'
import { recordsOf, type RecordOf } from '../../src/conversation/record'
import { MAX_RUNS_A_DAY, MAX_SCHEDULES, MAX_SCHEDULES_OF_PERSON, OWNERS_SCHEDULES } from '../../src/conversation/schedule'
import { takeTurn } from '../../src/agents/turn/turn'
import { plannerFor } from '../../src/room/schedules/planner-for'
import type { Room } from '../../src/room/Room'
import { type ScriptedStep, scriptedModel } from '../support/scripted-model'
import { waitFor } from '../support/wait-for'
import { ann, bo, House, partsOf, person } from './house'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const parley = 'parley' as MemberId
const sage = 'sage' as MemberId

const schedulesOf = async (house: House): Promise<readonly RecordOf<'schedule'>[]> => recordsOf((await house.snapshot()).records, 'schedule')
const plan = (house: House, who: Member, when: string, task = 'sum up', agent = sage) => house.ask(who, { type: 'add-schedule', agent, task, when })
/** What the alarm does, at a time that a test has set. */
const ring = (house: House) => house.inside((room) => (room as unknown as Room).runSchedules())
/** The wishes that the SDK holds for the room, in seconds since 1970. */
const wishes = (house: House) =>
  house.inside(async (room) => (await (room as unknown as Room).listSchedules()).flatMap(({ callback, time }) => (callback === 'runSchedules' ? [time] : [])))

/** A clock that shows 08:00 UTC on a Thursday. */
async function houseAt(time = '2027-01-14T08:00:00Z'): Promise<House> {
  const house = await House.open()
  house.stage.now = Date.parse(time)
  return house
}

describe('[R244] a schedule', () => {
  test('comes at its time, as a message of its maker that says so, to its agent alone, and is there for the next day', async () => {
    const house = await houseAt()
    const watcher = await house.connect(bo)
    expect(await plan(house, bo, 'every weekday at 9')).toEqual({ ok: true, value: null })
    const [made] = await schedulesOf(house)
    expect(made?.value).toMatchObject({ task: 'sum up', by: 'bo', name: 'Bo', agent: 'sage', cron: '0 9 * * 1-5', next: house.stage.now + HOUR })
    house.stage.now += HOUR
    await ring(house)
    const voice = await house.stage.nextVoice()
    expect(voice.reply.metadata.author.id).toBe('sage')
    await voice.say('Done.')
    await voice.done()
    await watcher.shows('complete')
    const [asked, reply, ...others] = await house.messages()
    expect(others).toEqual([])
    expect(asked?.metadata).toMatchObject({ author: { id: 'bo' }, amended: { values: { schedule: made?.id } } })
    expect(asked && textOf(asked)).toBe('Scheduled (every weekday at 9): sum up')
    expect(reply && whyOf(reply.metadata)).toMatchObject({ rule: 'schedule', by: 'bo' })
    expect((await schedulesOf(house))[0]?.value).toMatchObject({ next: house.stage.now + DAY, last: { at: house.stage.now, outcome: 'ran' } })
    await ring(house)
    expect(house.stage.turns).toBe(1)
    expect(watcher.gaps).toBe(0)
  })

  test('that comes once is gone when it came', async () => {
    const house = await houseAt()
    await plan(house, bo, 'in 30 minutes')
    await ring(house)
    expect(house.stage.turns).toBe(0)
    house.stage.now += HOUR / 2
    await ring(house)
    await house.stage.turn(1)
    expect(await schedulesOf(house)).toEqual([])
  })

  test('is cancelled by its maker and by the owner, and by nobody else', async () => {
    const house = await houseAt()
    await plan(house, bo, 'every day at 9')
    const [made] = await schedulesOf(house)
    const id = made?.id as MessageId
    expect(await house.ask(person('Cy'), { type: 'cancel-schedule', id })).toMatchObject({ refusal: { code: 'not_yours' } })
    expect(await schedulesOf(house)).toHaveLength(1)
    expect(await house.ask(ann, { type: 'cancel-schedule', id })).toEqual({ ok: true, value: null })
    expect(await house.ask(bo, { type: 'cancel-schedule', id })).toEqual({ ok: true, value: null })
    await plan(house, bo, 'every day at 9')
    const [again] = await schedulesOf(house)
    expect(await house.ask(bo, { type: 'cancel-schedule', id: again?.id as MessageId })).toEqual({ ok: true, value: null })
    house.stage.now += 2 * DAY
    await ring(house)
    expect(house.stage.turns).toBe(0)
  })

  test('stops with its maker’s place in the room', async () => {
    const house = await houseAt()
    await plan(house, bo, 'every day at 9')
    await plan(house, ann, 'every day at 10')
    await (await house.room()).remove(ann.id, bo.id)
    expect((await schedulesOf(house)).map(({ value }) => value.by)).toEqual(['ann'])
    const room = await house.room()
    expect(await room.command(bo.id, { type: 'add-schedule', agent: sage, task: 'more', when: 'in 1 minute' })).toMatchObject({
      refusal: { code: 'not_a_member' },
    })
    house.stage.now += DAY
    await ring(house)
    await house.stage.turn(1)
    expect((await house.messages())[0]?.metadata.author.id).toBe('ann')
  })

  test('whose agent has gone, or is off, says so, and asks nobody', async () => {
    const house = await houseAt()
    await plan(house, ann, 'every day at 9')
    await house.ask(ann, { type: 'remove-agent', agent: sage })
    house.stage.now += HOUR
    await ring(house)
    expect(await house.messages()).toEqual([])
    expect((await schedulesOf(house))[0]?.value).toMatchObject({
      next: house.stage.now + DAY,
      last: { outcome: 'refused', text: expect.stringContaining('no such agent') },
    })
    expect(await house.ask(ann, { type: 'save-agent', agent: parley, profile: { mode: 'off', instruction: 'Be off.' } })).toMatchObject({ ok: true })
    expect(await plan(house, ann, 'every day at 9', 'sum up', parley)).toMatchObject({ refusal: { code: 'malformed' } })
  })

  test('is paid by its maker: a budget that is spent refuses it in words', async () => {
    const house = await houseAt()
    await plan(house, bo, 'every day at 9')
    await house.ask(ann, { type: 'save-budgets', person: 0, room: null, turn: null })
    house.stage.now += HOUR
    await ring(house)
    expect(await house.messages()).toEqual([])
    expect((await schedulesOf(house))[0]?.value.last).toMatchObject({ outcome: 'refused', text: expect.stringContaining('in this room in a day') })
  })
})

describe('[R247] through sleep, crash and deletion', () => {
  test('the alarm wakes a room that sleeps, and what is due is asked for', async () => {
    const house = await houseAt()
    await plan(house, ann, 'in 2 seconds')
    await waitFor('the alarm to be set', async () => (await wishes(house)).length === 1)
    await house.leaveAll()
    await house.evict()
    house.stage.now += 2_000
    await waitFor('the turn', () => house.stage.turns === 1)
    expect((await house.messages()).map(textOf)[0]).toBe('Scheduled (in 2 seconds): sum up')
  })

  test('what was missed for days is done once, and says when it should have been', async () => {
    const house = await houseAt()
    await plan(house, ann, 'every day at 9')
    await plan(house, ann, '2027-01-14 10:00', 'remind me')
    await house.crash()
    house.stage.now += 5 * DAY
    await house.connect(ann)
    await house.stage.turn(2)
    const said = (await house.texts()).filter((text) => text.startsWith('Scheduled'))
    expect(said).toEqual([
      'Scheduled (every day at 9, missed at 2027-01-14 09:00 (UTC) and done now): sum up',
      'Scheduled (2027-01-14 10:00, missed at 2027-01-14 10:00 (UTC) and done now): remind me',
    ])
    expect((await schedulesOf(house)).map(({ value }) => value.next)).toEqual([Date.parse('2027-01-20T09:00:00Z')].map((at) => at - DAY))
  })

  test('a crash as it comes asks neither twice nor never', async () => {
    const house = await houseAt()
    await plan(house, ann, 'every day at 9')
    house.stage.now += HOUR
    await ring(house)
    await house.stage.turn(1)
    await house.crash()
    await house.connect(ann)
    await house.stage.turn(2)
    await ring(house)
    expect((await house.texts()).filter((text) => text.startsWith('Scheduled'))).toHaveLength(1)
    expect(await house.rows("SELECT count(*) AS count FROM message WHERE author_kind = 'agent'")).toEqual([{ count: 1 }])
  })

  test('one wish is held of the alarm, for the next; with the last schedule it goes', async () => {
    const house = await houseAt()
    expect(await wishes(house)).toEqual([])
    await plan(house, ann, 'in 3 hours')
    await plan(house, ann, 'in 1 hour')
    await plan(house, ann, 'in 2 hours')
    const due = Date.now() / 1_000 + 3_600
    await waitFor('one wish', async () => {
      const held = await wishes(house)
      return held.length === 1 && Math.abs((held[0] ?? 0) - due) < 30
    })
    for (const { id } of await schedulesOf(house)) await house.ask(ann, { type: 'cancel-schedule', id: id as MessageId })
    await waitFor('no wish', async () => (await wishes(house)).length === 0)
    await house.leaveAll()
    await house.idle()
  })

  test('in a deleted room nothing comes; what was missed meanwhile is done once when it is back', async () => {
    const house = await houseAt()
    await plan(house, ann, 'every day at 9')
    await (await house.room()).setDeleted(true)
    house.stage.now += 2 * DAY
    await ring(house)
    expect(house.stage.turns).toBe(0)
    await waitFor('no wish', async () => (await wishes(house)).length === 0)
    await (await house.room()).setDeleted(false)
    await house.stage.turn(1)
    await waitFor('a wish', async () => (await wishes(house)).length === 1)
  })
})

describe('[R246] the clocks of a room', () => {
  test('are its owner’s to set, and what comes again goes by them', async () => {
    const house = await houseAt()
    await plan(house, bo, 'every day at 9')
    await plan(house, bo, '2027-01-14 12:00')
    expect(await house.ask(bo, { type: 'set-time-zone', zone: 'Asia/Tokyo' })).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await house.ask(ann, { type: 'set-time-zone', zone: 'Mars/Base' })).toMatchObject({ refusal: { code: 'malformed' } })
    expect(await house.ask(ann, { type: 'set-time-zone', zone: 'Asia/Tokyo' })).toEqual({ ok: true, value: null })
    expect(recordsOf((await house.snapshot()).records, 'room')[0]?.value).toEqual({ name: 'A room', zone: 'Asia/Tokyo' })
    const [once, daily] = (await schedulesOf(house)).toSorted((a, b) => (a.value.cron ?? '').length - (b.value.cron ?? '').length)
    expect(once?.value.next).toBe(Date.parse('2027-01-14T12:00:00Z'))
    expect(daily?.value.next).toBe(Date.parse('2027-01-15T00:00:00Z'))
  })
})

describe('[R248] how much comes later is bounded', () => {
  test('by how often it comes on a day', async () => {
    const house = await houseAt()
    for (const when of ['* * * * *', 'every 15 minutes', '*/2 0 1 1 *', '0-59 9,10 * * 1'])
      expect(await plan(house, bo, when), when).toMatchObject(
        when === '*/2 0 1 1 *' ? { ok: true } : { refusal: { code: 'too_many', message: expect.stringContaining(`${MAX_RUNS_A_DAY}`) } },
      )
    expect(await plan(house, bo, 'every hour')).toMatchObject({ refusal: { code: 'too_many' } })
    expect(await plan(house, ann, 'every 30 minutes')).toMatchObject({ ok: true })
    expect(await plan(house, ann, 'in 1 minute')).toMatchObject({ refusal: { code: 'too_many' } })
  })

  test('by how often it has come that day: what was planned for once, and what was cancelled and planned anew', async () => {
    const house = await houseAt('2027-01-14T00:00:00Z')
    house.stage.takes = async function* () {
      yield { type: 'done' }
    }
    const cameOf = async (who: Member) =>
      (await house.rows(`SELECT 1 FROM message WHERE author_id = '${who.id}' AND amended ->> '$.schedule' IS NOT NULL`)).length
    // 47 of one minute each, all cancelled once they came; then one at a time, each once.
    expect(await plan(house, bo, '1-47 0 * * *')).toMatchObject({ ok: true })
    for (let n = 0; n < 47; n++) {
      house.stage.now += 60_000
      await ring(house)
    }
    for (const { id } of await schedulesOf(house)) await house.ask(bo, { type: 'cancel-schedule', id: id as MessageId })
    expect(await cameOf(bo)).toBe(47)
    for (let n = 0; n < 3; n++) {
      await plan(house, bo, 'in 10 minutes')
      house.stage.now += HOUR
      await ring(house)
    }
    expect(await cameOf(bo)).toBe(MAX_RUNS_A_DAY)
    expect((await schedulesOf(house)).map(({ value }) => value.last)).toEqual(
      Array(2).fill(expect.objectContaining({ outcome: 'refused', text: expect.stringContaining('so often these have come') })),
    )
    // Another's are their own, and the next day is another.
    await plan(house, ann, 'in 10 minutes')
    house.stage.now += HOUR
    await ring(house)
    expect(await cameOf(ann)).toBe(1)
    house.stage.now += DAY
    await house.crash()
    for (let n = 0; n < MAX_RUNS_A_DAY; n++) {
      expect(await plan(house, bo, 'in 1 minute')).toMatchObject({ ok: true })
      house.stage.now += 120_000
      await ring(house)
    }
    expect(await plan(house, bo, 'in 1 minute')).toMatchObject({ refusal: { code: 'too_many' } })
    expect(await cameOf(bo)).toBe(2 * MAX_RUNS_A_DAY)
  })

  test('by person and by room, whoever tries a thousand times; and nothing is due beyond two years', async () => {
    const house = await houseAt()
    const [ofBo, every, far] = await house.inside((room) => {
      const {
        members,
        tools: { schedules },
      } = partsOf(room)
      for (let n = 0; n < 40; n++) members.enter(person(`P${n}`), null, house.stage.now)
      members.enter(bo, null, house.stage.now)
      const tries = (who: MemberId, count: number, when: string) =>
        Array.from({ length: count }, () => schedules.add(who, { task: 'x', when, agent: sage })).filter(({ ok }) => ok).length
      return [
        tries(bo.id, 1_000, 'every day at 9'),
        Array.from({ length: 40 }, (_, n) => tries(`p${n}` as MemberId, 25, 'every day at 9')).reduce((sum, one) => sum + one, 0) +
          tries(ann.id, 1_000, 'every day at 9'),
        tries(ann.id, 1, '9999-12-31 23:59') + tries(ann.id, 1, '0 0 31 2 *'),
      ]
    })
    expect(ofBo).toBe(MAX_SCHEDULES_OF_PERSON)
    expect(every).toBe(MAX_SCHEDULES - MAX_SCHEDULES_OF_PERSON)
    expect((await schedulesOf(house)).filter(({ value }) => value.by === 'ann')).toHaveLength(OWNERS_SCHEDULES)
    expect(far).toBe(0)
    expect(await schedulesOf(house)).toHaveLength(MAX_SCHEDULES)
  })

  test('by what it says', async () => {
    const house = await houseAt()
    for (const [task, when, code] of [
      ['x'.repeat(1_001), 'in 1 hour', 'too_long'],
      ['\u200b', 'in 1 hour', 'malformed'],
      ['x', 'some day', 'malformed'],
      ['x', 'every day at 9 '.repeat(50), 'malformed'],
    ] as const)
      expect(await plan(house, ann, when, task)).toMatchObject({ refusal: { code } })
    expect(await plan(house, ann, 'in 1 hour', 'x', 'nobody' as MemberId)).toMatchObject({ refusal: { code: 'no_such_message' } })
  })
})

describe('[R122] what came of a schedule plans nothing by itself', () => {
  test('not the agent that it is for, not one that this calls or asks; whoever speaks then may have it plan', async () => {
    const calls = ['schedule', JSON.stringify({ when: 'in 5 minutes', task: 'go on' })] as const
    for (const [how, first] of [
      ['itself', [calls]],
      ['by a mention', ['@Sage go on']],
      ['by asking', [['ask_agent', JSON.stringify({ agent: 'sage', question: 'Plan it.' })]]],
    ] as const) {
      const house = await houseAt()
      house.stage.takes = async function* ({ history, reply, agent, tools, ...request }) {
        const prompt = reply.metadata.replyTo ? history.get(reply.metadata.replyTo) : null
        if (!agent || !prompt) throw new Error('a reply has an agent and a prompt')
        const steps: readonly ScriptedStep[] = agent.id === 'parley' ? [first, ['Done.']] : [[calls], ['Done.']]
        const bounds = { contextTokens: 32_000, maxOutputTokens: 1_000, patienceMs: 60_000, longestMs: 3_600_000 }
        const model = scriptedModel(steps, [])
        yield* takeTurn({
          ...request,
          agent,
          prompt,
          history: [],
          now: house.stage.now,
          tools: await tools(),
          toolless: new Set(),
          choice: { ok: true, chosen: { model, id: 'test', label: 'Test', wire: null, isGuide: false, settings: { provider: 'guide' }, ...bounds } },
        })
      }
      await plan(house, bo, 'in 5 minutes', 'go on', parley)
      house.stage.now += HOUR
      await ring(house)
      const refusedIn = async () =>
        (await house.messages()).flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'dynamic-tool' && part.toolName === 'schedule' ? [part] : [])))
      await waitFor(`the plan to be refused: ${how}`, async () => (await refusedIn()).some(({ state }) => state === 'output-error'))
      expect((await refusedIn())[0]?.errorText).toContain('came of a schedule')
      expect(await schedulesOf(house)).toEqual([])
      await house.post(bo, '@Sage yes, do')
      await waitFor('the plan', async () => (await schedulesOf(house)).length === 1)
    }
  })
})

test('[R244] [R180] as a tool it plans in the asker’s name, for the agent that is called or the one that asks', async () => {
  const house = await houseAt()
  const planned = await house.inside((room) => {
    const {
      members,
      tools: { schedules },
    } = partsOf(room)
    members.enter(bo, null, house.stage.now)
    const agents = [
      { id: parley, handle: 'parley', name: 'Parley' },
      { id: sage, handle: 'sage', name: 'Sage the Wise' },
    ] as never as Parameters<typeof plannerFor>[1]
    const planner = (asker: Member | null) =>
      plannerFor(schedules, agents, { agent: agents[0] as never, asker: asker?.id ?? null, taint: () => null, isScheduled: () => false })
    return [
      planner(bo).add('sum up', 'every weekday at 9'),
      planner(bo).add('look', 'tomorrow at 10', '@sage'),
      planner(bo).add('look', 'tomorrow at 10', 'sage the wise'),
      planner(bo).add('look', 'tomorrow at 10', 'nobody'),
      planner(null).add('look', 'tomorrow at 10'),
      planner(person('Stranger')).add('look', 'tomorrow at 10'),
    ]
  })
  expect(planned.map((one) => (one.ok ? `${one.value.agent} ${one.value.next}` : one.refusal.code))).toEqual([
    'Parley 2027-01-14 09:00 (UTC)',
    'Sage the Wise 2027-01-15 10:00 (UTC)',
    'Sage the Wise 2027-01-15 10:00 (UTC)',
    'no_such_message',
    'not_a_member',
    'not_a_member',
  ])
  expect((await schedulesOf(house)).map(({ value }) => `${value.by} ${value.agent}`).sort()).toEqual(['bo parley', 'bo sage', 'bo sage'])
})
