// What Lighthouse makes of a room of fifty messages on its slow telephone: performance of each lane, in a browser that
// holds nothing of Parley yet. A mark moves by ten points from one run to the next; of several the one in the middle counts.
import lighthouse from 'lighthouse'
import { chromium } from 'playwright-core'
import { LANES, type LaneName } from '../src/lanes/lanes'
import { cookiesOf, FLAGS } from '../tests/e2e/stage/stage'
import { makeRoom } from '../tests/support/room'
import { fill } from './open'
import { freePort } from './processes'
import type { Place } from './stream'

export interface Judgement {
  readonly lane: LaneName
  /** Of 100. */
  readonly performance: number
  /** Until the largest piece of the page stood, and how long scripts kept it from answering, ms. */
  readonly largestMs: number
  readonly blockingMs: number
  readonly shift: number
}

const MESSAGES = 50
const RUNS = 5

export async function judged(place: Place, executablePath: string): Promise<readonly Judgement[]> {
  const [owner] = place.guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  await fill(place.server.url, room, MESSAGES)
  const port = await freePort()
  // Its sockets take the cookie as well, which a header given to Lighthouse is not sent with.
  const browser = await chromium.launchPersistentContext('', { executablePath, args: [...FLAGS, `--remote-debugging-port=${port}`] })
  await browser.addCookies(cookiesOf(owner))
  const runs: Record<LaneName, Judgement[]> = { rsc: [], agents: [], tinybase: [] }
  for (let run = 0; run < RUNS; run++) for (const lane of LANES) runs[lane].push(await judgement(lane, `${place.server.url}/rooms/${room}/${lane}`, port))
  await browser.close()
  return LANES.map((lane) => middleOf(runs[lane]))
}

async function judgement(lane: LaneName, address: string, port: number): Promise<Judgement> {
  const result = await lighthouse(address, { port, onlyCategories: ['performance'], logLevel: 'silent' })
  const audits = result?.lhr.audits
  const score = result?.lhr.categories['performance']?.score
  if (!audits || typeof score !== 'number') throw new Error(`Lighthouse has no opinion of the ${lane} lane`)
  const numberOf = (name: string) => Math.round(audits[name]?.numericValue ?? Number.NaN)
  return {
    lane,
    performance: Math.round(score * 100),
    largestMs: numberOf('largest-contentful-paint'),
    blockingMs: numberOf('total-blocking-time'),
    shift: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
  }
}

/** The run in the middle, by performance; layout shift is the worst of all. */
function middleOf(runs: readonly Judgement[]): Judgement {
  const middle = [...runs].sort((a, b) => a.performance - b.performance)[Math.floor(runs.length / 2)]
  if (!middle) throw new Error('no run was made')
  return { ...middle, shift: Math.max(...runs.map(({ shift }) => shift)) }
}
