// A turn that uses tools, in a real room: what is kept when, and what a crash at each moment leaves behind.
import { beforeEach, expect, test } from 'vitest'
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { BUILT_IN } from '../../src/agents/tools/built-in'
import type { OfferedTool, ToolOutcome } from '../../src/agents/tools/tool'
import { takeTurn } from '../../src/agents/turn/turn'
import { textOf } from '../../src/conversation/message'
import { type ScriptedStep, scriptedModel } from '../support/scripted-model'
import { toolCalled } from '../support/tools'
import { waitFor } from '../support/wait-for'
import { ann, bo, House } from './house'

/** What the model was asked, over all crashes: it is a provider, which outlives the room. */
let prompts: LanguageModelV4CallOptions[]
let ran: string[]

beforeEach(() => {
  prompts = []
  ran = []
})

async function houseWith(steps: readonly ScriptedStep[], tools: readonly OfferedTool[]): Promise<House> {
  const house = await House.open()
  const model = scriptedModel(steps, prompts)
  house.stage.tools = tools
  house.stage.takes = async function* ({ history, reply, agent, tools, ...request }) {
    const prompt = reply.metadata.replyTo ? history.get(reply.metadata.replyTo) : null
    if (!agent || !prompt) throw new Error('a reply has an agent and a prompt')
    // Whose price is known without looking.
    const settings = { provider: 'guide' } as const
    const bounds = { contextTokens: 32_000, maxOutputTokens: 1_000, patienceMs: 60_000, longestMs: 3_600_000 }
    yield* takeTurn({
      ...request,
      agent,
      prompt,
      history: [],
      now: house.stage.now,
      tools: await tools(),
      toolless: new Set(),
      choice: { ok: true, chosen: { model, id: 'test', label: 'Test', wire: null, isGuide: false, settings, ...bounds } },
    })
  }
  return house
}

/** What the storage holds of the reply: its texts, and its calls by tool and state. */
async function kept(house: House) {
  const [row] = await house.rows<{ parts: string; status: string }>('SELECT parts, status FROM message WHERE seq = 2')
  const parts = JSON.parse(row?.parts ?? '[]') as { readonly type: string; readonly text?: string; readonly toolName?: string; readonly state?: string }[]
  return { status: row?.status, parts: parts.map(({ text, toolName, state }) => text ?? `${toolName} ${state}`) }
}

const settles = (house: House) => waitFor('the end of the reply', async () => (await kept(house)).status === 'complete')

test('[R180] [L1] a turn of two steps is seen as it goes, with text, tool and text in the order in which they were said', async () => {
  const house = await houseWith([['Let me look.', ['look', '{}']]], [toolCalled('look')])
  const watcher = await house.connect(bo)
  await house.post(ann, 'a question')
  await watcher.shows('complete')
  expect(watcher.newest()?.parts).toMatchObject([
    { type: 'text', text: 'Let me look.' },
    { type: 'dynamic-tool', toolName: 'look', state: 'output-available', output: 'look did', toolMetadata: { tool: 'look', effect: 'none', step: 1 } },
    { type: 'text', text: 'Done.' },
  ])
  expect((await house.messages()).at(-1)).toEqual(watcher.newest())
  expect(watcher.gaps).toBe(0)
})

test('[R184] a call is kept before it runs, and its result before the model is asked again', async () => {
  const seen: unknown[] = []
  const look = toolCalled('look', async () => {
    seen.push(await kept(house))
    return { ok: true, output: 'seen' }
  })
  const house = await houseWith([['Let me look.', ['look', '{}']]], [look])
  await house.post(ann, 'a question')
  await settles(house)
  expect(seen).toEqual([{ status: 'streaming', parts: ['Let me look.', 'look input-available'] }])
  expect(JSON.stringify(prompts[1]?.prompt)).toContain('seen')
  expect(await house.rows('SELECT * FROM call')).toEqual([])
})

const AFTER_A_CRASH: readonly (readonly [when: string, effect: OfferedTool['effect'], times: number, said: string])[] = [
  ['before it runs', 'none', 1, 'pay did'],
  ['before it runs', 'outside', 1, 'pay did'],
  ['while it runs', 'none', 2, 'pay did'],
  ['while it runs', 'room', 1, 'may have happened'],
  ['while it runs', 'outside', 1, 'may have happened'],
  ['after its result', 'none', 1, 'pay did'],
  ['after its result', 'outside', 1, 'pay did'],
]

test.each(AFTER_A_CRASH)(
  '[R184] [R9] a crash %s: a call with the effect “%s” runs %d times in all, and its model knows: %s',
  async (when, effect, times, said) => {
    let isHeld = false
    /** The moment at which the object is ended: nothing goes on from there. */
    const hold = async (moment: string) => {
      if (moment !== when || isHeld) return
      isHeld = true
      await new Promise<never>(() => {})
    }
    const run = async (): Promise<ToolOutcome> => {
      ran.push('pay')
      await hold('while it runs')
      return { ok: true, output: 'pay did' }
    }
    const house = await houseWith([['Paying.', ['pay', '{}']]], [toolCalled('pay', run, effect)])
    const { takes } = house.stage
    house.stage.takes = async function* (request) {
      for await (const chunk of takes?.(request) ?? []) {
        yield chunk
        if (chunk.type === 'tool') await hold(chunk.part.state === 'output-available' ? 'after its result' : 'before it runs')
      }
    }
    await house.post(ann, 'a question')
    await waitFor('the moment', () => isHeld)
    await house.crash()
    await house.connect(ann)
    await settles(house)
    expect(ran).toHaveLength(times)
    expect(JSON.stringify(prompts.at(-1)?.prompt)).toContain(said)
    const { parts } = await kept(house)
    expect(parts).toEqual(['Paying.', `pay ${said === 'pay did' ? 'output-available' : 'output-error'}`, 'Done.'])
    expect(await house.rows('SELECT * FROM call')).toEqual([])
  },
)

