// The power fails: the server is killed in mid-reply and started again on the same data, with clients of all lanes
// looking on. What was acknowledged is there once; every reply ends; everybody agrees.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from './drivers'
import type { Participant } from './participant'
import { World } from './world'

let world: World

beforeAll(async () => {
  world = await World.begin()
})
afterEach(() => world.leaveAll())
afterAll(() => world.end())

describe('kill -9', () => {
  it('[R1] [R9] [L6] loses no acknowledged message, doubles none, and every reply goes on to its end', async () => {
    const owner = await world.guest('Ann')
    const room = await world.room(owner)
    const everybody: Participant[] = []
    for (const lane of LANES) everybody.push(await world.join(DRIVERS[lane], room, lane === 'rsc' ? owner : `Person ${lane}`))
    const [first] = everybody
    if (!first) throw new Error('there are lanes')

    for (const who of everybody) who.client.post(`[[words:400 delay:10]] ${who.lane}`)
    for (const who of everybody) await who.until('three replies have begun', () => replies(who).filter((message) => textOf(message).length > 60).length === 3)
    await Promise.all(everybody.map((who) => who.until('acknowledged', () => who.client.getState().pending.length === 0)))
    const acknowledged = first
      .messages()
      .filter(({ role }) => role === 'user')
      .map(({ id }) => id)
    expect(acknowledged).toHaveLength(3)

    await world.server.kill9()
    for (const who of everybody) await who.until('notices', () => who.client.getState().connection !== 'connected')
    const late = first.client.post('@Ann written while the power was out')
    await world.server.restart()

    for (const who of everybody) await who.connected()
    for (const who of everybody) {
      await who.sees('written while the power was out')
      await who.until('every reply has ended', () => replies(who).length === 3 && replies(who).every(({ metadata }) => metadata.status !== 'streaming'))
    }
    const fresh = await world.join(DRIVERS.agents, room, 'Fresh')
    await fresh.until('everything', () => fresh.messages().length === 7)
    for (const who of everybody) expect(who.shown()).toEqual(fresh.shown())
    const people = fresh
      .messages()
      .filter(({ role }) => role === 'user')
      .map(({ id }) => id)
    expect(people).toEqual([...acknowledged, late])
    for (const reply of replies(fresh)) expect(reply.metadata.status, reply.metadata.failure?.text).toBe('complete')
    // The model goes on exactly where the saved text ends, so nothing may be said twice or left out.
    const whole = Array.from({ length: 400 }, (_, at) => `word${at + 1}`).join(' ')
    for (const reply of replies(fresh)) expect(textOf(reply)).toBe(whole)
  })
})

function replies(who: Participant) {
  return who.messages().filter(({ role }) => role === 'assistant')
}
