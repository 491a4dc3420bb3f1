// Frames that no client would send: broken, enormous, endless. The socket that sends them ends with the code that says
// why; the room goes on serving everybody else, while it runs and afterwards.
import { describe, expect, it } from 'vitest'
import { newMessageId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import { masked, RawTcp } from './raw-tcp'
import { useScene, type Scene } from './scene'

const CONTINUATION = 0x0
const TEXT = 0x1
const BINARY = 0x2

const FLOOD = 10_000

let scene: Scene
useScene((set) => (scene = set))

describe.each(LANES)('over a %s socket', (lane) => {
  async function closeAfter(...bytes: readonly Uint8Array[]): Promise<number> {
    const raw = await RawTcp.join(scene.attacker, scene.room, lane)
    for (const piece of bytes) raw.bytes(piece)
    const code = await raw.closed()
    raw.destroy()
    return code
  }

  it('[R16] binary where text is due closes with 1007', async () => {
    expect(await closeAfter(masked(BINARY, Buffer.from(JSON.stringify({ type: 'post', id: newMessageId(), text: 'forged' }))))).toBe(1007)
    expect(await closeAfter(masked(BINARY, new Uint8Array()))).toBe(1007)
  })

  it('[R16] a frame over 64 Ki closes with 1009, in one piece or in many', async () => {
    expect(await closeAfter(masked(TEXT, Buffer.alloc(64 * 1024 + 1, 'x')))).toBe(1009)
    expect(await closeAfter(masked(TEXT, Buffer.alloc(1024 * 1024, 'x')))).toBe(1009)
    const pieces = Array.from({ length: 80 }, (_, at) => masked(at === 0 ? TEXT : CONTINUATION, Buffer.alloc(1024, 'x'), at === 79))
    expect(await closeAfter(...pieces)).toBe(1009)
  })

  it('[R16] what is no WebSocket frame at all ends the connection', async () => {
    // A reserved opcode; reserved bits; a continuation of nothing; a frame that is not masked; one that announces 2^62 bytes.
    for (const bytes of [
      [0x83, 0x80, 0, 0, 0, 0],
      [0xf1, 0x80, 0, 0, 0, 0],
      [0x80, 0x80, 0, 0, 0, 0],
      [0x81, 0x01, 0x78],
      [0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ])
      expect([1002, 1006, 1007, 1009], bytes.join(' ')).toContain(await closeAfter(Uint8Array.from(bytes)))
  })

  it('[R16] half a frame, and then nothing, holds nobody up', async () => {
    const raw = await RawTcp.join(scene.attacker, scene.room, lane)
    raw.bytes(masked(TEXT, Buffer.alloc(1_000, 'x')).subarray(0, 20))
    await scene.serves()
    raw.destroy()
  })

  it(`[R14] [R16] ${FLOOD} frames as fast as they go are closed, and the others are served meanwhile`, async () => {
    const raw = await RawTcp.join(await scene.world.guest('Flo'), scene.room, lane)
    const frame = masked(TEXT, Buffer.from('{"type":"typing"}'))
    raw.bytes(Buffer.concat(Array.from({ length: FLOOD }, () => frame)))
    await scene.serves()
    expect(await raw.closed()).toBe(lane === 'rsc' ? 1007 : 1013)
    raw.destroy()
    await scene.serves()
  })
})

describe.each(['agents', 'tinybase'] as const)('over a %s socket', (lane) => {
  it('[L2] a clock in a post refuses it whole: now, in five minutes, in the year 2100', async () => {
    // Not in the name of whoever has just been sent away for a while.
    const raw = await RawTcp.join(await scene.world.guest('Moll'), scene.room, lane)
    for (const at of [Date.now(), Date.now() + 300_000, 4_102_444_800_000])
      for (const clock of [{ createdAt: at }, { time: at }, { version: at }, { seq: at }, { hlc: 'zzzzzzzzzzzzzzzz' }, { metadata: { createdAt: at } }])
        raw.text(JSON.stringify({ type: 'post', id: newMessageId(), text: 'forged', ...clock }))
    for (const version of [-1, 1.5, 1e300, '1', null]) raw.text(JSON.stringify({ type: 'since', version }))
    raw.text('ping')
    await raw.hears('pong')
    raw.destroy()
  })

  it('[R4] a version that the room never had is answered with what is there', async () => {
    const raw = await RawTcp.join(await scene.world.guest('Moll'), scene.room, lane)
    raw.text(JSON.stringify({ type: 'since', version: Number.MAX_SAFE_INTEGER }))
    raw.text('ping')
    await raw.hears('pong')
    raw.destroy()
  })
})
