// Who may be in a room.
import { describe, expect, test } from 'vitest'
import { LOBBY, newMessageId, type RoomId } from '../../src/conversation/ids'
import { ann, aside, bo, House } from './house'

const cy = { ...bo, id: 'cy' as typeof bo.id, name: 'Cy' }

test('[R11] there is no room until somebody makes it, and then it is made', async () => {
  const house = House.named('nowhere' as RoomId)
  const room = await house.room()
  expect(await room.enter(ann, null)).toMatchObject({ ok: false, refusal: { code: 'no_such_room' } })
  expect(await room.command(ann.id, { type: 'typing' })).toMatchObject({ refusal: { code: 'not_a_member' } })
  expect(await room.create('Somewhere', 'open', bo)).toEqual({ ok: true })
  expect(await room.create('Elsewhere', 'private', ann)).toMatchObject({ refusal: { code: 'name_taken' } })
  expect(await room.enter(ann, null)).toMatchObject({
    ok: true,
    value: { room: { name: 'Somewhere', access: 'open', isOwner: false, invite: null }, role: 'member' },
  })
  expect(await room.enter(bo, null)).toMatchObject({ ok: true, value: { room: { isOwner: true }, role: 'owner' } })
})

test('[R11] the lobby is always there, and belongs to nobody, however early they come, until the app says whose it is', async () => {
  const house = House.named(LOBBY)
  const room = await house.room()
  for (const early of [bo, ann]) {
    expect(await room.enter(early, null)).toMatchObject({ ok: true, value: { room: { name: 'Lobby', access: 'open', isOwner: false }, role: 'member' } })
    expect(await room.memberships(early.id)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await room.remove(early.id, cy.id)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await room.command(early.id, { type: 'clear' })).toMatchObject({ refusal: { code: 'not_owner' } })
  }
  await room.own(ann)
  expect(await room.enter(ann, null)).toMatchObject({ value: { room: { isOwner: true }, role: 'owner' } })
  expect(await room.remove(ann.id, bo.id)).toEqual({ ok: true })
  await room.own(cy)
  await house.evict()
  const again = await house.room()
  expect(await again.enter(ann, null)).toMatchObject({ value: { room: { isOwner: false }, role: 'member' } })
  expect(await again.enter(cy, null)).toMatchObject({ value: { room: { isOwner: true }, role: 'owner' } })
  await again.own(bo)
  expect(await again.enter(bo, null)).toMatchObject({ value: { role: 'owner' } })
})

describe('[R11] a private room', () => {
  test('lets in who was invited, and asks once', async () => {
    const house = await House.open('private')
    const room = await house.room()
    for (const invite of [null, '', 'guessed']) expect(await room.enter(bo, invite)).toMatchObject({ ok: false, refusal: { code: 'not_a_member' } })
    const owner = await room.enter(ann, null)
    const invite = owner.ok ? owner.value.room.invite : null
    expect(invite).toEqual(expect.any(String))
    expect(await room.enter(bo, invite)).toMatchObject({ ok: true, value: { role: 'member', room: { invite } } })
    expect(await room.enter(bo, null)).toMatchObject({ ok: true })
  })

  test('tells a stranger nothing, whatever they ask', async () => {
    const house = await House.open('private')
    await house.post(ann, aside('secret'))
    const room = await house.room()
    const asked = [
      room.open(bo, null),
      room.page(bo.id, 9),
      room.memberships(bo.id),
      room.remove(bo.id, ann.id),
      room.command(bo.id, { type: 'post', id: newMessageId(), text: 'hello' }),
    ]
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ ok: false, refusal: { code: 'not_a_member' } })
    expect(await house.refusal(bo)).toEqual([403, 'not_a_member'])
    expect(await house.texts()).toEqual([aside('secret')])
  })
})

