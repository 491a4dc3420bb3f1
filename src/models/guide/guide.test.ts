import { generateText } from 'ai'
import { expect, test } from 'vitest'
import { gathered } from '../../../tests/support/fake-model/gathered'
import { answer } from '../answer'
import type { FoundMessage, RoomReader } from '../room-reader'
import { CONTINUE, explained, spoken } from '../spoken'
import { Guide } from './guide'
import { MOST_WORDS } from './recital'

const MARKER = 'k3v9x2qa7m'
const NOON = Date.UTC(2026, 2, 3, 12, 0)

function said(seq: number, author: string, text: string): FoundMessage {
  return { seq, author, kind: author === 'Parley' ? 'agent' : 'person', text, createdAt: NOON - (100 - seq) * 60_000 }
}

const HERE = [
  { name: 'Ann', kind: 'person' },
  { name: 'Bo *the* Bold', kind: 'person' },
  { name: 'Parley', kind: 'agent' },
] as const

function roomOf(...messages: readonly FoundMessage[]): RoomReader {
  return {
    count: () => messages.length,
    search: (query, limit) => {
      const words = query.toLowerCase().split(/\s+/)
      return messages
        .filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
        .toReversed()
        .slice(0, limit)
    },
    newest: (limit) => messages.slice(-limit),
    here: (limit) => HERE.slice(0, limit),
  }
}

async function ask(text: string, { room = roomOf(), name = 'Ann', seq = 50 } = {}): Promise<string> {
  const model = new Guide(room, { wordDelayMs: 0, now: () => NOON })
  const result = await generateText({ model, system: explained(MARKER), prompt: spoken({ seq, kind: 'person', name, text }, MARKER) })
  return result.text
}

test.each([
  ['2 + 2', '`2 + 2` = **4**'],
  ['what is 2 + 3 * 4?', '**14**'],
  ["What's (2 + 3) * 4 ?", '**20**'],
  ['calculate 0.1 + 0.2', '**0.3**'],
  ['2 ^ 3 ^ 2 =', '**512**'],
  ['-2 ^ 2', '**-4**'],
  ['10 % 4', '**2**'],
  ['what is 12% of 50?', '**6**'],
  ['1,000 * 1.5', '**1500**'],
  ['3 × 4 ÷ 2', '**6**'],
  ['1 / 0', 'no result'],
  ['what is 2 + ?', 'cannot read'],
  ['(((((1 + 1)', 'cannot read'],
  ['1 + 1 '.repeat(60), 'too long'],
])('calculates %s', async (sum, result) => {
  expect(await ask(sum)).toContain(result)
})

test('a sum is never code', async () => {
  expect(await ask('what is process.exit(1)?')).toMatch(/cannot answer/)
  expect(await ask('calculate constructor + 1')).toMatch(/is no sum/)
})

test.each(['what time is it?', "What's the date today", 'what day is it', 'tell me the time', 'time?'])('tells the time: %s', async (text) => {
  expect(await ask(text)).toMatch(/\*\*12:00\*\* on \*\*Tuesday,? 3 March 2026\*\*, in UTC/)
})

test('does not tell the time when something else is asked', async () => {
  expect(await ask('what is the best time to plant a tree?')).toMatch(/cannot answer/)
})

test('searches this room, newest first, without the question itself and other searches', async () => {
  const room = roomOf(
    said(1, 'Bob', 'Deploy is on *Friday*'),
    said(2, 'Ann', 'search for deploy'),
    said(3, 'Parley', '1 message with deploy'),
    said(4, 'Cy', 'the deploy went well'),
    said(50, 'Ann', 'search for deploy'),
  )
  const reply = await ask('search for "deploy"', { room })
  expect(reply).toContain('2 messages with "deploy" in them')
  expect(reply.indexOf('**Cy**, 3 Mar 10:24: the deploy went well')).toBeGreaterThan(0)
  expect(reply.indexOf('Deploy is on &#42;Friday&#42;')).toBeGreaterThan(reply.indexOf('Cy'))
  expect(reply.match(/^- /gm)).toHaveLength(2)
})

test.each(['find deploy', 'who said deploy?', 'did anyone mention deploy?', '@Parley look for deploy', 'Search the room for deploy.'])(
  'understands as a search: %s',
  async (text) => {
    expect(await ask(text, { room: roomOf(said(1, 'Bob', 'deploy is done')) })).toContain('1 message with "deploy" in it')
  },
)

test('a search that finds nothing says how much it looked through', async () => {
  expect(await ask('search for unicorns', { room: roomOf(said(1, 'Bob', 'hi')) })).toBe(
    'Nobody here has said anything with "unicorns" in it. I looked through 1 message.',
  )
  expect(await ask('search')).toContain('What shall I search for?')
})

test('sums up what was said since the asker last spoke', async () => {
  const room = roomOf(
    said(1, 'Bob', 'old news'),
    said(2, 'Ann', 'bye for now'),
    said(3, 'Bob', 'see https://example.com/a_b'),
    said(4, 'Cy', 'who has the key?'),
    said(5, 'Parley', 'not me'),
    said(6, 'Bob', 'I have it'),
    said(50, 'Ann', 'what did I miss?'),
  )
  const reply = await ask('what did I miss?', { room })
  expect(reply).toContain('Since you last spoke (3 Mar 10:22 UTC): 3 messages from **Bob** (2) and **Cy** (1).')
  expect(reply).toMatch(/Asked:\n\n- \*\*Cy\*\*.*who has the key\?/)
  expect(reply).toContain('- <https://example.com/a_b>')
  expect(reply).not.toContain('old news')
  expect(reply).not.toContain('not me')
})

