// A message's way into the room.
import { expect, test } from 'vitest'
import { newMessageId, type MessageId } from '../../src/conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../../src/conversation/message'
import { ann, aside, bo, House } from './house'

test('[L3] [R1] a message posted twice with one id is there once, and answered as the first time', async () => {
  const house = await House.open()
  const id = newMessageId()
  expect(await house.ask(ann, { type: 'post', id, text: aside('once') })).toEqual({ ok: true, value: { seq: 1 } })
  await house.post(ann, aside('between'))
  expect(await house.ask(ann, { type: 'post', id, text: aside('twice') })).toEqual({ ok: true, value: { seq: 1 } })
  expect(await house.texts()).toEqual([aside('once'), aside('between')])
})

test('[L3] a prompt posted twice is answered once', async () => {
  const house = await House.open()
  const id = newMessageId()
  await Promise.all([house.post(ann, 'a question', id), house.post(ann, 'a question', id)])
  await house.stage.nextVoice()
  expect(house.stage.turns).toBe(1)
  expect(await house.messages()).toHaveLength(2)
})

test('[R1] somebody else’s id is refused', async () => {
  const house = await House.open()
  const id = await house.post(ann, aside('mine'))
  expect(await house.ask(bo, { type: 'post', id, text: aside('forged') })).toMatchObject({ ok: false, refusal: { code: 'id_taken' } })
  expect(await house.texts()).toEqual([aside('mine')])
})

test('[R1] the id of a reply is refused to everybody', async () => {
  const house = await House.open()
  const { reply } = await house.prompt()
  expect(await house.ask(ann, { type: 'post', id: reply.id, text: aside('in its place') })).toMatchObject({ refusal: { code: 'id_taken' } })
})

test('[L3] the acknowledgement over a socket names the place, the second time too', async () => {
  const house = await House.open()
  const watcher = await house.connect(ann)
  const id = newMessageId()
  watcher.send({ type: 'post', id, text: aside('hello') })
  watcher.send({ type: 'post', id, text: aside('hello') })
  await watcher.until('two answers', () => watcher.direct('acknowledged').length === 2)
  expect(watcher.direct('acknowledged')).toEqual([1, 1].map((seq) => ({ type: 'acknowledged', id, seq })))
  await watcher.sees(aside('hello'))
  expect(watcher.timeline.messages).toHaveLength(1)
})

test('[R1] an acknowledged message outlives a crash', async () => {
  const house = await House.open()
  const watcher = await house.connect(ann)
  watcher.send({ type: 'post', id: newMessageId(), text: aside('kept') })
  await watcher.until('the answer', () => watcher.direct('acknowledged').length === 1)
  await house.crash()
  expect(await house.texts()).toEqual([aside('kept')])
})

test('[L2] the author is whose socket it is, under their present name', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  await (await house.room()).rename(bo.id, 'Bob')
  watcher.send({ type: 'post', id: newMessageId(), text: aside('hello') })
  await watcher.sees(aside('hello'))
  expect(watcher.newest()).toMatchObject({ role: 'user', metadata: { author: { id: 'bo', name: 'Bob', kind: 'person' } } })
})

test.each([{ author: { id: 'ann', name: 'Ann', kind: 'person' } }, { role: 'assistant' }, { seq: 99 }, { metadata: {} }])(
  '[L2] a post that claims %j is refused whole',
  async (claim) => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    watcher.send({ type: 'post', id: newMessageId(), text: aside('forged'), ...claim })
    await watcher.until('the refusal', () => watcher.direct('refused').length === 1)
    expect(watcher.direct('refused')[0]?.refusal.code).toBe('malformed')
    expect(await house.messages()).toEqual([])
  },
)

test.each([
  ['empty', ''],
  ['empty', ' \n\t '],
  ['too_long', 'x'.repeat(MAX_MESSAGE_LENGTH + 1)],
])('[R13] a message that is %s is refused, and takes no place', async (code, text) => {
  const house = await House.open()
  const id = newMessageId()
  expect(await house.ask(ann, { type: 'post', id, text })).toMatchObject({ ok: false, refusal: { code } })
  expect(await house.ask(ann, { type: 'post', id, text: aside('shorter') })).toEqual({ ok: true, value: { seq: 1 } })
})

