// Several agents in one room: who answers what, why, and how far they answer each other.
import { describe, expect, test } from 'vitest'
import type { Mode } from '../../src/conversation/agent-profile'
import { guardedOf, heldOf, whyOf } from '../../src/conversation/engaged'
import { newMessageId, type MemberId, type MessageId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { waitFor } from '../support/wait-for'
import { ann, bo, House, partsOf, person } from './house'

const cy = person('Cy')

/** A room in which the agents have these modes; who is not named is not there. */
async function roomOf(modes: Readonly<Record<string, Mode>>): Promise<House> {
  const house = await House.open()
  await house.inside((room) => {
    const { changes, records } = partsOf(room)
    for (const { id } of records.of('agent')) changes.set('agent', id, null)
    for (const [at, [handle, mode]] of Object.entries(modes).entries()) {
      const name = handle[0]?.toUpperCase() + handle.slice(1)
      changes.set('agent', handle, { handle, name, colour: 'copper', emoji: '', instruction: 'Be there.', model: 'default', mode, atOnce: 8, order: at + 1 })
    }
  })
  return house
}

/** "parley mention ann": who answers, by what rule, for whom. */
async function repliesTo(house: House, prompt: MessageId): Promise<readonly string[]> {
  return (await house.messages())
    .filter(({ metadata }) => metadata.replyTo === prompt && metadata.author.kind === 'agent')
    .map(({ metadata }) => `${metadata.author.id} ${whyOf(metadata)?.rule} ${whyOf(metadata)?.by}`)
}

async function heldOn(house: House, id: MessageId): Promise<readonly string[]> {
  const message = (await house.messages()).find((one) => one.id === id)
  return message ? heldOf(message.metadata).map(({ agent, hold }) => `${agent} ${hold}`) : []
}

describe('[R120] who answers', () => {
  test('whoever is mentioned, each for themselves, with the reason on the reply and on what was held back', async () => {
    const house = await roomOf({ parley: 'auto', scout: 'mention', critic: 'always' })
    await house.connect(bo)
    const id = await house.post(ann, 'what do you say, @scout and @Parley?')
    expect(await repliesTo(house, id)).toEqual(['parley mention ann', 'scout mention ann'])
    expect(await heldOn(house, id)).toEqual(['critic somebody-else-addressed'])
  })

  test('of those that answer everything the first; a person who is spoken to is not talked over', async () => {
    const house = await roomOf({ scout: 'mention', parley: 'always', critic: 'always' })
    await house.connect(bo)
    const all = await house.post(ann, 'good morning')
    expect(await repliesTo(house, all)).toEqual(['parley every ann'])
    expect(await heldOn(house, all)).toEqual(['scout not-addressed', 'critic another-answers'])
    const toBo = await house.post(ann, '@Bo are you coming?')
    expect(await repliesTo(house, toBo)).toEqual([])
    const back = await house.post(bo, 'yes, in a minute')
    expect(await repliesTo(house, back)).toEqual([])
    expect(await heldOn(house, back)).toContain('parley between-people')
  })

  test('alone, everything; in company, what is plainly meant: a follow-up, until somebody else has spoken', async () => {
    const house = await roomOf({ parley: 'auto' })
    const alone = await house.post(ann, 'is anybody there?')
    expect(await repliesTo(house, alone)).toEqual(['parley alone ann'])
    await house.ended(await house.stage.nextVoice(), 'I am.')
    await house.connect(bo)
    const follow = await house.post(ann, 'and what do you do?')
    expect(await repliesTo(house, follow)).toEqual(['parley follow-up ann'])
    await house.ended(await house.stage.nextVoice(), 'I answer.')
    const other = await house.post(bo, 'hello everybody')
    expect(await repliesTo(house, other)).toEqual([])
    expect(await heldOn(house, other)).toEqual(['parley not-addressed'])
    const after = await house.post(ann, 'hello Bo')
    expect(await repliesTo(house, after)).toEqual([])
  })

  test('a follow-up is one for ten minutes', async () => {
    const house = await roomOf({ parley: 'auto' })
    await house.connect(bo)
    const first = await house.post(ann, '@parley hello')
    await house.ended(await house.stage.nextVoice(), 'Hello.')
    house.stage.now += 10 * 60_000 + 1
    const late = await house.post(ann, 'still there?')
    expect([await repliesTo(house, first), await repliesTo(house, late)]).toEqual([['parley mention ann'], []])
  })

  test('a reply to an agent’s message is for it; to a person’s, for them', async () => {
    const house = await roomOf({ parley: 'mention' })
    await house.connect(bo)
    await house.post(ann, '@parley hello')
    const voice = await house.stage.nextVoice()
    await house.ended(voice, 'Hello.')
    const reply = newMessageId()
    expect(await house.ask(bo, { type: 'post', id: reply, text: 'go on', replyTo: voice.reply.id })).toMatchObject({ ok: true })
    expect(await repliesTo(house, reply)).toEqual(['parley reply-to bo'])
    const other = newMessageId()
    expect(await house.ask(ann, { type: 'post', id: other, text: 'no, you', replyTo: reply })).toMatchObject({ ok: true })
    expect(await repliesTo(house, other)).toEqual([])
    expect((await house.messages()).find(({ id }) => id === other)?.metadata.replyTo).toBe(reply)
  })
})

describe('[R120] “Ask”', () => {
  test('has an agent answer what it was held back from, once, at the wish of whoever pressed it', async () => {
    const house = await roomOf({ parley: 'mention', scout: 'off' })
    const watcher = await house.connect(bo)
    const id = await house.post(ann, 'a thought')
    expect(await heldOn(house, id)).toEqual(['parley not-addressed', 'scout off'])
    for (let n = 0; n < 3; n++) expect(await house.ask(bo, { type: 'ask', id, agent: 'scout' as MemberId })).toEqual({ ok: true, value: null })
    expect(await repliesTo(house, id)).toEqual(['scout asked bo'])
    expect((await house.messages()).at(-1)?.metadata.askedBy).toBe(bo.id)
    expect(await heldOn(house, id)).toEqual(['parley not-addressed'])
    await watcher.until('the reason to be gone', () => heldOf(watcher.timeline.messages[0]?.metadata ?? {}).length === 1)
    await house.ended(await house.stage.nextVoice(), 'A word.')
    await house.crash()
    await house.ask(ann, { type: 'ask', id, agent: 'scout' as MemberId })
    expect(await repliesTo(house, id)).toEqual(['scout asked bo'])
  })

  test('is refused for what is not there', async () => {
    const house = await roomOf({ parley: 'mention' })
    const id = await house.post(ann, 'a thought')
    expect(await house.ask(bo, { type: 'ask', id: newMessageId(), agent: 'parley' as MemberId })).toMatchObject({ refusal: { code: 'no_such_message' } })
    expect(await house.ask(bo, { type: 'ask', id, agent: 'nobody' as MemberId })).toMatchObject({ refusal: { code: 'no_such_message' } })
    expect(house.stage.turns).toBe(0)
  })
})

describe('[R122] agents that call each other', () => {
  test('are heard when they have finished, once per message; whoever began it pays and may stop it', async () => {
    const house = await roomOf({ parley: 'mention', scout: 'mention' })
    await house.connect(bo)
    const id = await house.post(ann, '@parley what is new?')
    const voice = await house.stage.nextVoice()
    await voice.say('Let me ask @scout, and @scout again')
    await house.heartbeat()
    expect(house.stage.turns).toBe(1)
    await voice.done()
    const scout = await house.stage.nextVoice()
    expect(whyOf(scout.reply.metadata)).toMatchObject({ rule: 'agent-mention', by: 'parley' })
    expect(scout.reply.metadata).toMatchObject({ replyTo: voice.reply.id, askedBy: ann.id })
    expect(await repliesTo(house, id)).toEqual(['parley mention ann'])
    expect(house.stage.turns).toBe(2)
  })

  test('stop by rule at the fourth; a person lets them go on for as much again, also after a crash', async () => {
    const house = await roomOf({ parley: 'mention', scout: 'mention' })
    await house.post(ann, '@parley begin')
    const names = ['parley', 'scout']
    const thank = async (turn: number) => {
      const voice = await house.stage.nextVoice()
      expect(voice.reply.metadata.author.id).toBe(names[turn % 2])
      await voice.say(`Thank you, @${names[(turn + 1) % 2]}`)
      await voice.done()
      return voice.reply.id
    }
    let last: MessageId | null = null
    for (let turn = 0; turn < 4; turn++) last = await thank(turn)
    const guarded = async () => (await house.messages()).filter(({ metadata }) => guardedOf(metadata) > 0).map(({ id }) => id)
    await waitFor('the guard', async () => (await guarded()).length > 0)
    expect(await guarded()).toEqual([last])
    await house.crash()
    expect(await guarded()).toEqual([last])
    expect(await house.ask(bo, { type: 'continue', id: last ?? newMessageId() })).toEqual({ ok: true, value: null })
    expect(await guarded()).toEqual([])
    let next: MessageId | null = null
    for (let turn = 4; turn < 8; turn++) next = await thank(turn)
    await waitFor('the guard again', async () => (await guarded()).length > 0)
    expect(await guarded()).toEqual([next])
    expect(await house.ask(bo, { type: 'continue', id: last ?? newMessageId() })).toMatchObject({ refusal: { code: 'not_retryable' } })
    expect(house.stage.turns).toBe(8)
  })
})

describe('[R122] the note where agents were stopped', () => {
  /** Twelve agents that each call all the others in all that they say, until nothing is said any more. */
  async function loop(): Promise<House> {
    const names = Array.from({ length: 12 }, (_, at) => `agent${at}`)
    const house = await roomOf(Object.fromEntries(names.map((name) => [name, 'mention'])))
    await house.post(ann, '@agent0 @agent1 @agent2 begin')
    await sayAll(house, names, 12)
    return house
  }

  async function sayAll(house: House, names: readonly string[], turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn++) {
      const voice = await house.stage.nextVoice()
      await voice.say(names.map((name) => `@${name}`).join(' '))
      await voice.done()
      await waitFor('its end', async () => (await house.messages()).some(({ id, metadata }) => id === voice.reply.id && metadata.status === 'complete'))
    }
  }

  async function notes(house: House) {
    const messages = await house.messages()
    return messages.flatMap(({ id, metadata }) => (guardedOf(metadata) > 0 ? [{ id, turns: guardedOf(metadata), seq: metadata.seq }] : []))
  }
  const isHeldElsewhere = async (house: House, note: MessageId | undefined) =>
    (await house.messages()).some(({ id, metadata }) => id !== note && heldOf(metadata).some(({ hold }) => hold === 'guarded'))

  test('is one for all of them, and says how many turns Continue releases: as many as then begin', async () => {
    const house = await loop()
    await waitFor('the note', async () => (await notes(house)).length > 0)
    const [note, ...others] = await notes(house)
    expect([others, note?.turns, await isHeldElsewhere(house, note?.id)]).toEqual([[], 12, false])
    const before = house.stage.turns
    const answers = (await house.messages()).length
    expect(await house.ask(bo, { type: 'continue', id: note?.id ?? newMessageId() })).toEqual({ ok: true, value: null })
    expect((await house.messages()).length - answers).toBe(12)
    // What was held beyond them is held still, and said once.
    const [next, ...more] = await notes(house)
    expect([more, next?.turns, await isHeldElsewhere(house, next?.id)]).toEqual([[], 12, false])
    await house.stage.turn(before + 1)
    for (const { metadata } of (await house.messages()).slice(answers)) expect(metadata.askedBy).toBe(bo.id)
  })

  test('stands under the last of them; whoever was told of an earlier one goes on there as well', async () => {
    const house = await loop()
    const early = (await house.messages()).find(({ metadata }) => metadata.author.kind === 'agent')
    expect((await notes(house)).map(({ id }) => id)).not.toContain(early?.id)
    expect(await house.ask(ann, { type: 'continue', id: early?.id ?? newMessageId() })).toEqual({ ok: true, value: null })
  })
})