test('says so when nothing was missed', async () => {
  expect(await ask('catch me up', { room: roomOf(said(1, 'Bob', 'a'), said(2, 'Ann', 'b')) })).toMatch(/You missed nothing/)
  expect(await ask('summarise')).toBe('Nobody has said anything here before you.')
})

test.each([
  ['what is Parley?', /chat for many people and AI/],
  ['how does this app work', /chat for many people and AI/],
  ['what are the lanes?', /\| `rsc` \|[^]*\| `agents` \|[^]*\| `tinybase` \|/],
  ['how do I connect a model?', /Ollama[^]*OpenAI[^]*Anthropic[^]*Workers AI/],
  ['can I use ollama', /OPENAI_BASE_URL=http:\/\/localhost:11434\/v1/],
  ['are you an AI?', /not a language model/],
  ['who are you', /not a language model/],
  ['help', /search this room/],
  ['@Parley', /search this room/],
  ['hello @Parley', /^Hello, Ann!/],
  ['@parley: hi there', /^Hello, Ann!/],
  ['thanks!', /^You are welcome, Ann\./],
  ['write me a poem about the sea', /I cannot answer that: I am only the built-in guide, not a language model/],
])('%s', async (text, reply) => {
  expect(await ask(text)).toMatch(reply)
})

test('a name means nothing in Markdown', async () => {
  expect(await ask('hi', { name: '*Eve*' })).toContain('Hello, &#42;Eve&#42;!')
})

test('counts and writes as many words as asked, within bounds', async () => {
  expect(await ask('count to 5')).toBe('1 2 3 4 5')
  expect((await ask('write 300 words')).split(/\s+/)).toHaveLength(300)
  expect(await ask('write 300 words')).toBe(await ask('write 300 words'))
  expect(await ask('count to 999999999')).toContain(`${MOST_WORDS}`)
  expect((await ask('count to 999999999')).length).toBeLessThan(20_000)
  expect((await ask('tell me a long story')).split(/\s+/).length).toBeGreaterThan(250)
})

test('streams word by word through the same door as every model', async () => {
  const request = {
    model: new Guide(roomOf(), { wordDelayMs: 0 }),
    system: '',
    messages: [{ role: 'user' as const, content: 'count to 4' }],
    signal: new AbortController().signal,
  }
  expect(await gathered(answer(request))).toEqual([
    { type: 'text-start' },
    ...['1', ' 2', ' 3', ' 4'].map((text) => ({ type: 'text', text })),
    { type: 'done' },
  ])
})

test('stops at once when told to', async () => {
  const abort = new AbortController()
  const model = new Guide(roomOf(), { wordDelayMs: 60_000 })
  const ended: string[] = []
  for await (const chunk of answer({ model, system: '', messages: [{ role: 'user', content: 'count to 9' }], signal: abort.signal })) {
    ended.push(chunk.type)
    if (chunk.type === 'text') abort.abort()
  }
  expect(ended).toEqual(['text-start', 'text', 'aborted'])
})

test('its own stream rejects promptly when its signal aborts', async () => {
  const abort = new AbortController()
  const { stream } = await new Guide(roomOf(), { wordDelayMs: 60_000 }).doStream({
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'count to 9' }] }],
    abortSignal: abort.signal,
  })
  const reader = stream.getReader()
  for (let part = await reader.read(); part.value?.type !== 'text-delta'; part = await reader.read());
  const next = reader.read()
  abort.abort()
  await expect(next).rejects.toThrow(/abort/)
})

test('goes on with a broken-off answer from the next character', async () => {
  const model = new Guide(roomOf(), { wordDelayMs: 0 })
  const messages = [
    { role: 'user' as const, content: spoken({ seq: 1, kind: 'person', name: 'Ann', text: 'count to 12' }, MARKER) },
    { role: 'assistant' as const, content: '1 2 3 4 5 6 7 8 9 1' },
    { role: 'user' as const, content: CONTINUE },
  ]
  expect((await generateText({ model, system: explained(MARKER), messages })).text).toBe('0 11 12')
})

test.each([
  ['spaces within', `x${' '.repeat(31_987)}x`],
  ['equals', `calc ${'='.repeat(31_000)}x`],
  ['a digit and spaces', `1${' '.repeat(31_000)}x`],
  ['parentheses', `1${')'.repeat(31_000)}`],
  ['question marks', `search for ${'?'.repeat(31_000)}x`],
  ['what', 'what '.repeat(6_400)],
  ['connect', 'connect '.repeat(4_000)],
  ['please', 'please '.repeat(4_500)],
  ['mentions', '@a '.repeat(10_000)],
  ['one mention', `a @${'a'.repeat(31_000)}!`],
  ['headers', '[#1 person '.repeat(3_000)],
  ['time', `time${' and'.repeat(7_900)}x`],
])('[R41] answers 32,000 characters in no time: %s', async (_name, text) => {
  const room = roomOf(...Array.from({ length: 100 }, (_, at) => said(at, 'Bo', text)))
  const before = process.cpuUsage()
  await ask(text, { room })
  await ask('search for x', { room })
  await ask('what did I miss?', { room })
  const { user, system } = process.cpuUsage(before)
  // Some ms; what was quadratic took seconds.
  expect((user + system) / 1_000).toBeLessThan(500)
})
