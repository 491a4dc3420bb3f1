// Opening a room, whatever its past: bytes and time until the newest message can be read.
import { performance } from 'node:perf_hooks'
import { gunzipSync, gzipSync } from 'node:zlib'
import { newMessageId, type RoomId } from '../src/conversation/ids'
import { PAGE_SIZE } from '../src/conversation/page'
import { LANES, type LaneName } from '../src/lanes/lanes'
import { DRIVERS } from '../tests/lane-contract/drivers'
import { Participant } from '../tests/lane-contract/participant'
import { signInAsGuest, type Guest } from '../tests/support/guest'
import { makeRoom } from '../tests/support/room'
import { percentile } from './ages'
import { cpuOf } from './processes'
import type { Place } from './stream'

export interface Opening {
  readonly lane: LaneName
  readonly messages: number
  /** The page's HTML, which holds the newest messages: bytes, and as sent compressed. */
  readonly htmlBytes: number
  readonly gzipBytes: number
  /** The server's for one page, mean of CPU_REPEATS, ms. */
  readonly cpuMs: number
  /** Until the last byte of it, median of REPEATS, ms. */
  readonly htmlMs: number
  /** What the socket then sends a client that has the page. */
  readonly joinBytes: number
  /** Fifty at the same moment: until the last had its page, ms. */
  readonly fiftyMs: number
  /** One older page. */
  readonly earlierMs: number
}

const REPEATS = 15
/** CPU is counted in hundredths of a second. */
const CPU_REPEATS = 100
/** Within what one person may say at once. */
const EACH_SAYS = 90

export async function openings(place: Place, sizes: readonly number[]): Promise<readonly Opening[]> {
  const [owner] = place.guests
  if (!owner) throw new Error('nobody is here')
  const found: Opening[] = []
  for (const messages of sizes) {
    const room = await makeRoom(owner)
    await fill(place.server.url, room, messages)
    for (const lane of LANES) found.push(await open(place, owner, room, lane, messages))
  }
  return found
}

async function open(place: Place, owner: Guest, room: RoomId, lane: LaneName, messages: number): Promise<Opening> {
  const url = new URL(`/rooms/${room}/${lane}`, owner.origin)
  const load = async () => {
    const begun = performance.now()
    const html = await (await owner.fetch(url)).text()
    if (!html.includes(`message ${label(messages)}`)) throw new Error('the newest message is not in the page: the run is invalid')
    return { html, ms: performance.now() - begun }
  }
  await load()
  const times: number[] = []
  let html = ''
  for (let n = 0; n < REPEATS; n++) {
    const loaded = await load()
    times.push(loaded.ms)
    html = loaded.html
  }
  const cpu = cpuOf(place.server.pid)
  for (let n = 0; n < CPU_REPEATS; n++) await load()
  const cpuMs = (cpuOf(place.server.pid) - cpu) / CPU_REPEATS
  const begun = performance.now()
  await Promise.all(Array.from({ length: 50 }, load))
  const fiftyMs = performance.now() - begun
  const who = await new Participant(DRIVERS[lane], owner, room).connected()
  await who.until('a page', () => who.messages().length === Math.min(PAGE_SIZE, messages))
  const joinBytes = who.meter.bytes
  const asked = performance.now()
  await who.client.loadEarlier()
  const earlierMs = performance.now() - asked
  who.close()
  const gzip = gzipSync(html)
  if (gunzipSync(gzip).length !== Buffer.byteLength(html)) throw new Error('gzip lost something')
  return {
    lane,
    messages,
    htmlBytes: Buffer.byteLength(html),
    gzipBytes: gzip.length,
    cpuMs,
    htmlMs: percentile(
      times.sort((a, b) => a - b),
      0.5,
    ),
    joinBytes,
    fiftyMs,
    earlierMs,
  }
}

export async function fill(url: string, room: RoomId, messages: number): Promise<void> {
  for (let first = 1; first <= messages; first += EACH_SAYS) {
    const who = await new Participant(DRIVERS.agents, await signInAsGuest(url, 'Filler'), room).connected()
    for (let n = first; n <= Math.min(messages, first + EACH_SAYS - 1); n++)
      who.client.post(`@Filler message ${label(n)} ${'of some length '.repeat(4)}`, newMessageId())
    await who.until('acknowledged', () => who.client.getState().pending.length === 0)
    who.close()
  }
}

function label(n: number): string {
  return String(n).padStart(7, '0')
}
