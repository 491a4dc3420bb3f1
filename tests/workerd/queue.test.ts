// What waits in a room: its order, who may change it, and that nothing of it is lost or said twice.
import { describe, expect, test } from 'vitest'
import { endOf, placeOf, promptsOf } from '../../src/conversation/engaged'
import type { MemberId, MessageId } from '../../src/conversation/ids'
import type { Member } from '../../src/conversation/member'
import { textOf } from '../../src/conversation/message'
import { ann, bo, House, partsOf, person } from './house'

const cy = person('Cy')

/** A room whose first agent writes so many answers at once, and that nobody is alone in. */
async function roomWith(atOnce: number): Promise<House> {
  const house = await House.open()
  await house.inside((room) => {
    const { changes } = partsOf(room)
    changes.set('agent', 'sage', null)
    changes.set('agent', 'parley', {
      handle: 'parley',
      name: 'Parley',
      colour: 'copper',
      emoji: '',
      instruction: '',
      model: 'default',
      mode: 'mention',
      atOnce,
      order: 1,
    })
  })
  await house.connect(bo)
  return house
}

/** Somebody asks, long enough after the last to be answered apart. */
async function ask(house: House, who: Member, text: string): Promise<MessageId> {
  house.stage.now += 4_000
  const id = await house.post(who, `@Parley ${text}`)
  const reply = (await house.messages()).findLast(({ metadata }) => metadata.author.kind === 'agent')
  if (!reply || !promptsOf(reply.metadata).includes(id)) throw new Error('nobody answers')
  return reply.id
}

/** "2 waiting", in the order of the room. */
async function shown(house: House): Promise<readonly string[]> {
  return (await house.messages())
    .filter(({ metadata }) => metadata.author.kind === 'agent')
    .map(({ metadata }) => `${placeOf(metadata) ?? '-'} ${metadata.status}`)
}

async function codeOf(house: House, who: Member, type: 'cancel' | 'move-up' | 'now' | 'merge', id: MessageId): Promise<string | null> {
  const done = await house.ask(who, { type, id })
  return done.ok ? null : done.refusal.code
}