test('[R13] the longest message is taken, over a socket too', async () => {
  const house = await House.open()
  const watcher = await house.connect(ann)
  const text = `${aside('')}${'"\n'.repeat(MAX_MESSAGE_LENGTH)}`.slice(0, MAX_MESSAGE_LENGTH)
  watcher.send({ type: 'post', id: newMessageId(), text })
  await watcher.sees(text)
})

test('[L4] [R2] places are 1, 2, 3 … whoever posts, and refused posts leave no hole', async () => {
  const house = await House.open()
  const watchers = [await house.connect(ann), await house.connect(bo)]
  await Promise.all(
    Array.from({ length: 30 }, (_, at) =>
      house.ask(at % 2 === 0 ? ann : bo, { type: 'post', id: `message-${at % 25}` as MessageId, text: at % 7 === 0 ? '' : aside(`number ${at}`) }),
    ),
  )
  const messages = await house.messages()
  expect(messages.length).toBeGreaterThan(15)
  expect(messages.map(({ metadata }) => metadata.seq)).toEqual(messages.map((_, at) => at + 1))
  for (const watcher of watchers) {
    await watcher.until('all of it', () => watcher.timeline.messages.length === messages.length)
    expect(watcher.timeline.messages).toEqual(messages)
  }
})

test('[R3] a prompt and the place of its reply are written together, or not at all', async () => {
  const house = await House.open()
  await house.inside((_, { storage }) => {
    storage.sql.exec(`CREATE TRIGGER no_replies BEFORE INSERT ON message WHEN new.author_kind = 'agent' BEGIN SELECT raise(ABORT, 'the disk is full'); END`)
  })
  expect(await house.ask(ann, { type: 'post', id: newMessageId(), text: 'a question' })).toMatchObject({
    refusal: { code: 'unavailable', retryAfterMs: 5_000 },
  })
  expect(await house.rows('SELECT * FROM message')).toEqual([])
  await house.inside((_, { storage }) => void storage.sql.exec('DROP TRIGGER no_replies'))
  await house.post(ann, 'a question')
  expect((await house.messages()).map(({ metadata }) => metadata.seq)).toEqual([1, 2])
})

test('[R3] the reply’s place is taken before anything is said, and names its prompt', async () => {
  const house = await House.open()
  const id = await house.post(ann, 'a question')
  expect(await house.rows('SELECT seq, status, parts, reply_to FROM message WHERE seq = 2')).toEqual([
    { seq: 2, status: 'streaming', parts: '[]', reply_to: id },
  ])
})

test('[R3] what is said to a member who is away waits for them: no agent answers', async () => {
  const house = await House.open()
  await (await house.room()).enter(bo, null)
  expect((await house.messages()).length).toBe(0)
  await house.post(ann, '@Bo are you there?')
  expect(await house.texts()).toEqual(['@Bo are you there?'])
  await (await house.room()).remove(ann.id, bo.id)
  await house.post(ann, '@Bo never mind')
  expect(await house.messages()).toHaveLength(3)
})

test('everybody who is mentioned answers, each in a place of its own', async () => {
  const house = await House.open()
  await house.post(ann, '@Sage and @Parley, well?')
  const voices = [await house.stage.nextVoice(), await house.stage.nextVoice()]
  expect(new Set(voices.map(({ reply }) => `${reply.metadata.seq} ${reply.metadata.author.name}`))).toEqual(new Set(['2 Parley', '3 Sage']))
})

test('[R171] a reply to what was never said here is refused, and one to what is old or was cleared away is taken', async () => {
  const house = await House.open()
  const old = await house.post(ann, aside('the first of many'))
  for (let n = 0; n < 60; n++) await house.post(ann, aside(`and on ${n}`))
  await house.crash()
  const replying = (replyTo: MessageId) => house.ask(ann, { type: 'post', id: newMessageId(), text: aside('to that'), replyTo })
  const before = await house.rows('SELECT count(*) AS count FROM message')
  for (const nowhere of [newMessageId(), 'never-said-1' as MessageId])
    expect(await replying(nowhere)).toEqual({
      ok: false,
      refusal: { code: 'no_such_message', message: 'The message that this replies to is not in this room.' },
    })
  expect(await house.rows('SELECT count(*) AS count FROM message')).toEqual(before)
  expect(await replying(old)).toMatchObject({ ok: true })
  expect((await house.messages()).at(-1)?.metadata.replyTo).toBe(old)
  await house.ask(ann, { type: 'clear' })
  expect(await replying(old)).toMatchObject({ ok: true })
  expect((await house.messages()).at(-1)?.metadata.replyTo).toBeUndefined()
})
