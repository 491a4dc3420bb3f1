// An agent asks another by its tool: the answer is a reply in the room, and comes back to whoever asked, through crash and stop.
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { beforeEach, describe, expect, test } from 'vitest'
import { promptOf } from '../../src/agents/asked-prompt'
import { takeTurn } from '../../src/agents/turn/turn'
import { whyOf } from '../../src/conversation/engaged'
import type { MemberId, MessageId } from '../../src/conversation/ids'
import { isUnfinished, type Message, textOf } from '../../src/conversation/message'
import { type RecordOf, recordsOf } from '../../src/conversation/record'
import { type ScriptedStep, scriptedModel } from '../support/scripted-model'
import { askingTool, toolCalled } from '../support/tools'
import { waitFor } from '../support/wait-for'
import { ann, bo, House, partsOf } from './house'
import type { Stage } from './stage'

type Takes = NonNullable<Stage['takes']>

/** What the model was asked for each reply, over all crashes. */
let prompts: Map<MessageId, LanguageModelV4CallOptions[]>

beforeEach(() => {
  prompts = new Map()
})

/** A room in which Parley alone answers people, and each agent says in each of its replies what is written for it. */
async function houseWith(steps: Readonly<Record<string, readonly ScriptedStep[]>>): Promise<House> {
  const house = await House.open()
  house.stage.takes = async function* ({ history, reply, agent, tools, ...request }) {
    const answered = reply.metadata.replyTo ? history.get(reply.metadata.replyTo) : null
    if (!agent || !answered) throw new Error('a reply has an agent and a prompt')
    const asked = prompts.get(reply.id) ?? []
    prompts.set(reply.id, asked)
    const model = scriptedModel(steps[agent.handle] ?? [], asked)
    const bounds = { contextTokens: 32_000, maxOutputTokens: 1_000, patienceMs: 60_000, longestMs: 3_600_000 }
    yield* takeTurn({
      ...request,
      agent,
      prompt: promptOf(answered, reply),
      history: [],
      now: house.stage.now,
      tools: await tools(),
      toolless: new Set(),
      choice: { ok: true, chosen: { model, id: 'test', label: 'Test', wire: null, isGuide: false, settings: { provider: 'guide' }, ...bounds } },
    })
  }
  expect(await house.ask(ann, { type: 'save-agent', agent: 'sage' as MemberId, profile: { mode: 'mention', instruction: 'Be wise.' } })).toMatchObject({
    ok: true,
  })
  return house
}

const asks = (agent: string, question = 'What is the answer?'): readonly [string, string] => ['ask_agent', JSON.stringify({ agent, question })]
const repliesOf = async (house: House, agent: string): Promise<readonly Message[]> =>
  (await house.messages()).filter(({ metadata }) => metadata.author.id === agent)
const said = async (house: House) => (await house.messages()).map(textOf)
const saidBy = async (house: House, agent: string) => (await repliesOf(house, agent)).map(textOf)
const toolOf = (message: Message | undefined) => message?.parts.find((part) => part.type === 'dynamic-tool')
const settled = (house: House, replies: number) =>
  waitFor('every reply to end', async () => {
    const all = (await house.messages()).filter(({ role }) => role === 'assistant')
    return all.length >= replies && all.every(({ metadata: { status } }) => !isUnfinished(status))
  })

/** Holds the turns of one agent until it is let go. */
function held(house: House, agent: string) {
  const { takes } = house.stage
  const gate: { open: () => void; begun: number } = { open: () => {}, begun: 0 }
  house.stage.takes = async function* (request: Parameters<Takes>[0]) {
    if (request.reply.metadata.author.id === agent) {
      gate.begun += 1
      await new Promise<void>((resolve) => (gate.open = resolve))
    }
    yield* takes?.(request) ?? []
  }
  return gate
}