describe('[R124] the queue', () => {
  test('is rows that all see: who waits, in which place, and who speaks', async () => {
    const house = await roomWith(1)
    const watcher = await house.connect(cy)
    for (const [who, text] of [
      [ann, 'a'],
      [bo, 'b'],
      [cy, 'c'],
    ] as const)
      await ask(house, who, text)
    expect(await shown(house)).toEqual(['- streaming', '1 waiting', '2 waiting'])
    const voice = await house.stage.nextVoice()
    await voice.say('A.')
    await voice.done()
    const second = await house.stage.nextVoice()
    expect(second.reply.metadata.replyTo).toBe((await house.messages())[2]?.id)
    await watcher.until('the places to move up', () => placeOf(watcher.newest()?.metadata ?? {}) === 1)
    expect(await shown(house)).toEqual(['- complete', '- streaming', '1 waiting'])
    expect(watcher.timeline.messages).toEqual(await house.messages())
    expect(watcher.gaps).toBe(0)
  })

  test('is the same after a crash, in the same order, and gives each prompt one reply', async () => {
    const house = await roomWith(1)
    const first = await ask(house, ann, 'number 0')
    const ids = [first]
    for (const who of [bo, cy, ann, bo]) ids.push(await ask(house, who, `number ${ids.length}`))
    expect(await codeOf(house, ann, 'move-up', ids.at(-1) ?? first)).toBe(null)
    const before = await shown(house)
    expect(before).toEqual(['- streaming', '1 waiting', '2 waiting', '4 waiting', '3 waiting'])
    await house.stage.nextVoice()
    for (let round = 0; round < 2; round++) {
      await house.crash()
      expect(await shown(house)).toEqual(before)
    }
    const order: MessageId[] = []
    // Begun twice in vain, as its room crashed.
    await house.stage.nextVoice()
    for (let n = 0; n < 5; n++) {
      const voice = await house.stage.nextVoice()
      order.push(voice.reply.id)
      await voice.say(`said ${n}`)
      await voice.done()
    }
    expect(order).toEqual([ids[0], ids[1], ids[2], ids[4], ids[3]])
    expect(house.stage.turns).toBe(7)
    expect(await house.rows('SELECT * FROM queue')).toEqual([])
    expect(await house.rows('SELECT prompt_id, count(*) AS n FROM answer GROUP BY prompt_id HAVING n > 1')).toEqual([])
  })

  test('has one reply for each prompt and agent, by the table itself', async () => {
    const house = await roomWith(1)
    await ask(house, ann, 'once')
    const [answer] = await house.rows<{ prompt_id: string; agent_id: string }>('SELECT prompt_id, agent_id FROM answer')
    await expect(
      house.inside(
        (_, { storage }) => void storage.sql.exec('INSERT INTO answer VALUES (?, ?, ?)', answer?.prompt_id ?? '', answer?.agent_id ?? '', 'another-reply'),
      ),
    ).rejects.toThrow('UNIQUE')
  })

  test('a reply that waits is stopped with all others, and none begins in the place of another', async () => {
    const house = await roomWith(1)
    for (const who of [ann, bo, cy]) await ask(house, who, 'go')
    expect(await house.ask(ann, { type: 'stop' })).toMatchObject({ ok: true })
    expect(await shown(house)).toEqual(['- stopped', '- stopped', '- stopped'])
    expect(house.stage.turns).toBe(1)
  })

  test('what is asked for again finds its place at the end', async () => {
    const house = await roomWith(1)
    const first = await ask(house, ann, 'go')
    await house.ask(ann, { type: 'stop' })
    for (const who of [bo, cy]) await ask(house, who, 'go')
    expect(await house.ask(ann, { type: 'retry', id: first })).toMatchObject({ ok: true })
    expect(await shown(house)).toEqual(['2 waiting', '- streaming', '1 waiting'])
  })

  test('[R17] [R8] takes in what a release without one was writing: eight go on, in their order, and the rest wait', async () => {
    const house = await roomWith(8)
    for (let n = 0; n < 10; n++) await ask(house, [ann, bo, cy][n % 3] ?? ann, 'go')
    expect((await shown(house)).slice(7)).toEqual(['- streaming', '1 waiting', '2 waiting'])
    await house.inside((_, { storage: { sql } }) => {
      sql.exec(`UPDATE message SET status = 'streaming', amended = NULL, amended_version = NULL WHERE status = 'waiting'`)
      sql.exec('DELETE FROM queue')
    })
    await house.crash()
    expect(await shown(house)).toEqual([...Array.from({ length: 8 }, () => '- streaming'), '1 waiting', '2 waiting'])
    await house.crash()
    expect(await shown(house)).toEqual([...Array.from({ length: 8 }, () => '- streaming'), '1 waiting', '2 waiting'])
  })

  test('of an agent that was removed nothing waits any more', async () => {
    const house = await roomWith(1)
    for (const who of [ann, bo]) await ask(house, who, 'go')
    expect(await house.ask(bo, { type: 'remove-agent', agent: 'parley' as MemberId })).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await house.ask(ann, { type: 'remove-agent', agent: 'parley' as MemberId })).toMatchObject({ ok: true })
    expect(await shown(house)).toEqual(['- streaming', '- stopped'])
  })
})

/** So many people that nobody may stop what others asked for. */
async function crowd(house: House): Promise<void> {
  const room = await house.room()
  for (let n = 0; n < 10; n++) await room.enter(person(`Guest${n}`), null)
}

describe('[R125] who orders it', () => {
  test('whoever asked may cancel theirs and no other; the owner any', async () => {
    const house = await roomWith(1)
    await crowd(house)
    await ask(house, ann, 'a')
    const [bos, cys, anns] = [await ask(house, bo, 'b'), await ask(house, cy, 'c'), await ask(house, ann, 'd')]
    expect(await codeOf(house, bo, 'cancel', cys)).toBe('not_yours')
    expect(await codeOf(house, bo, 'cancel', bos)).toBe(null)
    expect(await codeOf(house, bo, 'cancel', bos)).toBe('no_such_message')
    expect(await codeOf(house, ann, 'cancel', cys)).toBe(null)
    expect(await shown(house)).toEqual(['- streaming', '- stopped', '- stopped', '1 waiting'])
    expect((await house.messages()).flatMap(({ metadata }) => endOf(metadata) ?? [])).toEqual([
      { how: 'cancelled', name: 'Bo' },
      { how: 'cancelled', name: 'Ann' },
    ])
    expect(await codeOf(house, cy, 'cancel', anns)).toBe('not_yours')
  })

  test('only the owner moves anything up, by one place; what is written already is too late', async () => {
    const house = await roomWith(1)
    const first = await ask(house, ann, 'a')
    const [bos, cys] = [await ask(house, bo, 'b'), await ask(house, cy, 'c')]
    expect(await codeOf(house, cy, 'move-up', cys)).toBe('not_yours')
    expect(await codeOf(house, ann, 'move-up', cys)).toBe(null)
    expect(await shown(house)).toEqual(['- streaming', '2 waiting', '1 waiting'])
    expect(await codeOf(house, ann, 'move-up', cys)).toBe(null)
    expect(await codeOf(house, ann, 'move-up', bos)).toBe(null)
    expect(await shown(house)).toEqual(['- streaming', '1 waiting', '2 waiting'])
    expect(await codeOf(house, ann, 'move-up', first)).toBe('too_late')
  })
})

