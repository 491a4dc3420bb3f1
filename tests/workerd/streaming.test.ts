// A reply while it is being written: what everybody sees of it, and what it costs to keep.
import { expect, test } from 'vitest'
import { lengthOf } from '../../src/conversation/event'
import { textOf } from '../../src/conversation/message'
import { ann, bo, House } from './house'

const cy = { ...bo, id: 'cy' as typeof bo.id, name: 'Cy' }

test('[L4] [L5] everybody sees every word grow, and the end', async () => {
  const house = await House.open()
  const watchers = [await house.connect(bo), await house.connect(cy)]
  const voice = await house.prompt()
  for (const [word, soFar] of [
    ['Hello', 'Hello'],
    [', ', 'Hello, '],
    ['Ann', 'Hello, Ann'],
  ] as const) {
    await voice.say(word)
    for (const watcher of watchers) await watcher.sees(soFar)
  }
  await voice.done()
  for (const watcher of watchers) await watcher.shows('complete')
  expect(watchers.map(({ timeline }) => timeline.messages)).toEqual([await house.messages(), await house.messages()])
  expect(watchers.map(({ gaps }) => gaps)).toEqual([0, 0])
})

test('a token travels as itself: no text is sent twice', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const voice = await house.prompt()
  for (const word of ['supercalifragilistic', 'expialidocious']) {
    await voice.say(word)
    await watcher.until(word, () => textOf(watcher.newest() ?? { parts: [] }).endsWith(word))
  }
  await voice.done()
  await watcher.shows('complete')
  expect(JSON.stringify(watcher.frames).split('supercalifragilistic')).toHaveLength(2)
  expect(JSON.stringify(watcher.frames.at(-1))).toContain(`"lengths":[${'supercalifragilisticexpialidocious'.length}]`)
})

test('[R7] what has been said is saved at most once a second, and at the end', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const voice = await house.prompt()
  const writes = await house.countWrites()
  const say = async (text: string, ms: number) => {
    // At one go: between the clock's step and the words, a timer that is set in the room could fire.
    await house.inside(() => {
      house.stage.now += ms
      voice.add({ type: 'text', text })
    })
    await watcher.until(text, () => textOf(watcher.newest() ?? { parts: [] }).endsWith(text))
    return writes().filter(({ statement }) => statement.startsWith('UPDATE message')).length
  }
  expect(await say('one', 999)).toBe(0)
  expect(await say(' two', 1)).toBe(1)
  await house.saved('one two')
  expect(await say(' three', 999)).toBe(1)
  expect(await say(' four', 1)).toBe(2)
  expect(await say(' five', 10)).toBe(2)
  await house.saved('one two three four')
  await voice.done()
  await watcher.shows('complete')
  await house.saved('one two three four five')
})

test('[R7] a reply of four seconds costs at most ten written rows, its place and its end included', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const writes = await house.countWrites()
  await house.post(ann, 'a question')
  const prompt = writes().find(({ statement }) => statement.startsWith('INSERT INTO message'))?.rows ?? 0
  expect(prompt).toBeGreaterThan(0)
  const voice = await house.stage.nextVoice()
  for (let token = 1; token <= 80; token++) {
    house.stage.now += 50
    await voice.say(`token ${token} `)
    await watcher.until('the token', () => textOf(watcher.newest() ?? { parts: [] }).endsWith(`token ${token} `))
  }
  await voice.done()
  await watcher.shows('complete')
  const ofMessages = writes().filter(({ statement }) => statement.includes(' message '))
  const rows = ofMessages.reduce((sum, write) => sum + write.rows, 0) - prompt
  expect(ofMessages.length).toBeLessThanOrEqual(2 + 4 + 1)
  expect(rows).toBeLessThanOrEqual(10)
})

test('[L11] a late joiner sees the reply from its first word, and then live', async () => {
  const house = await House.open()
  const voice = await house.prompt()
  const early = await house.connect(bo)
  await voice.give({ type: 'reasoning', text: 'hm' }, { type: 'text', text: 'Hello' })
  await early.sees('Hello')
  const late = await house.connect(cy)
  expect(late.texts()).toEqual(['a question', 'Hello'])
  await voice.say(', all')
  await late.sees('Hello, all')
  await voice.done()
  await late.shows('complete')
  expect(late.gaps).toBe(0)
  expect(late.timeline.messages).toEqual(early.timeline.messages)
})

