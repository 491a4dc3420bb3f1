// Upgrades that break off, and upgrades that race with the loss of the right to them: by TCP's own reset, at every moment
// that there is. Nobody is left in the room who is not there, and nobody hears who may not.
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { LANES, type LaneName } from '../../src/lanes/lanes'
import { FIRST_WORD_MS, MAX_SOCKETS_OF_PERSON } from '../../src/limits/limits'
import { DRIVERS } from '../lane-contract/drivers'
import type { Guest } from '../support/guest'
import { RawTcp } from './raw-tcp'
import { useScene, type Scene } from './scene'
import { upgradeFrom } from './visitor'

let scene: Scene
useScene((set) => (scene = set))

const HOME = '203.0.113.9'

function post(who: Guest, path: string, fields: Readonly<Record<string, string>> = {}) {
  return who.fetch(`${scene.origin}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) })
}

async function whoIsThere(room: RoomId): Promise<readonly string[]> {
  const response = await scene.owner.fetch(`${scene.origin}/rooms/${room}/here`)
  return (await response.json<readonly { readonly id: string }[]>()).map(({ id }) => id)
}

/** Begins an upgrade and resets its connection so long after. */
async function brokenOff(who: Guest, room: RoomId, lane: LaneName, afterMs: number): Promise<void> {
  const raw = await upgradeFrom(HOME, who, room, lane)
  await pause(afterMs)
  raw.socket.resetAndDestroy()
}

describe.each(LANES)('%s lane', (lane) => {
  it('[R39] upgrades that are reset under way leave nobody behind: places are free again within 30 seconds, by themselves', async () => {
    const room = await scene.world.room(scene.owner)
    const watcher = await scene.world.join(DRIVERS[lane], room, scene.owner)
    const ghost = await scene.world.guest('Ghost')
    for (let round = 0; round < 6; round++) {
      await Promise.all(Array.from({ length: 20 }, (_, at) => brokenOff(ghost, room, lane, 1 + at * 2)))
    }
    // Nobody posts or comes meanwhile.
    await expect.poll(() => whoIsThere(room), { timeout: FIRST_WORD_MS + 15_000 }).toEqual([scene.owner.id])
    await watcher.until('so', (who) => who.client.getState().here.every(({ kind, id }) => kind === 'agent' || id === scene.owner.id))
    // All forty of them.
    const raws = await Promise.all(Array.from({ length: MAX_SOCKETS_OF_PERSON }, () => RawTcp.join(ghost, room, lane)))
    expect(await Promise.all(raws.map((raw) => raw.status()))).toEqual(raws.map(() => 101))
    for (const raw of raws) raw.destroy()
  })

  it.each<[string, (mallory: Guest, room: RoomId) => Promise<Response>]>([
    ['removed', (mallory, room) => post(scene.owner, `/rooms/${room}/members`, { remove: mallory.id })],
    ['signed out', (mallory) => post(mallory, '/sign-out')],
    ['shut out with everybody, the room being deleted', (_, room) => post(scene.owner, `/rooms/${room}/delete`)],
  ])('[R38] [L10] nobody who is %s while thirty of their sockets open keeps one', async (_, end) => {
    for (let round = 0; round < 3; round++) {
      const room = await scene.world.room(scene.owner)
      const owner = await scene.world.join(DRIVERS.agents, room, scene.owner)
      // A member: who was never in an open room cannot be removed from it.
      const known = await scene.world.join(DRIVERS.agents, room, 'Mal')
      known.close()
      const mallory = known.guest
      const opening = Array.from({ length: 30 }, async (_each, at) => {
        await pause(at)
        return upgradeFrom(HOME, mallory, room, lane)
      })
      await pause(5 + round * 6)
      expect((await end(mallory, room)).status).toBe(200)
      const raws = await Promise.all(opening)
      owner.client.post('@Ann for members only')
      for (const raw of raws) {
        // Refused, or closed with 1008: none of them waits for more.
        if ((await raw.status()) === 101) expect(await raw.closed()).toBe(1008)
        expect(raw.count('for members only')).toBe(0)
        raw.destroy()
      }
      owner.close()
    }
  })
})
