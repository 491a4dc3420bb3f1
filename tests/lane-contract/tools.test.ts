// Agents that use tools, as people see it in every lane: the built worker asks a scripted model, which calls the room's own tools.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import type { Message } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { waitFor } from '../support/wait-for'
import { DRIVERS } from './drivers'
import type { Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

const replyIn = (who: Participant): Message | undefined => who.messages().findLast(({ role }) => role === 'assistant')

/** What a reply holds, in its order: words, and tools with their state. */
const shapeOf = (message: Message | undefined): readonly string[] =>
  (message?.parts ?? []).map((part) => (part.type === 'dynamic-tool' ? `${part.toolName} ${part.state}` : part.text))

const ended = (who: Participant) => who.until('the reply has ended', () => replyIn(who)?.metadata.status === 'complete')

/** Ann asks; Bo looks on through a lane. */
async function scene(lane: (typeof LANES)[number]): Promise<{ readonly room: RoomId; readonly ann: Participant; readonly bo: Participant }> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  return { room, ann: await world.join(DRIVERS[lane], room, owner), bo: await world.join(DRIVERS[lane], room, 'Bo') }
}

const TWO_STEPS = '[[say:First_this. call:calculate({"sum":"3*7"}) then say:Then_that. call:who_is_here call:now then hold after:2]] go'
const AFTER_TWO = ['First this.', 'calculate output-available', 'Then that.', 'who_is_here output-available', 'now output-available']

describe.each(LANES)('%s lane', (lane) => {
  it('[R180] [R185] shows text, tool and text in the order in which they were said and done, to whoever looks on, joins or comes back', async () => {
    const { room, ann, bo } = await scene(lane)
    ann.client.post(TWO_STEPS)
    await world.model.held()
    await bo.until('the words after the tools', () => shapeOf(replyIn(bo)).length === 6)
    const late = await world.join(DRIVERS[lane], room, 'Late')
    await late.until('all of it', () => shapeOf(replyIn(late)).length === 6)
    bo.drop()
    for (const who of [ann, bo, late]) expect(shapeOf(replyIn(who)).slice(0, 5)).toEqual(AFTER_TWO)
    world.model.release()
    for (const who of [ann, bo, late]) await ended(who)
    const fresh = await world.join(DRIVERS.agents, room, 'Fresh')
    await ended(fresh)
    for (const who of [ann, bo, late]) expect(replyIn(who)?.parts).toEqual(replyIn(fresh)?.parts)
    expect(shapeOf(replyIn(fresh)).slice(0, 5)).toEqual(AFTER_TWO)
    expect(replyIn(fresh)?.parts[1]).toMatchObject({
      input: { sum: '3*7' },
      output: { sum: '3*7', result: '21' },
      toolMetadata: { tool: 'calculate', step: 1 },
    })
  })

  it('[R185] writes them into the page in this order, each text and each tool where programs look for it', async () => {
    const { room, ann } = await scene(lane)
    ann.client.post('[[say:First_this. call:calculate({"sum":"3*7"}) then call:rm]] go')
    await ended(ann)
    const page = await (await ann.guest.fetch(`${world.server.url}/rooms/${room}/${lane}`)).text()
    const article = /<article [^>]*data-author-kind="agent"[^]*?<\/article>/.exec(page)?.[0] ?? ''
    expect(article.match(/<(?:div|details) data-part="(?:text|tool)"(?: data-tool="\w+" data-tool-state="[\w-]+")?/g)).toEqual([
      '<div data-part="text"',
      '<details data-part="tool" data-tool="calculate" data-tool-state="output-available"',
      '<details data-part="tool" data-tool="rm" data-tool-state="output-error"',
      '<div data-part="text"',
    ])
    expect(article).toContain('3*7 = 21')
  })
})

describe('the turn of an agent', () => {
  it('[R180] tells its model what the tools answered, as calls and results', async () => {
    const { ann } = await scene('agents')
    ann.client.post('[[call:calculate({"sum":"6*7"}) call:now]] go')
    await ended(ann)
    const last = world.model.requests.at(-1)
    expect(last?.tools?.map((tool) => tool.function.name)).toEqual([
      'search_room',
      'read_messages',
      'who_is_here',
      'calculate',
      'now',
      'fetch_page',
      'remember',
      'forget',
      'schedule',
    ])
    const [called, ...results] = last?.messages.slice(-3) ?? []
    expect(called?.tool_calls).toHaveLength(2)
    expect(results.map(({ role }) => role)).toEqual(['tool', 'tool'])
    expect(results[0]?.content).toBe('{"sum":"6*7","result":"42"}')
  })

  it('[R180] tells it so of earlier replies too', async () => {
    const { ann } = await scene('agents')
    ann.client.post('[[call:calculate({"sum":"6*7"})]] go')
    await ended(ann)
    ann.client.post('and now?')
    await ann.until('two replies', () => ann.messages().filter(({ role, metadata }) => role === 'assistant' && metadata.status === 'complete').length === 2)
    expect(world.model.requests.at(-1)?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool', 'assistant', 'user'])
  })

  it('[R184] [R9] goes on after kill -9 from what its tools answered, and calls none of them again', async () => {
    const { ann } = await scene('agents')
    ann.client.post(TWO_STEPS)
    await world.model.held()
    await ann.until('the tools', () => shapeOf(replyIn(ann)).length >= 5)
    const asked = world.model.requests.length
    await world.server.kill9()
    await world.server.restart()
    await ann.connected()
    await world.model.held()
    world.model.release()
    await ended(ann)
    expect(shapeOf(replyIn(ann)).slice(0, 5)).toEqual(AFTER_TWO)
    expect(world.model.requests).toHaveLength(asked + 1)
    expect(world.model.requests.at(-1)?.messages.filter(({ role }) => role === 'tool')).toHaveLength(3)
  })

  it('[R189] of a model that knows no tools is asked again without them, and not offered them for a while', async () => {
    const { ann } = await scene('agents')
    ann.client.post('[[fault:no-tools]] hello')
    await ended(ann)
    expect(shapeOf(replyIn(ann)).join()).toContain('hello')
    const asked = world.model.requests.length
    ann.client.post('[[fault:no-tools]] again')
    await waitFor('another answer', () => world.model.requests.length > asked)
    expect(world.model.requests.slice(-1).map(({ tools }) => tools)).toEqual([undefined])
  })

  it('[R150] says what all of its steps took together, as one turn', async () => {
    const { ann } = await scene('agents')
    ann.client.post('[[call:now then call:now]] go')
    await ended(ann)
    const usage = () => replyIn(ann)?.metadata.amended?.values['usage'] as { readonly calls: number } | undefined
    await ann.until('what three calls took', () => usage()?.calls === 3)
  })
})
