// What models do, good and bad, as people in a room see it, in every lane: the built worker asks a server that does it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Message, textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from './drivers'
import type { Participant } from './participant'
import { World } from './world'
import { waitFor } from '../support/wait-for'

/** Shorter than what the tests below let a model take, in seconds. */
const PATIENCE = 1

let world: World

beforeAll(async () => {
  world = await World.begin({ MODEL_PATIENCE: String(PATIENCE) })
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

/** The reply to this, whole, as somebody in each lane sees it: all of them the same. */
async function replyTo(prompt: string, whileWaiting?: () => Promise<void>): Promise<Message> {
  const owner = await world.guest('Ann')
  const room = await world.room(owner)
  const everybody: Participant[] = []
  for (const lane of LANES) everybody.push(await world.join(DRIVERS[lane], room, owner))
  const [first] = everybody
  first?.client.post(prompt)
  await whileWaiting?.()
  const replies: Message[] = []
  for (const who of everybody) {
    await who.until('a reply that has ended', () => who.messages().some(hasEnded))
    const reply = who.messages().find(hasEnded)
    if (reply) replies.push(reply)
  }
  for (const reply of replies) expect(reply).toEqual(replies[0])
  const [reply] = replies
  if (!reply) throw new Error('there are lanes')
  return reply
}

function hasEnded({ role, metadata }: Message): boolean {
  return role === 'assistant' && metadata.status !== 'streaming'
}

/** Its state, its words, and with reasoning or a failure these. */
function summary({ metadata: { status, failure }, parts, ...reply }: Message): string {
  const reasoning = parts.flatMap((part) => (part.type === 'reasoning' ? [`{${part.text}} `] : [])).join('')
  return `${status}: ${reasoning}${textOf({ ...reply, parts })}${failure ? ` (${failure.code})` : ''}`
}

describe('a model that takes its time', () => {
  it.each(['comments', 'empty'])('[R90] is waited for as long as it shows life: %s', async (signs) => {
    const reply = await replyTo(`[[hold after:0 signs:${signs} words:2]]`, async () => {
      const shown = () => world.model.requests.find(({ asked }) => asked.includes(`signs:${signs}`))?.signs ?? 0
      await waitFor('three times the patience', () => shown() > PATIENCE * 30)
      world.model.release()
    })
    expect(summary(reply)).toBe('complete: word1 word2')
  })

  it('[R90] is given up when it shows none', async () => {
    const reply = await replyTo('[[fault:silence]]')
    expect(reply.metadata.failure).toEqual({ code: 'silent', text: 'The language model did not begin to answer.' })
  })

  it('[R90] once it has begun, is not hurried by the patience for its first word', async () => {
    const reply = await replyTo('[[words:3 delay:1500]]')
    expect(summary(reply)).toBe('complete: word1 word2 word3')
  })
})

describe('[R92] what a model says beside its words', () => {
  it.each([1, 3, 5])('reasoning between tags is folded away, in pieces of %i characters', async (size) => {
    expect(summary(await replyTo(`[[echo split:${size}]]<think>Let me see.</think>\n\nParis.`))).toBe('complete: {Let me see.} Paris.')
  })

  it.each([
    ['[#2 agent Parley] Paris.', 'Paris.'],
    ['Parley: Paris.', 'Paris.'],
    ['**Parley:** Paris.', 'Paris.'],
    ['<think>hm</think>[#2 agent Parley]\nParis.', '{hm} Paris.'],
    ['Parley is a chat.', 'Parley is a chat.'],
    ['`<think>` begins it.', '`<think>` begins it.'],
  ])('%j is %j', async (said, shown) => {
    expect(summary(await replyTo(`[[echo split:2]]${said}`))).toBe(`complete: ${shown}`)
  })

  it('reasoning alone is an empty answer', async () => {
    expect(summary(await replyTo('[[echo]]<think>hm</think>'))).toBe('failed: {hm}  (empty)')
  })
})

describe('[R93] what can be made of what a server sends', () => {
  it('a broken event costs a word about the gap, and not the reply', async () => {
    expect(summary(await replyTo('[[words:4 fault:malformed]]'))).toBe('complete: word1 word2 word3 word4 (gap)')
    expect(summary(await replyTo('[[words:4 fault:shape]]'))).toBe('complete: word1 word2 word3 word4 (gap)')
  })

  it('an answer that comes whole is an answer', async () => {
    expect(summary(await replyTo('[[words:4 fault:whole]]'))).toBe('complete: word1 word2 word3 word4')
    expect(summary(await replyTo('[[words:4 fault:whole type:text/plain]]'))).toBe('complete: word1 word2 word3 word4')
  })

  it('an answer that is cut off at its length says so and may go on', async () => {
    const reply = await replyTo('[[words:6 fault:length]]')
    expect(reply.metadata).toMatchObject({ status: 'stopped', failure: { code: 'limit', goesOn: true } })
  })
})

describe('what only a hostile server sends, or a broken one', () => {
  it.each([
    ['endless-error', 'failed:  (provider)', 'status 400'],
    ['zipped-error', 'failed:  (provider)', 'status 400'],
    ['deeper-error', 'failed:  (provider)', 'status 503'],
    ['endless-line', 'failed:  (malformed)', 'an event of more than 1 MiB'],
    ['endless-event', 'failed:  (malformed)', 'an event of more than 1 MiB'],
    ['zipped-line', 'failed:  (malformed)', 'an event of more than 1 MiB'],
    ['endless-whole', 'failed:  (malformed)', 'status 200'],
    ['deep-event', 'complete: Whole. (gap)', 'an event that cannot be read'],
  ])('[R97] %s is “%s”', async (fault, expected, logged) => {
    const said = world.server.output.length
    expect(summary(await replyTo(`[[fault:${fault}]]`))).toBe(expected)
    await waitFor('a line in the log', () => world.server.output.slice(said).includes(logged))
    expect(world.server.output.slice(said)).not.toMatch(/RangeError|a turn failed/)
    if (fault !== 'deep-event' && fault !== 'deeper-error') await waitFor('the server to be hung up on', () => world.model.requests.at(-1)?.abandoned === true)
  })

  it.each(['flood-comments', 'flood-empty'])('[R97] %s keeps nobody waiting, and Stop ends it', async (fault) => {
    const owner = await world.guest('Ann')
    const flooded = await world.join(DRIVERS.agents, await world.room(owner), owner)
    const calm = await world.join(DRIVERS.agents, await world.room(owner), owner)
    const before = world.model.requests.length
    flooded.client.post(`[[fault:${fault}]]`)
    await waitFor('the flood', () => world.model.requests.length > before)
    calm.client.post('@Ann hello')
    await calm.settled()
    // Its bound is seconds away.
    expect(flooded.messages().some(hasEnded)).toBe(false)
    flooded.client.stop()
    await flooded.until('a stopped reply', () => flooded.messages().some(hasEnded))
    expect(flooded.messages().find(hasEnded)?.metadata.status).toBe('stopped')
    await waitFor('the server to be hung up on', () => world.model.requests.at(before)?.abandoned === true)
  })

  it.each(['elsewhere', 'elsewhere-302', 'elsewhere-nowhere'])('[R98] another address is not asked: %s', async (fault) => {
    const before = world.model.requests.length
    expect(summary(await replyTo(`[[fault:${fault}]]`))).toBe('failed:  (configuration)')
    expect(world.model.requests).toHaveLength(before + 1)
  })

  it.each(['usage-text', 'usage-negative', 'usage-huge', 'usage-whole'])('[R99] a wrong number of tokens costs no answer: %s', async (fault) => {
    expect(summary(await replyTo(`[[fault:${fault}]]`))).toBe('complete: Whole.')
  })
})

describe('[R94] a failure is said once, for what it is', () => {
  it('a wait is a moment by the server’s clock, and no sentence', async () => {
    for (const [seconds, least] of [
      [20, 10],
      [7_200, 7_100],
    ] as const) {
      const { failure } = (await replyTo(`[[fault:429 retry-after:${seconds}]]`)).metadata
      expect(failure).toEqual({ code: 'rate_limited', text: 'The language model is asked too much at the moment.', retryAt: expect.any(Number) })
      const left = (failure?.retryAt ?? 0) - Date.now()
      expect(left).toBeGreaterThan(least * 1_000)
      expect(left).toBeLessThanOrEqual(seconds * 1_000)
    }
  })

  it('moderation is not the key', async () => {
    const { failure } = (await replyTo('something violent [[fault:moderated]]')).metadata
    expect(failure?.text).toBe("The language model's provider refused this conversation: its content filter objects to something in it.")
    // What the provider said is for whoever runs this; what people wrote is not.
    await waitFor('a line in the log', () => world.server.output.includes('openai:fake failed as provider: status 403'))
    expect(world.server.output).not.toMatch(/something violent|sk-secret/)
  })

  it('an address without /v1 is not the model', async () => {
    await world.server.restart({ OPENAI_BASE_URL: world.model.url.replace('/v1', '') })
    const { failure } = (await replyTo('hello')).metadata
    expect(failure).toEqual({
      code: 'configuration',
      text: 'There is no language model at the address that this server asks. Should OPENAI_BASE_URL end in /v1?',
    })
  })
})