test('[L11] whoever joins within a tick misses nothing and gets nothing twice', async () => {
  const house = await House.open()
  await house.connect(bo)
  const voice = await house.prompt()
  const joining = house.connect(cy)
  await voice.give(...Array.from('Hello').map((text) => ({ type: 'text' as const, text })))
  const late = await joining
  await voice.done()
  await late.shows('complete')
  expect(late.texts().at(-1)).toBe('Hello')
  expect(late.gaps).toBe(0)
})

test('[L9] a reply goes on when its author has left', async () => {
  const house = await House.open()
  const [author, other] = [await house.connect(bo), await house.connect(cy)]
  author.send({ type: 'post', id: 'a-message-of-bo', text: 'a question' })
  const voice = await house.stage.nextVoice()
  await voice.say('Hello')
  await author.sees('Hello')
  author.close()
  await other.until('Bo to be gone', () => !other.timeline.here.some(({ id }) => id === bo.id))
  expect(voice.signal.aborted).toBe(false)
  await voice.say(', Bo')
  await voice.done()
  await other.shows('complete')
  expect(other.texts().at(-1)).toBe('Hello, Bo')
})

test('[L9] a reply goes on when everybody has left', async () => {
  const house = await House.open()
  const voice = await house.prompt()
  await house.leaveAll()
  await voice.say('Hello')
  await voice.done()
  const watcher = await house.connect(bo)
  await watcher.shows('complete')
  expect(watcher.texts().at(-1)).toBe('Hello')
})

test('two prompts at once get two whole replies', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  await Promise.all([house.post(ann, 'first'), house.post(ann, 'second')])
  const [one, two] = [await house.stage.nextVoice(), await house.stage.nextVoice()]
  for (let n = 0; n < 20; n++) await Promise.all([one.say(`a${n} `), two.say(`b${n} `)])
  await Promise.all([one.done(), two.done()])
  const whole = (letter: string) => Array.from({ length: 20 }, (_, n) => `${letter}${n} `).join('')
  await watcher.sees(whole('a'))
  await watcher.sees(whole('b'))
  await watcher.until('both to be over', () => watcher.timeline.messages.every(({ metadata }) => metadata.status === 'complete'))
  expect(watcher.gaps).toBe(0)
  expect(watcher.timeline.messages).toEqual(await house.messages())
})

test('a failure says why, and what was said stays', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const voice = await house.prompt()
  const failure = { code: 'rate_limited', text: 'The provider is busy.', retryAt: 2_000 } as const
  await voice.say('Hel')
  await voice.fail(failure)
  await watcher.shows('failed')
  expect(watcher.newest()?.metadata.failure).toEqual(failure)
  expect(watcher.texts().at(-1)).toBe('Hel')
  expect(await house.messages()).toEqual(watcher.timeline.messages)
})

test('a tool is seen to be called and to answer', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const voice = await house.prompt()
  const called = { type: 'dynamic-tool', toolName: 'clock', toolCallId: 'call', state: 'input-available', input: {} } as const
  await voice.give({ type: 'tool', part: called })
  await watcher.until('the call', () => watcher.newest()?.parts.length === 1)
  expect(watcher.newest()?.parts).toEqual([called])
  const answered = { ...called, state: 'output-available', output: 'noon' } as const
  await voice.give({ type: 'tool', part: answered }, { type: 'text', text: 'Noon.' }, { type: 'done' })
  await watcher.shows('complete')
  expect(watcher.newest()?.parts).toEqual([answered, { type: 'text', text: 'Noon.' }])
  expect(watcher.newest()?.parts.map(lengthOf)).toEqual([0, 5])
})

test('[L1] every lane is told the same', async () => {
  const house = await House.open()
  const [agents, other] = [await house.connect(bo), await house.connect(cy, { lane: 'tinybase' })]
  const voice = await house.prompt()
  await voice.say('Hel')
  await voice.say('lo')
  await voice.done()
  await agents.shows('complete')
  await other.until('the end', () => JSON.stringify(other.frames).includes('"settled"'))
  const events = other.frames.flatMap((frame) => ('events' in frame ? (frame.events as { type: string }[]).map(({ type }) => type) : []))
  expect(events.filter((type) => type !== 'arrived')).toEqual(['message', 'message', 'part', 'delta', 'settled'])
})
