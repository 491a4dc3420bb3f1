// What a browser must load before it has a room: the page, and the scripts of its lane as a real browser asks for them.
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { gzipSync } from 'node:zlib'
import { chromium, type Response } from 'playwright-core'
import { LANES, type LaneName } from '../src/lanes/lanes'
import type { Guest } from '../tests/support/guest'
import { makeRoom } from '../tests/support/room'
import { percentile } from './ages'
import type { Floor } from './processes'
import type { Place } from './stream'

export interface FirstLoad {
  readonly lane: LaneName
  /** Every script that Chromium fetched of those which the page names before its first byte, and needs before it can be used: bytes as sent gzipped. */
  readonly scriptBytes: number
  readonly scripts: number
  /** Every other that it fetched until it had nothing left to fetch. */
  readonly laterBytes: number
  /** Until the first byte of the warm page, and of as many static bytes from the floor, medians, ms. */
  readonly firstByteMs: number
  readonly staticMs: number
  /** The same for a page of Parley's that asks no room: what RedwoodSDK and the session cost. */
  readonly roomlessMs: number
}

const REPEATS = 40

export async function firstLoads({ server, guests }: Place, floor: Floor, browserPath: string): Promise<readonly FirstLoad[]> {
  const [owner] = guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  const loads: FirstLoad[] = []
  for (const lane of LANES) {
    const address = `${server.url}/rooms/${room}/${lane}`
    const context = await browser.newContext()
    await context.addCookies(cookiesOf(owner))
    const page = await context.newPage()
    const fetched: Response[] = []
    page.on('response', (response) => response.request().resourceType() === 'script' && fetched.push(response))
    const named = (await (await page.goto(address, { waitUntil: 'networkidle' }))?.headerValue('link')) ?? ''
    await page.getByRole('status').filter({ hasText: 'Connected' }).first().waitFor({ state: 'attached' })
    const scripts = await Promise.all(fetched.map(sizeOf))
    const [first = [], later = []] = [true, false].map((isNamed) => scripts.filter(({ path }) => named.includes(`<${path}>`) === isNamed))
    await context.close()
    const bytes = Buffer.byteLength(await (await owner.fetch(address)).text())
    loads.push({
      lane,
      scripts: first.length,
      scriptBytes: sum(first),
      laterBytes: sum(later),
      firstByteMs: await firstByte(address, owner.cookie),
      staticMs: await firstByte(`${floor.origin}/?bytes=${bytes}`),
      roomlessMs: await firstByte(`${server.url}/rooms`, owner.cookie),
    })
  }
  await browser.close()
  return loads
}

interface Script {
  readonly path: string
  readonly bytes: number
}

async function sizeOf(response: Response): Promise<Script> {
  return { path: new URL(response.url()).pathname, bytes: gzipSync(await response.body()).length }
}

function sum(scripts: readonly Script[]): number {
  return scripts.reduce((all, { bytes }) => all + bytes, 0)
}

/** As a browser keeps them: a header that is added to requests does not reach sockets. */
function cookiesOf({ cookie, origin }: Guest): readonly { readonly name: string; readonly value: string; readonly url: string }[] {
  return cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return { name, value: value.join('='), url: origin }
  })
}

async function firstByte(address: string, cookie = ''): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  const times: number[] = []
  for (let n = 0; n < REPEATS; n++) {
    const begun = performance.now()
    const [response] = (await once(get(address, { agent, headers: { cookie } }), 'response')) as [IncomingMessage]
    await once(response, 'readable')
    times.push(performance.now() - begun)
    response.resume()
    await once(response, 'end')
  }
  agent.destroy()
  return percentile(
    // The first quarter warms up.
    times.slice(REPEATS / 4).sort((a, b) => a - b),
    0.5,
  )
}
