// Stop, retry, clear, and how much may be asked.
import { describe, expect, test } from 'vitest'
import { newMessageId, type MessageId } from '../../src/conversation/ids'
import { ann, aside, bo, House } from './house'

describe('stop', () => {
  test('[L8] by any member ends the reply for everybody, and what was said stays', async () => {
    const house = await House.open()
    const [one, other] = [await house.connect(ann), await house.connect(bo)]
    const voice = await house.prompt()
    await voice.say('Hel')
    await one.sees('Hel')
    other.send({ type: 'stop', id: voice.reply.id })
    await Promise.all([one.shows('stopped'), other.shows('stopped')])
    expect(voice.signal.aborted).toBe(true)
    expect(one.texts().at(-1)).toBe('Hel')
    expect((await house.messages()).at(-1)).toEqual(one.newest())
    await house.saved('Hel')
  })

  test('[L8] without an id ends all of them', async () => {
    const house = await House.open()
    const voices = [await house.prompt(), await house.prompt()]
    await house.ask(bo, { type: 'stop' })
    expect(voices.map(({ signal }) => signal.aborted)).toEqual([true, true])
    expect((await house.messages()).map(({ metadata }) => metadata.status)).toEqual(['complete', 'stopped', 'complete', 'stopped'])
  })

  test('of what has ended, or never was, does nothing', async () => {
    const house = await House.open()
    const voice = await house.prompt()
    await house.ended(voice, 'Hello')
    const before = await house.messages()
    expect(await house.ask(ann, { type: 'stop', id: voice.reply.id })).toEqual({ ok: true, value: null })
    expect(await house.ask(ann, { type: 'stop', id: newMessageId() })).toEqual({ ok: true, value: null })
    expect(await house.messages()).toEqual(before)
  })

  test('[L8] is not undone by what the agent still says', async () => {
    const house = await House.open()
    const voice = await house.prompt()
    await house.ask(ann, { type: 'stop' })
    await voice.say('too late')
    await voice.done()
    expect((await house.messages()).at(-1)).toMatchObject({ parts: [], metadata: { status: 'stopped' } })
  })
})

describe('retry', () => {
  test.each(['failed', 'stopped', 'interrupted'] as const)('[R8] of a reply that is %s begins it again in its place', async (status) => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const first = await house.prompt()
    await first.say('half')
    if (status === 'failed') await first.fail({ code: 'provider', text: 'no' })
    else await house.ask(ann, { type: 'stop' })
    await watcher.shows(status === 'failed' ? 'failed' : 'stopped')
    if (status === 'interrupted')
      await house.inside((_, { storage }) => void storage.sql.exec(`UPDATE message SET status = 'interrupted' WHERE status = 'stopped'`))
    expect(await house.ask(bo, { type: 'retry', id: first.reply.id })).toEqual({ ok: true, value: null })
    const second = await house.stage.nextVoice()
    expect(second.partial).toBe('')
    expect(second.reply.metadata).toMatchObject({ seq: 2, status: 'streaming', replyTo: first.reply.metadata.replyTo })
    await second.say('whole')
    await second.done()
    await watcher.shows('complete')
    expect(watcher.texts()).toEqual(['a question', 'whole'])
    expect(watcher.gaps).toBe(0)
    expect(watcher.newest()?.metadata).not.toHaveProperty('failure')
  })

  test('[R8] of anything else is refused', async () => {
    const house = await House.open()
    const post = await house.post(ann, aside('hello'))
    const open = await house.prompt()
    const ended = await house.prompt()
    await ended.say('Hello')
    await ended.done()
    for (const id of [post, open.reply.id, ended.reply.id]) {
      expect(await house.ask(ann, { type: 'retry', id })).toMatchObject({ ok: false, refusal: { code: 'not_retryable' } })
    }
    expect(await house.ask(ann, { type: 'retry', id: newMessageId() })).toMatchObject({ ok: false, refusal: { code: 'no_such_message' } })
    expect(house.stage.turns).toBe(2)
  })

  test('[R8] twice at once begins one turn', async () => {
    const house = await House.open()
    const voice = await house.prompt()
    await house.ask(ann, { type: 'stop' })
    const answers = await Promise.all([ann, bo].map((who) => house.ask(who, { type: 'retry', id: voice.reply.id })))
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    await house.stage.nextVoice()
    expect(house.stage.turns).toBe(2)
  })
})