describe('[R249] an agent that asks another', () => {
  test('has its answer, which everybody sees as a reply to the one that asks, out of the same person’s budget', async () => {
    const house = await houseWith({ parley: [['Let me ask.', asks('sage', 'What is six times seven?')], ['It is 42.']], sage: [['Forty-two.']] })
    const watcher = await house.connect(bo)
    await house.post(bo, 'a question')
    await settled(house, 2)
    const [parley] = await repliesOf(house, 'parley')
    const [sage] = await repliesOf(house, 'sage')
    expect(parley?.parts.map((part) => (part.type === 'dynamic-tool' ? part.state : textOf({ parts: [part] })))).toEqual([
      'Let me ask.',
      'output-available',
      'It is 42.',
    ])
    expect(toolOf(parley)).toMatchObject({ toolName: 'ask_agent', output: { agent: 'Sage', answer: 'Forty-two.' } })
    expect(sage?.metadata).toMatchObject({ status: 'complete', replyTo: parley?.id, askedBy: 'bo' })
    expect(sage && whyOf(sage.metadata)).toMatchObject({ rule: 'agent-asked', by: 'parley' })
    const told = JSON.stringify(sage && prompts.get(sage.id)?.[0]?.prompt)
    expect(told).toContain('What is six times seven?')
    expect(told).not.toContain('Let me ask.')
    await watcher.until('both', () => watcher.texts().length === 3)
    expect(watcher.gaps).toBe(0)
    expect(await house.rows('SELECT DISTINCT person FROM usage')).toEqual([{ person: 'bo' }])
  })

  test('is told in words why there is no answer: itself, nobody, one that is off, one that waits for it, one that was asked', async () => {
    const house = await houseWith({
      parley: [[asks('parley')], [asks('nobody')], [asks('@SAGE')], [asks('Sage')], ['Done.']],
      sage: [[asks('parley')], ['Alone, then.']],
    })
    await house.post(bo, 'a question')
    await settled(house, 2)
    const said = (await repliesOf(house, 'parley'))[0]?.parts.flatMap((part) =>
      part.type === 'dynamic-tool' ? [part.errorText ?? JSON.stringify(part.output)] : [],
    )
    expect(said).toEqual([
      'You cannot ask yourself.',
      'There is no agent called "nobody" in this room. There are: sage.',
      '{"agent":"Sage","answer":"Alone, then."}',
      'You have asked Sage in this answer already. It said: Alone, then.',
    ])
    expect(toolOf((await repliesOf(house, 'sage'))[0])).toMatchObject({ state: 'output-error', errorText: expect.stringContaining('waits for your answer') })
  })

  test('waits no more when it is stopped; what it asked for goes on', async () => {
    const house = await houseWith({ parley: [[asks('sage')]], sage: [['Forty-two.']] })
    const gate = held(house, 'sage')
    await house.post(bo, 'a question')
    await waitFor('the question', () => gate.begun === 1)
    const [parley] = await repliesOf(house, 'parley')
    expect(await house.ask(bo, { type: 'stop', ...(parley ? { id: parley.id } : {}) })).toMatchObject({ ok: true })
    await waitFor('the stop', async () => (await repliesOf(house, 'parley'))[0]?.metadata.status === 'stopped')
    expect(toolOf((await repliesOf(house, 'parley'))[0])).toMatchObject({ state: 'output-error' })
    await house.inside(() => gate.open())
    await settled(house, 2)
    expect(await saidBy(house, 'sage')).toEqual(['Forty-two.'])
  })

  test('is told when the answer was stopped', async () => {
    const house = await houseWith({ parley: [[asks('sage')], ['Without it, then.']] })
    const gate = held(house, 'sage')
    await house.post(bo, 'a question')
    await waitFor('the question', () => gate.begun === 1)
    const [sage] = await repliesOf(house, 'sage')
    await house.ask(bo, { type: 'stop', ...(sage ? { id: sage.id } : {}) })
    await settled(house, 2)
    const [parley] = await repliesOf(house, 'parley')
    expect(toolOf(parley)).toMatchObject({ state: 'output-error', errorText: 'Sage did not answer to the end. It was stopped.' })
    expect(parley && textOf(parley)).toBe('Without it, then.')
  })

  test('goes on after a crash while the other speaks: it has asked once', async () => {
    const house = await houseWith({ parley: [['Asking.', asks('sage')], ['It is 42.']], sage: [['Forty-two.']] })
    const gate = held(house, 'sage')
    await house.post(bo, 'a question')
    await waitFor('the question', () => gate.begun === 1)
    await house.crash()
    await house.connect(bo)
    await waitFor('the question again', () => gate.begun === 2)
    await house.inside(() => gate.open())
    await settled(house, 2)
    await hasAskedOnce(house)
  })

  test('goes on after a crash when the other has answered, and nothing of it was kept: it has asked once', async () => {
    const house = await houseWith({ parley: [['Asking.', asks('sage')], ['It is 42.']], sage: [['Forty-two.']] })
    const { takes } = house.stage
    let isHeld = false
    house.stage.takes = async function* (request) {
      for await (const chunk of takes?.(request) ?? []) {
        if (chunk.type === 'tool' && chunk.part.state === 'output-available' && !isHeld) {
          isHeld = true
          await new Promise<never>(() => {})
        }
        yield chunk
      }
    }
    await house.post(bo, 'a question')
    await waitFor('the answer', () => isHeld)
    expect(toolOf((await repliesOf(house, 'parley'))[0])).toMatchObject({ state: 'input-available' })
    await house.crash()
    await house.connect(bo)
    await settled(house, 2)
    await hasAskedOnce(house)
  })

  test('[R247] has its answer over an end in which a schedule was missed: nobody is asked twice, and what was missed comes once and says so', async () => {
    const house = await houseWith({ parley: [['Asking.', asks('sage')], ['It is 42.']], sage: [['Forty-two.']] })
    const { takes } = house.stage
    const gate = held(house, 'sage')
    expect(await house.ask(ann, { type: 'add-schedule', agent: 'sage' as MemberId, task: 'sum up', when: 'in 10 minutes' })).toMatchObject({ ok: true })
    await house.post(bo, 'a question')
    await waitFor('the question', () => gate.begun === 1)
    house.stage.now += 3_600_000
    await house.crash()
    // Nobody holds anybody any more: the asked reply ends while the room wakes.
    house.stage.takes = takes
    await house.connect(bo)
    await settled(house, 3)
    const [parley, ...others] = await repliesOf(house, 'parley')
    expect(others).toEqual([])
    expect(toolOf(parley)).toMatchObject({ state: 'output-available', output: { agent: 'Sage', answer: 'Forty-two.' } })
    expect(parley && textOf(parley)).toContain('It is 42.')
    expect((await repliesOf(house, 'sage')).map(({ metadata }) => whyOf(metadata)?.rule).toSorted()).toEqual(['agent-asked', 'schedule'])
    const said = (await house.messages()).map(textOf).filter((text) => text.startsWith('Scheduled'))
    expect(said).toEqual([expect.stringMatching(/^Scheduled \(in 10 minutes, missed at .* and done now\): sum up$/)])
    await house.crash()
    await house.connect(bo)
    expect((await house.messages()).filter(({ role }) => role === 'assistant')).toHaveLength(3)
  })

  test('is not called by the one that it asked, which answers it already', async () => {
    const house = await houseWith({ parley: [[asks('sage')], ['Thanks.']], sage: [['@Parley it is 42.']] })
    await house.post(bo, 'a question')
    await settled(house, 2)
    expect(await saidBy(house, 'parley')).toEqual(['Thanks.'])
    expect((await house.messages()).length).toBe(3)
  })

  test('waits for nobody in vain: eight that ask one agent, which writes one answer at a time, all have their answer', async () => {
    const house = await houseWith({ parley: [[asks('sage')], ['Thanks.']], sage: [['Forty-two.']] })
    expect(await house.ask(ann, { type: 'save-agent', agent: 'sage' as MemberId, profile: { atOnce: 1 } })).toMatchObject({ ok: true })
    const gates: (() => void)[] = []
    const { takes } = house.stage
    house.stage.takes = async function* (request) {
      // All eight are there before any of them asks.
      if (request.reply.metadata.author.id === 'parley') await new Promise<void>((resolve) => gates.push(resolve))
      yield* takes?.(request) ?? []
    }
    for (let n = 0; n < 8; n++) await house.post(bo, `question ${n}`)
    await waitFor('eight turns', () => gates.length === 8)
    await house.inside(() => gates.forEach((open) => open()))
    await settled(house, 16)
    for (const reply of await repliesOf(house, 'parley')) expect(toolOf(reply)).toMatchObject({ state: 'output-available', output: { answer: 'Forty-two.' } })
    expect(await saidBy(house, 'sage')).toHaveLength(8)
  })

  test('[R205] has its answer when people have approved what the other called: eight of them, over a crash', async () => {
    const house = await houseWith({ parley: [[asks('sage')], ['Thanks.']], sage: [[['mail', '{}']], ['Sent.']] })
    house.stage.tools = [askingTool('mail')]
    for (let n = 0; n < 8; n++) await house.post(bo, `question ${n}`)
    const cards = await waitingFor(house, 8, 16)
    await house.crash()
    await house.connect(bo)
    for (const { id, value } of cards) {
      house.stage.now += 1_000
      expect(await house.ask(bo, { type: 'approve', approval: id, hash: value.hash })).toMatchObject({ ok: true })
    }
    await settled(house, 16)
    for (const reply of await repliesOf(house, 'parley')) expect(toolOf(reply)).toMatchObject({ state: 'output-available', output: { answer: 'Sent.' } })
    expect(await saidBy(house, 'sage')).toEqual(Array.from({ length: 8 }, () => 'Sent.'))
  })

  test('[R205] is told when the other was stopped while it waited for people', async () => {
    const house = await houseWith({ parley: [[asks('sage')], ['Without it, then.']], sage: [[['mail', '{}']]] })
    house.stage.tools = [askingTool('mail')]
    await house.post(bo, 'a question')
    await waitingFor(house, 1, 2)
    const [sage] = await repliesOf(house, 'sage')
    expect(await house.ask(bo, { type: 'stop', ...(sage ? { id: sage.id } : {}) })).toMatchObject({ ok: true })
    await settled(house, 2)
    const [parley] = await repliesOf(house, 'parley')
    expect(toolOf(parley)).toMatchObject({ state: 'output-error', errorText: 'Sage did not answer to the end. It was stopped.' })
    expect(parley && textOf(parley)).toBe('Without it, then.')
  })

  test('[R290] holds no place while the other waits for people: whoever else asks is answered, and it goes on by itself, once, over crashes', async () => {
    const house = await houseWith({ parley: [['Asking.', asks('sage'), ['look', '{}']], ['Thanks.']], sage: [[['mail', '{}']], ['Sent.']], scout: [['Here.']] })
    house.stage.tools = [askingTool('mail'), toolCalled('look')]
    const profile = { handle: 'scout', name: 'Scout', instruction: 'Look.', mode: 'mention', colour: 'teal', emoji: '', model: 'default', atOnce: 1 } as const
    expect(await house.ask(ann, { type: 'save-agent', profile })).toMatchObject({ ok: true })
    for (let n = 0; n < 8; n++) await house.post(bo, `question ${n}`)
    const cards = await waitingFor(house, 8, 16)
    expect(await house.rows('SELECT * FROM queue')).toEqual([])
    await house.post(ann, '@Scout are you there?')
    await waitFor('another’s answer', async () => (await said(house)).includes('Here.'))
    await house.crash()
    await house.connect(bo)
    const [first, second, third, ...others] = cards
    if (!first || !second || !third) throw new Error('there are eight')
    expect(await house.ask(bo, { type: 'approve', approval: first.id, hash: first.value.hash })).toMatchObject({ ok: true })
    await waitFor('one to go on', async () => (await said(house)).includes('Asking.\n\nThanks.'))
    expect(await house.ask(bo, { type: 'deny', approval: second.id })).toMatchObject({ ok: true })
    // One that asked is stopped, what it asked for waits on; one that was asked is stopped.
    const askerOfCard = (await house.messages()).find(({ id }) => id === third.value.reply)?.metadata.replyTo
    await house.ask(bo, { type: 'stop', ...(askerOfCard ? { id: askerOfCard } : {}) })
    await house.ask(bo, { type: 'stop', id: others[0]?.value.reply as MessageId })
    await waitFor('those to end', async () => {
      const open = (await house.messages()).filter(({ metadata }) => isUnfinished(metadata.status))
      return open.length === 9 && open.every(({ metadata }) => metadata.status === 'asking')
    })
    await house.crash()
    await house.connect(bo)
    house.stage.now += 25 * 3_600_000
    await house.inside((room) => partsOf(room).tools.expire())
    await settled(house, 17)
    const replies = await repliesOf(house, 'parley')
    expect(replies.map(({ metadata }) => metadata.status).toSorted()).toEqual([...Array(7).fill('complete'), 'stopped'])
    for (const reply of replies) expect(reply.parts.filter((part) => part.type === 'dynamic-tool' && part.toolName === 'look')).toHaveLength(1)
    expect(await house.rows("SELECT count(*) AS count FROM message WHERE author_id = 'sage'")).toEqual([{ count: 8 }])
    expect(await house.rows('SELECT * FROM queue')).toEqual([])
  })

  test('goes as deep as chains go, and is told so beyond', async () => {
    const handles = ['parley', 'second', 'third', 'fourth', 'fifth']
    const house = await houseWith(Object.fromEntries(handles.map((handle, n) => [handle, [[asks(handles[n + 1] ?? 'parley')], [`${handle} is done.`]]])))
    for (const handle of handles.slice(1)) {
      const profile = { handle, name: `${handle} agent`, instruction: 'Ask on.', mode: 'mention', colour: 'teal', emoji: '', model: 'default', atOnce: 1 }
      expect(await house.ask(ann, { type: 'save-agent', profile })).toMatchObject({ ok: true })
    }
    await house.post(bo, 'a question')
    await settled(house, 4)
    const replies = (await house.messages()).filter(({ role }) => role === 'assistant')
    expect(replies.map(textOf)).toEqual(['parley is done.', 'second is done.', 'third is done.', 'fourth is done.'])
    expect(toolOf(replies[3])).toMatchObject({ state: 'output-error', errorText: expect.stringContaining('as often as they may') })
  })
})

/** Waits for so many calls to wait for people, and for so many replies: theirs, and those that wait for these. */
async function waitingFor(house: House, count: number, replies: number): Promise<readonly RecordOf<'approval'>[]> {
  const open = async () => recordsOf((await house.snapshot()).records, 'approval').filter(({ value }) => value.state === 'open')
  await waitFor(
    `${count} cards`,
    async () => (await open()).length === count && (await house.messages()).filter(({ metadata }) => metadata.status === 'asking').length === replies,
  )
  return open()
}

async function hasAskedOnce(house: House): Promise<void> {
  expect(await saidBy(house, 'parley')).toEqual(['Asking.\n\nIt is 42.'])
  expect(await saidBy(house, 'sage')).toEqual(['Forty-two.'])
  expect(toolOf((await repliesOf(house, 'parley'))[0])).toMatchObject({ state: 'output-available', output: { answer: 'Forty-two.' } })
  expect(await house.rows("SELECT count(*) AS count FROM message WHERE author_id = 'sage'")).toEqual([{ count: 1 }])
}
