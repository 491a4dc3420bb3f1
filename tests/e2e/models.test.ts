// What people at a browser read while a model takes its time, and when it fails: by the server's clock, in every lane.
import { describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { barriers, WITH_AXE } from './stage/barriers'
import type { Person } from './stage/person'
import { useStage } from './stage/stage'

const stage = useStage()

/** Into a new room, at a device whose clock is 25 hours ahead, and in the test's hands. */
async function enterWithClock(lane: LaneName): Promise<Person> {
  const owner = await stage.guest('Ann')
  return onDevice(await stage.person(owner), await stage.room(owner), lane, 25)
}

async function onDevice(person: Person, room: RoomId, lane: LaneName, hoursAhead: number): Promise<Person> {
  await person.page.clock.install({ time: Date.now() + hoursAhead * 3_600_000 })
  return person.enter(room, lane)
}

const WAITING = '[data-part="waiting"]'

describe.each(LANES)('%s lane', (lane) => {
  it('[R91] says how long it has been waiting for the model, with Stop; whoever comes later reads the same', async () => {
    const ann = await enterWithClock(lane)
    await ann.say(`[[hold after:0 words:2]] ${lane}`)
    await ann.page.locator(WAITING, { hasText: /^Waiting for the model, ([3-9]|\d\d) s$/ }).waitFor()
    expect(await ann.button('Stop').count()).toBe(1)
    // Not what the reply says.
    expect(await ann.spoken()).toEqual([''])
    const late = await onDevice(await stage.person('Late'), roomOf(ann), lane, 0)
    for (const who of [ann, late]) {
      await who.page.locator(WAITING, { hasText: /^Waiting for the model, ([3-9]|\d\d) s$/ }).waitFor()
      await who.page.clock.fastForward(100_000)
      await who.page.locator(WAITING, { hasText: /^Waiting for the model, 1\d\d s$/ }).waitFor()
    }
    stage.model.release()
    for (const who of [ann, late]) {
      await who.seesReply('complete')
      expect(await who.page.locator(WAITING).count()).toBe(0)
    }
  })

  it('[R91] counts anew when a reply is asked for again, and Stop ends the wait', async () => {
    const ann = await enterWithClock(lane)
    await ann.say(`[[hold after:0 words:2]] stop ${lane}`)
    await ann.page.locator(WAITING).waitFor()
    await ann.page.clock.fastForward(100_000)
    await ann.page.locator(WAITING, { hasText: /, 1\d\d s$/ }).waitFor()
    await ann.button('Stop').click()
    await ann.seesReply('stopped')
    expect(await ann.page.locator(WAITING).count()).toBe(0)
    await ann.button('Retry').click()
    await ann.page.locator(WAITING, { hasText: /, ([3-9]|\d\d) s$/ }).waitFor()
    await ann.button('Stop').click()
    await ann.seesReply('stopped')
  })

  it('[R94] says once when to try again, in one unit, true when read, and gone when that is over', async () => {
    const ann = await enterWithClock(lane)
    await ann.say(`[[fault:429 retry-after:50]] ${lane}`)
    const late = await onDevice(await stage.person('Late'), roomOf(ann), lane, 0)
    for (const who of [ann, late]) {
      await noted(who, /^The language model is asked too much at the moment\. Try again in (\d|[1-4]\d|50) seconds?\.$/)
      await who.page.clock.fastForward(60_000)
      await noted(who, /^The language model is asked too much at the moment\.$/)
    }
    expect(await ann.button('Retry').count()).toBe(1)
    await ann.say(`[[fault:429 retry-after:7200]] ${lane} later`)
    await noted(ann, /^The language model is asked too much at the moment\. Try again in (2 hours|120 minutes)\.$/)
  })

  it('[R93] a gap is told under the reply, which is complete', async () => {
    const owner = await stage.guest('Ann')
    const ann = await stage.person(owner, { room: await stage.room(owner), lane })
    await ann.say(`[[words:4 fault:malformed]] ${lane}`)
    await ann.seesReply('complete')
    await noted(ann, /^Something is missing in this answer: a piece of it could not be read\.$/)
    expect(await ann.button('Retry').count()).toBe(0)
    await ann.reload()
    await noted(ann, /^Something is missing/)
  })
})

it('a room that waits, and one that was told to, has no barrier', async () => {
  const owner = await stage.guest('Ann')
  const ann = await stage.person(owner, { room: await stage.room(owner), lane: 'agents', options: WITH_AXE })
  await ann.say('[[fault:429 retry-after:600]] be told')
  await ann.say('[[words:4 fault:malformed]] with a gap')
  await ann.say('[[hold after:0 words:2]] wait')
  await ann.page.locator(WAITING).waitFor()
  expect(await barriers(ann)).toEqual([])
  await ann.button('Stop').click()
})

/** Waits until the newest note says this. */
async function noted(who: Person, words: RegExp): Promise<void> {
  await who.log.locator('[data-part="notice"] p', { hasText: words }).last().waitFor()
}

function roomOf(who: Person): RoomId {
  return new URL(who.page.url()).pathname.split('/')[2] as RoomId
}