describe('continue', () => {
  test('[R42] of a reply that its model cut off goes on from its words, in its place', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const first = await house.prompt()
    await first.say('The first half')
    await first.give({ type: 'limited' })
    await watcher.shows('stopped')
    expect(watcher.newest()?.metadata.failure).toEqual({ code: 'limit', text: 'This answer was cut off at the limit.', goesOn: true })
    expect(await house.ask(bo, { type: 'continue', id: first.reply.id })).toEqual({ ok: true, value: null })
    const second = await house.stage.nextVoice()
    expect(second.partial).toBe('The first half')
    await second.give({ type: 'text-start' }, { type: 'text', text: ', and the second.' }, { type: 'done' })
    await watcher.shows('complete')
    expect(watcher.texts()).toEqual(['a question', 'The first half, and the second.'])
    expect(watcher.newest()?.parts).toHaveLength(1)
    expect(watcher.gaps).toBe(0)
    expect(await house.messages()).toEqual(watcher.timeline.messages)
  })

  test('[R42] of anything else is refused: what was stopped by hand, failed, complete, still written, a post, or full', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const post = await house.post(ann, aside('hello'))
    const stopped = await house.prompt()
    await house.ask(ann, { type: 'stop', id: stopped.reply.id })
    const ended = await house.prompt()
    await ended.say('Hello')
    await ended.done()
    const full = await house.prompt()
    await full.say('x'.repeat(1_200_000))
    await watcher.shows('stopped')
    const open = await house.prompt()
    for (const id of [post, stopped.reply.id, ended.reply.id, full.reply.id, open.reply.id]) {
      expect(await house.ask(ann, { type: 'continue', id })).toMatchObject({ ok: false, refusal: { code: 'not_retryable' } })
    }
    expect(await house.ask(ann, { type: 'continue', id: newMessageId() })).toMatchObject({ ok: false, refusal: { code: 'no_such_message' } })
    expect(house.stage.turns).toBe(4)
  })
})

test('[R42] an answer without end is cut off at 1 MB, its model is hung up on, and what is kept stays', async () => {
  const house = await House.open()
  const watcher = await house.connect(bo)
  const voice = await house.prompt()
  for (let n = 0; n < 6; n += 1) await voice.say('"字"'.repeat(50_000))
  await watcher.shows('stopped')
  expect(voice.signal.aborted).toBe(true)
  expect(watcher.newest()?.metadata.failure).toMatchObject({ code: 'limit' })
  const [row] = await house.rows<{ bytes: number; parts: string }>('SELECT octet_length(parts) AS bytes, parts FROM message ORDER BY seq DESC LIMIT 1')
  expect(row?.bytes).toBeGreaterThan(999_000)
  expect(row?.bytes).toBeLessThanOrEqual(1_000_000)
  expect((await house.messages()).at(-1)).toEqual(watcher.newest())
})

