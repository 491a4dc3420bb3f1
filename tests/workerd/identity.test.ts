// Who is who in a room: doubles, invitations that run out, sessions that end, and rooms that are deleted.
import { describe, expect, test } from 'vitest'
import { newMessageId, type MemberId } from '../../src/conversation/ids'
import { INVITATION_MS, KEPT_DELETED_MS } from '../../src/room/members/members'
import type { RoomSurface } from '../../src/room/surface'
import { asOfStep } from './earlier-room'
import { ann, aside, bo, House, person, sessionOf } from './house'

const cy = person('Cy')
const named = (id: string, name: string) => ({ ...person(id), name })
const NB = '\u00a0'

describe('[R71] members whose names look alike', () => {
  test('are told apart by a number, on their messages, in the list and when they type; the owner never is', async () => {
    const house = await House.open()
    const watcher = await house.connect(ann)
    const doubles = [named('ann-b', 'Аnn'), named('ann-c', 'ANN'), named('fake', 'Pаrley')]
    for (const double of doubles) {
      await house.connect(double)
      await house.post(double, aside(`I am ${double.id}`))
      await watcher.sees(aside(`I am ${double.id}`))
    }
    const names = [`Аnn${NB}#2`, `ANN${NB}#3`, `Pаrley${NB}#2`]
    expect((await house.messages()).map(({ metadata }) => metadata.author.name)).toEqual(names)
    expect(watcher.timeline.here.map(({ name }) => name)).toEqual(['Parley', 'Sage', 'Ann', ...names])
    expect((await house.snapshot()).here.map(({ name }) => name)).toEqual(['Parley', 'Sage', 'Ann', ...names])
    await house.evict()
    expect((await house.snapshot()).here.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ann', ...names]))
  })

  test('are told apart after a change of names too, and the owner takes a number from nobody', async () => {
    const house = await House.open()
    const watcher = await house.connect(bo)
    const other = await house.connect(cy)
    const room = await house.room()
    await room.rename(cy.id, 'BO')
    await watcher.until('the number', () => watcher.timeline.here.some(({ name }) => name === `BO${NB}#2`))
    await room.rename(cy.id, 'Cy')
    await watcher.until('no number', () => watcher.timeline.here.some(({ name }) => name === 'Cy'))
    await room.rename(ann.id, 'Cy')
    await other.until('the owner without, the double with one', () => {
      const names = other.timeline.here.map(({ name }) => name)
      return names.includes('Cy') && names.includes(`Cy${NB}#2`)
    })
    expect(other.timeline.here.find(({ id }) => id === ann.id)?.name).toBe('Cy')
    expect(await room.enter({ ...cy, name: 'Cy' }, null)).toMatchObject({ ok: true })
    expect((await house.snapshot()).here.find(({ id }) => id === cy.id)?.name).toBe(`Cy${NB}#2`)
  })

  test('of release 0.1 are told apart when the next one comes', async () => {
    const house = await House.open()
    const old = `('old', 'Zoë', 'member', 0), ('older', 'Parley,', 'member', 0), ('oldest', 'Pаrley what', 'member', 0), ('blank', '\u3164', 'member', 0)`
    await house.inside((_, { storage }) => void storage.sql.exec(`INSERT INTO member (id, name, role, joined_at) VALUES ${old}`))
    await house.evict()
    const room = await house.room()
    await room.enter(named('new', 'ZOE'), null)
    const members = await room.memberships(ann.id)
    expect(members.ok && members.value.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Zoë', `ZOE${NB}#2`, `Parley${NB}#2`, `Pаrley what${NB}#2`, 'Guest']),
    )
    const voice = await house.prompt('@Parley, what do you say?')
    await voice.done()
  })
})

describe('[R46] a name that was written under', () => {
  const calledHere = async (house: House, id: string) => (await house.snapshot()).here.find((member) => member.id === id)?.name

  test('is its writer’s, whatever they are called now; they come back to it as themselves, and the other keeps the number', async () => {
    const house = await House.open()
    await house.connect(bo)
    await house.connect(cy)
    await house.post(bo, aside('I am Bo'))
    const room = await house.room()
    await room.rename(bo.id, 'Someone')
    await room.rename(cy.id, 'BO')
    expect(await calledHere(house, 'cy')).toBe(`BO${NB}#2`)
    await house.evict()
    await (await house.room()).rename(bo.id, 'Bo')
    expect([await calledHere(house, 'bo'), await calledHere(house, 'cy')]).toEqual(['Bo', `BO${NB}#2`])
    await house.post({ ...cy, name: 'BO' }, aside('I am the other'))
    expect((await house.messages()).map(({ metadata }) => metadata.author.name)).toEqual(['Bo', `BO${NB}#2`])
    // The number was written under too.
    await (await house.room()).rename(cy.id, 'Cy')
    const third = named('third', 'Bо')
    await house.connect(third)
    expect(await calledHere(house, 'third')).toBe(`Bо${NB}#3`)
  })

  test('is not free when its writer was removed; one under which nobody wrote is', async () => {
    const house = await House.open()
    const room = await house.room()
    await room.enter(cy, null)
    await house.post(bo, aside('I am Bo'))
    for (const { id } of [bo, cy]) await room.remove(ann.id, id)
    await house.connect(named('new-bo', 'Bo'))
    await house.connect(named('new-cy', 'Cy'))
    expect([await calledHere(house, 'new-bo'), await calledHere(house, 'new-cy')]).toEqual([`Bo${NB}#2`, 'Cy'])
  })

  test('of release 0.1 is its first writer’s, numbers of old among them', async () => {
    const house = await House.open()
    await house.inside((_, { storage }) => {
      const row = (seq: number, id: string, name: string) => `(${seq}, 'old-message-${seq}', ${seq}, '${id}', '${name}', 'person', 'complete', ${seq}, '[]')`
      storage.sql.exec(
        `INSERT INTO message (seq, id, version, author_id, author_name, author_kind, status, created_at, parts)
         VALUES ${row(1, 'gone', 'Zoë')}, ${row(2, 'bo', 'Bo')}, ${row(3, 'other', 'BO')}, ${row(4, 'cy', `Zoe${NB}#2`)}`,
      )
      // Before it knew under which names people wrote.
      asOfStep(storage, 3)
    })
    await house.evict()
    for (const who of [named('late', 'ZOE'), named('other', 'BO'), bo]) await house.connect(who)
    expect([await calledHere(house, 'late'), await calledHere(house, 'other'), await calledHere(house, 'bo')]).toEqual([`ZOE${NB}#3`, `BO${NB}#2`, 'Bo'])
  })

  test('is looked for in an index, and one person keeps the newest twenty', async () => {
    const house = await House.open()
    await house.connect(bo)
    const room = await house.room()
    for (let n = 0; n < 25; n++) {
      house.stage.now += 1_000
      await room.rename(bo.id, `Name of many ${'abcdefghijklmnopqrstuvwxyz'[n]}`)
      await room.command(bo.id, { type: 'post', id: newMessageId(), text: aside('hello') })
    }
    const kept = await house.rows<{ name: string }>(`SELECT name FROM written_name WHERE member_id = 'bo' ORDER BY since`)
    expect([kept.length, kept[0]?.name, kept.at(-1)?.name]).toEqual([20, 'Name of many f', 'Name of many y'])
    const plan = await house.rows<{ detail: string }>(`EXPLAIN QUERY PLAN SELECT member_id FROM written_name WHERE skeleton = 'x' ORDER BY since, member_id`)
    expect(plan[0]?.detail).toContain('written_name_skeleton')
  })
})

describe('[R75] an invitation', () => {
  async function inviteOf(house: House): Promise<string> {
    const visit = await (await house.room()).enter(ann, null)
    if (!visit.ok || visit.value.room.invite === null) throw new Error('a private room has an invitation')
    return visit.value.room.invite
  }

  test('is worth nothing once somebody was removed: who comes back as somebody else stays out', async () => {
    const house = await House.open('private')
    const old = await inviteOf(house)
    const room = await house.room()
    await room.enter(bo, old)
    await room.remove(ann.id, bo.id)
    const again = named('bo-again', 'Bo')
    expect(await room.enter(again, old)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await house.refusal(again)).toEqual([403, 'not_a_member'])
    const fresh = await inviteOf(house)
    expect(fresh).not.toBe(old)
    expect(await room.enter(cy, fresh)).toMatchObject({ ok: true })
  })

  test('is made anew by its owner at any time, and by another member only once it has run out', async () => {
    const house = await House.open('private')
    const invite = await inviteOf(house)
    const room = await house.room()
    await room.enter(bo, invite)
    expect(await room.renewInvitation(bo.id)).toMatchObject({ refusal: { code: 'not_owner' } })
    expect(await inviteOf(house)).toBe(invite)
    expect(await room.renewInvitation(ann.id)).toEqual({ ok: true })
    expect(await inviteOf(house)).not.toBe(invite)
  })

  test('runs out after a week, and not for who came with it', async () => {
    const house = await House.open('private')
    const invite = await inviteOf(house)
    const room = await house.room()
    await room.enter(bo, invite)
    house.stage.now += INVITATION_MS - 1
    expect(await room.enter(cy, invite)).toMatchObject({ ok: true })
    house.stage.now += 1
    const late = person('Late')
    expect(await room.enter(late, invite)).toMatchObject({ refusal: { code: 'not_a_member', message: expect.stringContaining('run out') } })
    expect(await room.enter(bo, null)).toMatchObject({ ok: true })
    expect(await room.renewInvitation(late.id)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await room.renewInvitation(bo.id)).toEqual({ ok: true })
    expect(await room.enter(late, invite)).toMatchObject({ refusal: { code: 'not_a_member' } })
    expect(await room.enter(late, await inviteOf(house))).toMatchObject({ ok: true })
  })
})

describe('[R73] a session', () => {
  test('takes its sockets along when it ends, in every lane, and no other session’s', async () => {
    const house = await House.open()
    const [one, other] = [sessionOf(bo, 'one'), sessionOf(bo, 'other')]
    const ended = [await house.connect(bo, { session: one }), await house.connect(bo, { session: one, lane: 'rsc' })]
    const stays = await house.connect(bo, { session: other })
    await (await house.room()).endSession(one.hash)
    for (const socket of ended) {
      socket.send({ type: 'post', id: newMessageId(), text: aside('a last word') })
      await socket.until('the close', () => socket.closed !== null)
      expect([socket.closed, socket.direct('acknowledged')]).toEqual([1008, []])
    }
    stays.send({ type: 'post', id: newMessageId(), text: aside('still here') })
    await stays.sees(aside('still here'))
    expect(await house.texts()).toEqual([aside('still here')])
    expect(stays.timeline.here.filter(({ id }) => id === bo.id)).toHaveLength(1)
    expect(await house.refusal(bo, { session: one })).toEqual([401, 'not_signed_in'])
  })

  test('takes them along after a sleep too', async () => {
    const house = await House.open()
    const session = sessionOf(bo, 'one')
    const socket = await house.connect(bo, { session })
    await house.evict()
    await (await house.room()).endSession(session.hash)
    await socket.until('the close', () => socket.closed !== null)
    expect(socket.closed).toBe(1008)
  })

  test('that runs out hears nothing more and is not heard', async () => {
    const house = await House.open()
    const session = sessionOf(bo, 'short', house.stage.now + 60_000)
    const [listening, speaking] = [await house.connect(bo, { session }), await house.connect(bo, { session })]
    await house.post(ann, aside('in time'))
    await listening.sees(aside('in time'))
    house.stage.now += 60_000
    speaking.send({ type: 'post', id: newMessageId(), text: aside('too late') })
    await speaking.until('the close', () => speaking.closed !== null)
    await house.post(ann, aside('not for Bo'))
    await listening.until('the close', () => listening.closed !== null)
    expect([listening.closed, speaking.closed]).toEqual([1008, 1008])
    expect(listening.texts()).toEqual([aside('in time')])
    expect(await house.texts()).toEqual([aside('in time'), aside('not for Bo')])
    expect(await house.refusal(bo, { session })).toEqual([401, 'not_signed_in'])
  })

  test('is known by its open socket when nobody else can be asked, and by nothing else', async () => {
    const house = await House.open()
    const session = sessionOf(bo, 'one')
    const room = await house.room()
    const post = { type: 'post', id: newMessageId(), text: aside('by its socket') } as const
    expect(await room.commandOfSession(session.hash, post)).toMatchObject({ refusal: { code: 'unavailable' } })
    await house.connect(bo, { session })
    expect(await room.commandOfSession(session.hash, post)).toMatchObject({ ok: true })
    expect((await house.messages())[0]?.metadata.author.id).toBe(bo.id)
    await room.endSession(session.hash)
    expect(await room.commandOfSession(session.hash, { ...post, id: newMessageId() })).toMatchObject({ refusal: { code: 'unavailable' } })
  })
})

test('[R76] a removed account has no place and no socket left, and what it said stays', async () => {
  const house = await House.open()
  const socket = await house.connect(bo)
  await house.post(bo, aside('I was here'))
  await (await house.room()).removeAccount(bo.id)
  await socket.until('the close', () => socket.closed !== null)
  expect(await house.refusal(bo)).toEqual([401, 'not_signed_in'])
  expect((await house.messages()).map(({ metadata }) => metadata.author.name)).toEqual(['Bo'])
  await (await house.room()).removeAccount(ann.id)
  expect(await (await house.room()).memberships(ann.id)).toMatchObject({ refusal: { code: 'not_a_member' } })
  expect(await (await house.room()).enter(cy, null)).toMatchObject({ value: { room: { isOwner: false } } })
})

describe('[R77] a deleted room', () => {
  test('shuts everybody out at once, answers nobody, and comes back as it was', async () => {
    const house = await House.open()
    const socket = await house.connect(bo, { lane: 'rsc' })
    const voice = await house.prompt()
    await voice.say('half a')
    const room = await house.room()
    await room.setDeleted(true)
    await socket.until('the close', () => socket.closed !== null)
    expect(socket.closed).toBe(1008)
    const asked = [room.enter(ann, null), room.open(bo, null), room.page(ann.id, 9), room.memberships(ann.id), room.command(ann.id, { type: 'clear' })]
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ refusal: { code: 'no_such_room' } })
    expect(await house.refusal(ann)).toEqual([404, 'no_such_room'])
    expect(await room.create('Again', 'open', bo)).toMatchObject({ refusal: { code: 'name_taken' } })
    await house.evict()
    expect(await house.refusal(ann)).toEqual([404, 'no_such_room'])
    await (await house.room()).setDeleted(false)
    expect(await house.texts()).toEqual(['a question', 'half a'])
  })

  test('is forgotten after a week, not before, and never while it is open; then its name is free', async () => {
    const house = await House.open()
    await house.post(ann, aside('to be forgotten'))
    const room = await house.room()
    house.stage.now += KEPT_DELETED_MS
    expect(await room.purge()).toBe(false)
    await room.setDeleted(true)
    house.stage.now += KEPT_DELETED_MS - 1
    expect(await room.purge()).toBe(false)
    expect(await room.figures()).toMatchObject({ members: 1, messages: 1 })
    house.stage.now += 1
    await expect(house.inside((object) => (object as unknown as RoomSurface).purge())).rejects.toThrow('the room was forgotten')
    const anew = await house.room()
    expect(await anew.figures()).toBeNull()
    expect(await anew.create('Anew', 'open', bo)).toEqual({ ok: true })
    expect(await anew.open(bo, null)).toMatchObject({ ok: true, value: { snapshot: { messages: [] } } })
    expect(await anew.memberships('ann' as MemberId)).toMatchObject({ refusal: { code: 'not_a_member' } })
  })
})

test('[R15] no object is under a room: whatever claims one opens an ordinary socket, or none', async () => {
  const house = await House.open()
  const claims = { 'x-cf-agents-subagent-url': 'http://x/sub/scripted-room/child/' }
  const response = await (
    await house.room()
  ).fetch(new Request('http://room.invalid/sub/scripted-room/child/', { headers: { upgrade: 'websocket', ...claims } }))
  expect(response.webSocket === null || response.status === 101).toBe(true)
  if (response.webSocket) {
    const closed = new Promise<number>((resolve) => response.webSocket?.addEventListener('close', ({ code }) => resolve(code)))
    response.webSocket.accept()
    expect(await closed).toBeGreaterThanOrEqual(4_000)
  }
  const plain = await (await house.room()).fetch(new Request('http://room.invalid/sub/scripted-room/child/'))
  expect(plain.status).toBe(404)
})