describe('a removed member', () => {
  test('[L10] receives nothing more, at once, in no lane', async () => {
    const house = await House.open()
    const [staying, out, alsoOut] = [await house.connect(ann), await house.connect(bo), await house.connect(bo, { lane: 'rsc' })]
    const voice = await house.prompt()
    await voice.say('Hel')
    await out.sees('Hel')
    const before = [out.frames.length, alsoOut.frames.length]
    expect(await (await house.room()).remove(ann.id, bo.id)).toEqual({ ok: true })
    await voice.say('lo')
    await staying.sees('Hello')
    await out.until('the close', () => out.closed !== null)
    await alsoOut.until('the close', () => alsoOut.closed !== null)
    expect([out.closed, alsoOut.closed]).toEqual([1008, 1008])
    expect(out.frames).toHaveLength(before[0] ?? 0)
    expect(JSON.stringify(alsoOut.frames.slice(before[1]))).not.toContain('lo')
    await staying.until('Bo to be gone', () => !staying.timeline.here.some(({ id }) => id === bo.id))
    expect(staying.timeline.hereCount).toBe(staying.timeline.here.length)
  })

  test('[L10] cannot come back, speak or look, invited or not', async () => {
    const house = await House.open('private')
    const room = await house.room()
    const owner = await room.enter(ann, null)
    const invite = owner.ok ? owner.value.room.invite : null
    await room.enter(bo, invite)
    await room.remove(ann.id, bo.id)
    expect(await room.enter(bo, invite)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await room.command(bo.id, { type: 'post', id: newMessageId(), text: 'hello' })).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await room.open(bo, invite)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await house.refusal(bo)).toEqual([403, 'not_a_member'])
    await house.evict()
    expect(await (await house.room()).enter(bo, invite)).toMatchObject({ refusal: { code: 'not_a_member' } })
  })

  test('[L10] is not heard over a socket that is still open on their side', async () => {
    const house = await House.open()
    const out = await house.connect(bo)
    const removed = (await house.room()).remove(ann.id, bo.id)
    out.send({ type: 'post', id: newMessageId(), text: aside('a last word') })
    await removed
    await out.until('the close', () => out.closed !== null)
    await house.post(ann, aside('after'))
    expect((await house.texts()).filter((text) => text === aside('a last word')).length).toBe(out.direct('acknowledged').length)
  })

  test('[R11] is removed by the owner alone, who stays', async () => {
    const house = await House.open()
    const room = await house.room()
    await room.enter(bo, null)
    await room.enter(cy, null)
    expect(await room.remove(bo.id, cy.id)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await room.remove(ann.id, ann.id)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await room.memberships(bo.id)).toMatchObject({ refusal: { code: 'not_owner' } })
    await room.remove(ann.id, cy.id)
    expect(await room.memberships(ann.id)).toMatchObject({
      ok: true,
      value: [
        { id: 'ann', role: 'owner' },
        { id: 'bo', role: 'member' },
      ],
    })
  })
})

describe('who is here', () => {
  test('[R12] is told when a first socket opens and when the last one closes', async () => {
    const house = await House.open()
    const watcher = await house.connect(ann)
    const here = () => watcher.timeline.here.map(({ name }) => name)
    const tabs = [await house.connect(bo), await house.connect(bo, { lane: 'rsc' })]
    await watcher.until('Bo', () => here().includes('Bo'))
    tabs[0]?.close()
    await house.post(ann, aside('one tab is left'))
    await watcher.sees(aside('one tab is left'))
    expect(here()).toEqual(['Parley', 'Sage', 'Ann', 'Bo'])
    tabs[1]?.close()
    await watcher.until('Bo to be gone', () => !here().includes('Bo'))
    expect(watcher.timeline.hereCount).toBe(3)
  })

  test('[R12] is told of a new name, and old messages keep the old one', async () => {
    const house = await House.open()
    const watcher = await house.connect(ann)
    await house.connect(bo)
    await house.post(bo, aside('hello'))
    await (await house.room()).rename(bo.id, 'Bob')
    await watcher.until('Bob', () => watcher.timeline.here.some(({ name }) => name === 'Bob'))
    await house.post({ ...bo, name: 'Bob' }, aside('again'))
    expect((await house.messages()).map(({ metadata }) => metadata.author.name)).toEqual(['Bo', 'Bob'])
    expect(watcher.timeline.hereCount).toBe(4)
  })

  test('[R12] is not told to be gone twice to one who has just come', async () => {
    const house = await House.open()
    const leaving = await house.connect(bo)
    leaving.close()
    const watchers = await Promise.all(Array.from({ length: 5 }, () => house.connect(cy)))
    await house.post(ann, aside('a fence'))
    for (const watcher of watchers) {
      await watcher.sees(aside('a fence'))
      await watcher.until('Bo to be gone', () => !watcher.timeline.here.some(({ id }) => id === bo.id))
      expect(watcher.timeline.hereCount).toBe(watcher.timeline.here.length)
    }
  })
})