describe('clear', () => {
  test('[R10] is its owner’s alone', async () => {
    const house = await House.open()
    await house.post(ann, aside('kept'))
    expect(await house.ask(bo, { type: 'clear' })).toMatchObject({ ok: false, refusal: { code: 'not_owner' } })
    expect(await house.texts()).toEqual([aside('kept')])
  })

  test('[R10] empties the room for everybody, and ends what is being written', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    await house.fill(3)
    const voice = await house.prompt()
    await voice.say('Hel')
    await watcher.sees('Hel')
    expect(await house.ask(ann, { type: 'clear' })).toEqual({ ok: true, value: null })
    await watcher.until('an empty room', () => watcher.timeline.messages.length === 0)
    expect(voice.signal.aborted).toBe(true)
    await voice.say('lo')
    expect(await house.messages()).toEqual([])
    expect(await house.rows(`SELECT * FROM message WHERE parts <> '[]' OR status = 'streaming'`)).toEqual([])
    expect(watcher.timeline.hasEarlier).toBe(false)
  })

  test('[R10] leaves ids taken and places used', async () => {
    const house = await House.open()
    const id = await house.post(ann, aside('gone'))
    await house.ask(ann, { type: 'clear' })
    expect(await house.ask(ann, { type: 'post', id, text: aside('back') })).toEqual({ ok: true, value: { seq: 1 } })
    expect(await house.ask(bo, { type: 'post', id, text: aside('stolen') })).toMatchObject({ refusal: { code: 'id_taken' } })
    expect(await house.messages()).toEqual([])
    expect(await house.ask(ann, { type: 'post', id: newMessageId(), text: aside('new') })).toEqual({ ok: true, value: { seq: 2 } })
  })

  test('[R10] outlives the object', async () => {
    const house = await House.open()
    await house.post(ann, aside('gone'))
    await house.ask(ann, { type: 'clear' })
    await house.evict()
    expect(await house.messages()).toEqual([])
    await house.post(ann, aside('new'))
    expect(await house.texts()).toEqual([aside('new')])
  })

  test('[R10] a cleared reply cannot be asked for again', async () => {
    const house = await House.open()
    const voice = await house.prompt()
    await house.ask(ann, { type: 'stop' })
    await house.ask(ann, { type: 'clear' })
    expect(await house.ask(ann, { type: 'retry', id: voice.reply.id })).toMatchObject({ refusal: { code: 'no_such_message' } })
  })
})

describe('limits', () => {
  test('[R13] eight replies are written, a hundred wait, and the next is refused without a trace', async () => {
    const house = await House.open()
    for (let n = 0; n < 108; n++) {
      house.stage.now += 200
      await house.post(ann, 'a question')
    }
    const voice = await house.stage.nextVoice()
    const id = newMessageId()
    const refused = await house.ask(ann, { type: 'post', id, text: 'one too many' })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'too_many_waiting', retryAfterMs: 5_000 } })
    expect(await house.rows('SELECT count(*) AS count FROM message')).toEqual([{ count: 216 }])
    expect(house.stage.turns).toBe(8)
    expect(await house.ask(ann, { type: 'post', id: newMessageId(), text: aside('this needs no answer') })).toMatchObject({ ok: true })
    await voice.say('Hello')
    await voice.done()
    await house.stage.turn(9)
    expect(await house.ask(ann, { type: 'post', id, text: 'one too many' })).toMatchObject({ ok: true })
  })

  test('[R14] who asks too fast is told how long to wait, and only they', async () => {
    const house = await House.open()
    let refused = await house.ask(bo, { type: 'typing' })
    for (let n = 0; n < 500 && refused.ok; n++) refused = await house.ask(bo, { type: 'typing' })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'too_fast', retryAfterMs: expect.any(Number) } })
    const id = 'message-1' as MessageId
    expect(await house.ask(bo, { type: 'post', id, text: aside('hello') })).toMatchObject({ refusal: { code: 'too_fast' } })
    expect(await house.ask(ann, { type: 'typing' })).toMatchObject({ ok: true })
    house.stage.now += refused.ok ? 0 : (refused.refusal.retryAfterMs ?? 0)
    expect(await house.ask(bo, { type: 'post', id, text: aside('hello') })).toEqual({ ok: true, value: { seq: 1 } })
  })
})

test('typing is heard by the others and kept by nobody', async () => {
  const house = await House.open()
  const watcher = await house.connect(ann)
  await house.ask(bo, { type: 'typing' })
  await watcher.until('the typing', () => watcher.frames.some((frame) => JSON.stringify(frame) === JSON.stringify([{ type: 'typing', member: bo }])))
  expect((await house.connect(ann)).direct('catch-up')[0]?.catchUp.kind).toBe('snapshot')
  expect(await house.rows('SELECT * FROM message')).toEqual([])
})
