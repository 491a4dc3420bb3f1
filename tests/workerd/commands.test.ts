// Stop, retry, clear, and how much may be asked.
import { describe, expect, test } from 'vitest'
import { newMessageId, type MessageId, type RoomId } from '../../src/conversation/ids'
import type { Member } from '../../src/conversation/member'
import { ledgerNamed } from './scripted-ledger'
import { ann, aside, bo, House, person } from './house'

describe('stop', () => {
  test('[L8] by any member, among few, ends the reply for everybody, and what was said stays', async () => {
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

  test('[L8] among many is for whoever asked, whoever asked again, and the owner', async () => {
    const house = await House.open()
    const people = Array.from({ length: 9 }, (_, n) => person(`Guest ${n}`))
    const [cy, dee] = [person('Cy'), person('Dee')]
    for (const who of [cy, dee, ...people]) await (await house.room()).enter(who, null)
    const asked = async (who: Member) => {
      await house.post(who, 'a question')
      return house.stage.nextVoice()
    }
    const first = await asked(cy)
    expect(await house.ask(dee, { type: 'stop', id: first.reply.id })).toMatchObject({ ok: false, refusal: { code: 'not_yours' } })
    expect(await house.ask(dee, { type: 'stop' })).toMatchObject({ ok: false, refusal: { code: 'not_yours' } })
    expect(first.signal.aborted).toBe(false)
    const second = await asked(dee)
    expect(await house.ask(dee, { type: 'stop' })).toEqual({ ok: true, value: null })
    expect([first.signal.aborted, second.signal.aborted]).toEqual([false, true])
    expect(await house.ask(cy, { type: 'stop', id: first.reply.id })).toEqual({ ok: true, value: null })
    // Asked for again, it is theirs who asked last, also when the room has slept in between.
    await house.ask(dee, { type: 'retry', id: first.reply.id })
    expect(await house.ask(cy, { type: 'stop' })).toMatchObject({ ok: false, refusal: { code: 'not_yours' } })
    expect((await house.messages())[1]?.metadata).toMatchObject({ askedBy: dee.id })
    expect(await house.ask(ann, { type: 'stop' })).toEqual({ ok: true, value: null })
    expect((await house.messages()).map(({ metadata }) => metadata.status)).toEqual(['complete', 'stopped', 'complete', 'stopped'])
  })

  test('[L8] those who were removed are not counted among the many', async () => {
    const house = await House.open()
    for (let n = 0; n < 9; n++) await (await house.room()).enter(person(`Guest ${n}`), null)
    await house.post(ann, 'a question')
    const voice = await house.stage.nextVoice()
    expect(await house.ask(person('Guest 1'), { type: 'stop' })).toMatchObject({ ok: false })
    await (await house.room()).remove(ann.id, person('Guest 2').id)
    expect(await house.ask(person('Guest 1'), { type: 'stop' })).toMatchObject({ ok: true })
    expect(voice.signal.aborted).toBe(true)
  })

  test('[L8] [R60] ten times in a second by one person is refused, and costs them no post and nobody else a stop', async () => {
    const house = await House.open()
    const answers = []
    for (let n = 0; n < 10; n++) answers.push(await house.ask(bo, { type: 'stop' }))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
    expect(answers.at(-1)).toMatchObject({ refusal: { code: 'too_fast', retryAfterMs: 1_000 } })
    expect(await house.ask(bo, { type: 'post', id: newMessageId(), text: aside('still here') })).toMatchObject({ ok: true })
    expect(await house.ask(ann, { type: 'stop' })).toMatchObject({ ok: true })
    house.stage.now += 1_000
    expect(await house.ask(bo, { type: 'stop' })).toMatchObject({ ok: true })
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
    house.stage.now += 60_000
    expect(await house.ask(bo, { type: 'retry', id: first.reply.id })).toEqual({ ok: true, value: null })
    const second = await house.stage.nextVoice()
    expect(second.partial).toBe('')
    // It was said when it was said first, and is waited for since now.
    expect(second.reply.metadata).toMatchObject({ createdAt: first.reply.metadata.createdAt, startedAt: house.stage.now })
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
      // Far enough apart to be answered each.
      house.stage.now += 4_000
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

describe('[R62] what a model may still be asked today', () => {
  /** A room whose answers are paid for, by a ledger of its own: five for each guest, eight for a room. */
  async function meteredHouse(name: string): Promise<House> {
    const house = House.named(`metered-${name}` as RoomId)
    house.stage.ledger = () => ledgerNamed(house.id)
    await (await house.room()).create('Metered', 'open', ann)
    return house
  }

  test('is known when a socket opens; a post too many is refused in words, without a trace, and one that asks nobody is not', async () => {
    const house = await meteredHouse('posts')
    await house.connect(bo)
    for (let n = 0; n < 5; n++) await house.post(bo, 'a question')
    const id = newMessageId()
    const refused = await house.ask(bo, { type: 'post', id, text: 'one more' })
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'budget_spent', retryAfterMs: 86_400_000 - (house.stage.now % 86_400_000) } })
    expect(await house.rows('SELECT count(*) AS count FROM message')).toEqual([{ count: 10 }])
    expect(await house.ask(bo, { type: 'post', id, text: '@Bo nobody is asked' })).toMatchObject({ ok: true })
    await house.connect(ann)
    expect(await house.ask(ann, { type: 'post', id: newMessageId(), text: 'somebody else asks' })).toMatchObject({ ok: true })
  })

  test('begins anew at midnight UTC', async () => {
    const house = await meteredHouse('midnight')
    await house.connect(bo)
    for (let n = 0; n < 5; n++) await house.post(bo, 'a question')
    const refused = await house.ask(bo, { type: 'post', id: newMessageId(), text: 'one more' })
    house.stage.now += refused.ok ? 0 : (refused.refusal.retryAfterMs ?? 0)
    expect(await house.ask(bo, { type: 'post', id: newMessageId(), text: 'a new day' })).toMatchObject({ ok: true })
  })

  test('is paid for by whoever asked: a retry is its presser’s', async () => {
    const house = await meteredHouse('retry')
    await house.connect(bo)
    await house.connect(ann)
    await house.post(ann, 'a question')
    const voice = await house.stage.nextVoice()
    for (let n = 0; n < 5; n++) {
      await house.ask(ann, { type: 'stop' })
      house.stage.now += 2_000
      await house.ask(bo, { type: 'retry', id: voice.reply.id })
    }
    await house.ask(ann, { type: 'stop' })
    expect(await house.ask(bo, { type: 'retry', id: voice.reply.id })).toMatchObject({ refusal: { code: 'budget_spent' } })
    expect(await house.ask(ann, { type: 'retry', id: voice.reply.id })).toMatchObject({ ok: true })
  })

  test('is granted by the ledger when the turn begins, and counted for whoever asked', async () => {
    const house = await meteredHouse('turns')
    await house.post(bo, 'a question')
    const voice = await house.stage.nextVoice()
    const answers = []
    for (let n = 0; n < 6; n++)
      answers.push(await house.inside(async () => (await voice.grant({ asked: 0, longest: 10, model: 'test:model', isMetered: true })).ok))
    expect(answers).toEqual([true, true, true, true, true, false])
    const usage = await ledgerNamed(house.id).usageToday()
    expect(usage.people).toEqual([expect.objectContaining({ id: bo.id, calls: 5, tokens: 50 })])
    // The room has learned it, though nobody ever opened a socket.
    expect(await house.ask(bo, { type: 'post', id: newMessageId(), text: 'one more' })).toMatchObject({ refusal: { code: 'budget_spent' } })
  })

  test('does not close the room when the ledger cannot be had', async () => {
    const house = await meteredHouse('broken')
    house.stage.ledger = () => new Proxy(ledgerNamed(house.id), { get: () => () => Promise.reject(new Error('the ledger is broken')) })
    const watcher = await house.connect(bo)
    await house.post(bo, aside('hello'))
    await watcher.sees(aside('hello'))
  })
})
