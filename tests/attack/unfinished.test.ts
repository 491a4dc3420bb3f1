// Frames that are begun and never ended. The runtime holds what has come of one before any code of ours hears of it: how
// much that may be is its own bound, and how many there may be is ours.
import { expect, it } from 'vitest'
import { OVER_ALL_ROOMS } from '../../src/limits/limits'
import { residentBytes } from './workerd'
import { masked, RawTcp } from './raw-tcp'
import { useScene, type Scene } from './scene'

const CONTINUATION = 0x0
const TEXT = 0x1
const MEGABYTE = 1024 * 1024
/** What workerd holds of one message, at most. */
const MOST_HELD = 32 * MEGABYTE

let scene: Scene
useScene((set) => (scene = set))

it('[R61] of one frame no more than 32 MiB are held: then its socket ends, and everybody else is served', async () => {
  const raw = await RawTcp.join(scene.attacker, scene.room, 'agents')
  let sent = 0
  while (sent <= MOST_HELD + MEGABYTE && !raw.socket.destroyed) {
    raw.bytes(masked(sent === 0 ? TEXT : CONTINUATION, Buffer.alloc(MEGABYTE, 'x'), false))
    sent += MEGABYTE
  }
  expect([1006, 1009]).toContain(await raw.closed())
  raw.destroy()
  await scene.serves()
})

it('[R61] eight of them hold what was sent, and let go of it when they end', async () => {
  const before = residentBytes(scene.world.server.pid)
  const raws = await Promise.all(Array.from({ length: 8 }, () => RawTcp.join(scene.attacker, scene.room, 'agents')))
  for (const raw of raws) {
    for (let n = 0; n < 20; n++) raw.bytes(masked(n === 0 ? TEXT : CONTINUATION, Buffer.alloc(MEGABYTE, 'x'), false))
    // All of it has left.
    await expect.poll(() => raw.socket.writableLength).toBe(0)
  }
  await scene.serves()
  const held = residentBytes(scene.world.server.pid)
  // So much for each: what remains to be bounded is how many there are.
  if (before !== null && held !== null) expect(held - before).toBeLessThan(8 * MOST_HELD * 2)
  expect(OVER_ALL_ROOMS.person).toBeLessThanOrEqual(100)
  for (const raw of raws) raw.destroy()
  await scene.serves()
})