test('[R184] [L8] whoever stops a turn waits for no tool; what was done stays, and a retry knows of it', async () => {
  let release = () => {}
  const pay = toolCalled('pay', () => ({ ok: true, output: ran.push('pay') }), 'outside')
  const hang = toolCalled('hang', () => new Promise((resolve) => (release = () => resolve({ ok: true, output: 'too late' }))))
  const house = await houseWith([['Paying.', ['pay', '{}']], ['Waiting.', ['hang', '{}']], ['Paid already.']], [pay, hang])
  const watcher = await house.connect(bo)
  await house.post(ann, 'a question')
  await watcher.until(
    'the hanging call',
    () => watcher.newest()?.parts.some((part) => part.type === 'dynamic-tool' && part.toolName === 'hang' && part.state === 'input-available') === true,
  )
  await house.ask(ann, { type: 'stop' })
  await watcher.shows('stopped')
  expect(watcher.newest()?.parts.at(-1)).toMatchObject({ toolName: 'hang', state: 'output-error', errorText: expect.stringContaining('stopped') })
  await house.inside(() => release())
  const stopped = watcher.newest()
  expect((await house.messages()).at(-1)).toEqual(stopped)
  await house.ask(ann, { type: 'retry', id: stopped?.id ?? ('' as never) })
  await watcher.shows('complete')
  expect(watcher.newest()?.parts.map((part) => (part.type === 'dynamic-tool' ? part.toolName : textOf({ parts: [part] })))).toEqual([
    'Paying.',
    'pay',
    'Paid already.',
  ])
  expect(ran).toEqual(['pay'])
  expect(JSON.stringify(prompts.at(-1)?.prompt)).toContain('pay')
  expect(watcher.gaps).toBe(0)
})

test('[R184] three times a turn goes on after a crash; then it is interrupted, and every call has its end', async () => {
  const look = toolCalled('look', () => new Promise<never>(() => void ran.push('look')))
  const house = await houseWith([['Looking.', ['look', '{}']]], [look])
  await house.post(ann, 'a question')
  for (let tries = 1; tries <= 4; tries++) {
    await waitFor(`try ${tries}`, () => ran.length === tries)
    await house.crash()
    await house.messages()
  }
  await waitFor('the end', async () => (await kept(house)).status === 'interrupted')
  expect(await kept(house)).toEqual({ status: 'interrupted', parts: ['Looking.', 'look output-error'] })
})

test('[R187] a tool sees the room as its asker may at that moment: once they are removed, nothing', async () => {
  let goOn = () => {}
  const hold = toolCalled('hold', () => new Promise((resolve) => (goOn = () => resolve({ ok: true, output: 'held' }))))
  const house = await houseWith(
    [
      [
        ['read_messages', '{}'],
        ['hold', '{}'],
      ],
      [
        ['read_messages', '{}'],
        ['search_room', '{"query":"question"}'],
        ['who_is_here', '{}'],
      ],
    ],
    [...BUILT_IN, hold],
  )
  const watcher = await house.connect(ann)
  await house.post(bo, 'a question')
  const calls = () => (watcher.newest()?.parts ?? []).flatMap((part) => (part.type === 'dynamic-tool' ? [part] : []))
  await watcher.until('the first look', () => calls().some(({ state }) => state === 'output-available'))
  expect(JSON.stringify(calls()[0]?.output)).toContain('a question')
  expect(await (await house.room()).remove(ann.id, bo.id)).toEqual({ ok: true })
  await house.inside(() => goOn())
  await watcher.shows('complete')
  expect(
    calls()
      .slice(2)
      .map(({ state, errorText }) => [state, errorText]),
  ).toEqual(Array.from({ length: 3 }, () => ['output-error', expect.stringContaining('no place in this room')]))
})

test('[R150] [R180] a turn of three steps is one turn, and took what they took together', async () => {
  const house = await houseWith([[['look', '{}']], [['look', '{}']]], [toolCalled('look')])
  const watcher = await house.connect(bo)
  await house.post(ann, 'a question')
  const usage = () => watcher.newest()?.metadata.amended?.values['usage'] as { readonly calls: number } | undefined
  await watcher.until('three calls to be told', () => usage()?.calls === 3)
  expect(usage()).toMatchObject({ input: 300, output: 30, calls: 3 })
  expect(await house.rows('SELECT sum(turns) AS turns, sum(input) AS input, sum(output) AS output FROM usage')).toEqual([{ turns: 1, input: 300, output: 30 }])
})