test('[R120] [R124] three agents asked by three people at once: each reply whole, and its reason right', async () => {
  const house = await roomOf({ parley: 'mention', scout: 'mention', critic: 'mention' })
  const watcher = await house.connect(bo)
  for (const [who, agent] of [
    [ann, 'parley'],
    [bo, 'scout'],
    [cy, 'critic'],
  ] as const)
    await house.post(who, `@${agent} a question`)
  const voices = [await house.stage.nextVoice(), await house.stage.nextVoice(), await house.stage.nextVoice()]
  for (const word of ['One ', 'two ', 'three']) for (const voice of voices) await voice.say(word)
  for (const voice of voices) await voice.done()
  await watcher.until(
    'all to be there',
    () => watcher.timeline.messages.filter(({ metadata, role }) => role === 'assistant' && metadata.status === 'complete').length === 3,
  )
  const replies = watcher.timeline.messages.filter(({ role }) => role === 'assistant')
  expect(replies.map((reply) => [reply.metadata.author.id, whyOf(reply.metadata)?.by, textOf(reply)])).toEqual([
    ['parley', 'ann', 'One two three'],
    ['scout', 'bo', 'One two three'],
    ['critic', 'cy', 'One two three'],
  ])
  expect(watcher.gaps).toBe(0)
})
