// Networks that come and go, and a server that dies. Everybody finds their way back by themselves.
import { describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import { watchGrowth } from './stage/growth'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** What Chromium logs when it cannot reach the server. */
const NO_NETWORK = /net::ERR_|WebSocket connection to .* failed/

describe.each(LANES)('%s lane', (lane) => {
  it('[L3] [L6] says that it is offline; then what was missed comes, and what was written goes, once', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { room, lane })
    const bo = (await stage.person('Bo', { room, lane })).expects(NO_NETWORK)
    await bo.context.setOffline(true)
    await bo.is('Offline')
    await ann.say('@Ann while Bo was away')
    await ann.say('@Ann and once more')
    await ann.sees('and once more')
    await bo.say('@Ann written offline')
    await bo.articles.and(bo.page.locator('[data-status="pending"]')).waitFor()
    expect(await bo.articles.count()).toBe(1)
    await bo.context.setOffline(false)
    await bo.is('Connected')
    for (const who of [ann, bo]) {
      await who.sees('and once more')
      await who.sees('written offline')
      await who.settled()
    }
    expect(await ann.articles.count()).toBe(3)
    expect(await bo.shown()).toEqual(await ann.shown())
  })
})

describe('the server', () => {
  it('[L6] [R9] dies in mid-reply and returns: every lane comes back by itself, and the reply goes on to its end, once', async () => {
    const { room, everybody } = await oneInEachLane()
    const [rosa] = everybody
    await rosa?.say('[[words:40 hold after:20]] go')
    for (const who of everybody) await who.sees('word20')
    await stage.server.kill9()
    for (const who of everybody) await who.is('Reconnecting')
    await stage.server.restart()
    for (const who of everybody) await who.is('Connected')
    await stage.model.held()
    stage.model.release()
    for (const who of everybody) {
      await who.seesReply('complete')
      expect(await who.spoken()).toEqual([Array.from({ length: 40 }, (_, at) => `word${at + 1}`).join(' ')])
    }
    const late = await stage.person('Late', { room, lane: 'rsc' })
    for (const who of everybody) expect(await who.shown()).toEqual(await late.shown())
  })

  it('[L3] [L6] is away while something is written: it arrives once, in every lane', async () => {
    const { everybody } = await oneInEachLane()
    await stage.server.kill9()
    for (const who of everybody) {
      await who.is('Reconnecting')
      await who.say(`@${who.name} from ${who.name}`)
    }
    await stage.server.restart()
    for (const who of everybody) {
      for (const { name } of everybody) await who.sees(`from ${name}`)
      await who.settled()
      expect(await who.articles.count()).toBe(everybody.length)
    }
    const [rosa, ...others] = everybody
    for (const who of others) expect(await who.shown()).toEqual(await rosa?.shown())
  })
})

async function oneInEachLane(): Promise<{ readonly room: RoomId; readonly everybody: readonly Person[] }> {
  const owner = await stage.guest('Rosa')
  const room = await stage.room(owner)
  const guests = [owner, 'Agnes', 'Tina']
  const everybody = await Promise.all(LANES.map((lane, index) => stage.person(guests[index] ?? lane, { room, lane, beforeScripts: watchGrowth })))
  return { room, everybody: everybody.map((who) => who.expects(NO_NETWORK)) }
}
