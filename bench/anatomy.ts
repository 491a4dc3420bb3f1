// Of what the cost of opening a room is made: pages that need ever more of what a room's page needs, and the first of them
// after a restart.
import { performance } from 'node:perf_hooks'
import { makeRoom } from '../tests/support/room'
import { signInAsGuest } from '../tests/support/guest'
import { startServer } from '../tests/support/server'
import { percentile } from './ages'
import { fill } from './open'
import { cpuOf, type Floor } from './processes'
import type { Place } from './stream'

export interface Anatomy {
  readonly pages: readonly PageCost[]
  /** The first page of a room of fifty messages after a restart, and the same when a page without a room came before it, medians, ms. */
  readonly firstOpenMs: number
  readonly secondPageMs: number
}

interface PageCost {
  readonly page: string
  readonly htmlBytes: number
  /** The server's, mean of REPEATS, ms. */
  readonly cpuMs: number
}

/** Of the server's CPU for one open, and for the first after a restart: ms. */
export const OPEN_MARK_MS = 8
export const FIRST_OPEN_MARK_MS = 30

/** The runtime compiles what runs often: a page is measured when it is as quick as it becomes. */
const WARM_UP = 150
const REPEATS = 200
const RESTARTS = 7

export async function anatomy({ server, guests }: Place, floor: Floor): Promise<Anatomy> {
  const [owner] = guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  await fill(server.url, room, 50)
  const roomPage = `${server.url}/rooms/${room}/agents`
  const bytes = Buffer.byteLength(await (await owner.fetch(roomPage)).text())
  return {
    pages: [
      await cost('as many bytes from the floor', floor.pid, () => fetch(`${floor.origin}/?bytes=${bytes}`)),
      await cost('the sign-in page, to a stranger', server.pid, () => fetch(`${server.url}/`)),
      await cost('a page that is not there, to somebody signed in', server.pid, () => owner.fetch(`${server.url}/rooms/${room}/nothing`)),
      await cost('a room of fifty messages', server.pid, () => owner.fetch(roomPage)),
    ],
    ...(await firstOpens()),
  }
}

async function cost(page: string, pid: number, load: () => Promise<Response>): Promise<PageCost> {
  let htmlBytes = 0
  for (let n = 0; n < WARM_UP; n++) htmlBytes = Buffer.byteLength(await (await load()).text())
  const before = cpuOf(pid)
  for (let n = 0; n < REPEATS; n++) await (await load()).text()
  return { page, htmlBytes, cpuMs: (cpuOf(pid) - before) / REPEATS }
}

async function firstOpens(): Promise<Pick<Anatomy, 'firstOpenMs' | 'secondPageMs'>> {
  const server = await startServer()
  try {
    const guest = await signInAsGuest(server.url, 'Ann')
    const room = await makeRoom(guest)
    await fill(server.url, room, 50)
    const load = async (path: string) => {
      const begun = performance.now()
      await (await guest.fetch(`${server.url}${path}`)).text()
      return performance.now() - begun
    }
    const first: number[] = []
    const second: number[] = []
    for (let n = 0; n < RESTARTS; n++) {
      await server.restart()
      first.push(await load(`/rooms/${room}/agents`))
      await server.restart()
      await load(`/rooms/${room}/nothing`)
      second.push(await load(`/rooms/${room}/agents`))
    }
    return { firstOpenMs: median(first), secondPageMs: median(second) }
  } finally {
    await server.stop()
  }
}

function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}