describe('[R126] merging', () => {
  test('what one person asks within three seconds, while it waits, is one turn that knows all of it', async () => {
    const house = await roomWith(1)
    await ask(house, ann, 'first')
    const waiting = await ask(house, bo, 'one')
    house.stage.now += 1_000
    const second = await house.post(bo, '@Parley and another')
    const reply = (await house.messages()).find(({ id }) => id === waiting)
    expect(promptsOf(reply?.metadata ?? {})).toEqual([reply?.metadata.replyTo, second])
    expect(await shown(house)).toEqual(['- streaming', '1 waiting'])
    await (await house.stage.nextVoice()).done()
    const voice = await house.stage.nextVoice()
    expect(promptsOf(voice.reply.metadata)).toContain(second)
  })
})

describe('[R127] now', () => {
  test('ends what is written, which keeps what it said, and comes next; the rest waits as before', async () => {
    const house = await roomWith(1)
    await crowd(house)
    await ask(house, bo, 'a')
    const [cys, bos] = [await ask(house, cy, 'b'), await ask(house, bo, 'c')]
    const voice = await house.stage.nextVoice()
    await voice.say('I was saying')
    expect(await codeOf(house, cy, 'now', cys)).toBe('not_yours')
    expect(await codeOf(house, bo, 'now', bos)).toBe(null)
    const next = await house.stage.nextVoice()
    expect(next.reply.id).toBe(bos)
    expect(await shown(house)).toEqual(['- stopped', '1 waiting', '- streaming'])
    const [steered] = (await house.messages()).filter(({ metadata }) => metadata.author.kind === 'agent')
    expect(steered && [textOf(steered), endOf(steered.metadata)]).toEqual(['I was saying', { how: 'steered', name: 'Bo' }])
    await house.crash()
    expect(await shown(house)).toEqual(['- stopped', '1 waiting', '- streaming'])
  })

  test.each([
    ['after', ['- streaming', '1 waiting'], null],
    ['now', ['- stopped', '- streaming'], 'steered'],
  ] as const)('[R172] a message sent with “%s” waits for what its agent is writing to its author, or ends it', async (when, expected, how) => {
    const house = await roomWith(8)
    await house.connect(ann)
    await ask(house, bo, 'a')
    const voice = await house.stage.nextVoice()
    await voice.say('I was saying')
    house.stage.now += 4_000
    const posted = await house.ask(bo, { type: 'post', id: `post-${when}` as MessageId, text: '@Parley b', when })
    expect(posted.ok).toBe(true)
    expect(await shown(house)).toEqual(expected)
    const [first] = (await house.messages()).filter(({ metadata }) => metadata.author.kind === 'agent')
    expect(first && (endOf(first.metadata)?.how ?? null)).toBe(how)
  })

  test('[R172] “now” of somebody who may not stop that answer waits for its end; to an agent that is silent it says nothing', async () => {
    const house = await roomWith(8)
    await crowd(house)
    await house.ask(bo, { type: 'post', id: 'post-silent' as MessageId, text: '@Parley a', when: 'now' })
    expect(await shown(house)).toEqual(['- streaming'])
    house.stage.now += 4_000
    await house.ask(cy, { type: 'post', id: 'post-of-cy' as MessageId, text: '@Parley b', when: 'now' })
    expect(await shown(house)).toEqual(['- streaming', '1 waiting'])
  })
})
