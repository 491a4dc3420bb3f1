// What Lighthouse makes of a room of fifty messages on its slow telephone: performance of each lane, in a browser that
// holds nothing of Parley yet. Its marks move with the machine; read them beside each other.
import lighthouse from 'lighthouse'
import { chromium } from 'playwright-core'
import { LANES, type LaneName } from '../src/lanes/lanes'
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

export async function judged(place: Place, executablePath: string): Promise<readonly Judgement[]> {
  const [owner] = place.guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  await fill(place.server.url, room, MESSAGES)
  const port = await freePort()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`] })
  const judgements: Judgement[] = []
  for (const lane of LANES) {
    const result = await lighthouse(`${place.server.url}/rooms/${room}/${lane}`, {
      port,
      onlyCategories: ['performance'],
      extraHeaders: { cookie: owner.cookie },
      logLevel: 'silent',
    })
    const audits = result?.lhr.audits
    const score = result?.lhr.categories['performance']?.score
    if (!audits || typeof score !== 'number') throw new Error(`Lighthouse has no opinion of the ${lane} lane`)
    const numberOf = (name: string) => Math.round(audits[name]?.numericValue ?? Number.NaN)
    judgements.push({
      lane,
      performance: Math.round(score * 100),
      largestMs: numberOf('largest-contentful-paint'),
      blockingMs: numberOf('total-blocking-time'),
      shift: audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
    })
  }
  await browser.close()
  return judgements
}
