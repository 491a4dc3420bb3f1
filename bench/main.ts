// `npm run bench`: every scenario in one run, beside the floor, so that the ratios are of the same machine in the same
// hour. `--quick` leaves out the largest sizes; `--profile` only tells where the CPU of a reply goes, and `--only` runs one of
// agents, changes, growing, hostile, lighthouse, loads and openings. `--beside DIR` measures growing replies in another release as well.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from '../scripts/browser.mjs'
import { LANES } from '../src/lanes/lanes'
import { startServer } from '../tests/support/server'
import { anatomy } from './anatomy'
import { agentsAtOnce } from './agents-at-once'
import { changes } from './changes'
import { coldDevStart } from './dev-start'
import { firstLoads } from './first-load'
import { growing, type Growing } from './growing'
import { hostilities } from './hostile'
import { idle } from './idle'
import { judged } from './lighthouse'
import { openings } from './open'
import { freePort, startFloor, startModel } from './processes'
import { profile } from './profile'
import { joinInMidReply, reconnectStorm } from './rush'
import { anatomyTable, changesTable, growingTable, hostileTable, judgementTable, loadTable, report, togetherTable, type Results } from './report'
import { replyOf } from './scenario'
import { guestsOf, stream, streamFloor, typical, type Place, type Streamed } from './stream'

if (process.argv.join(' ').includes('--only hostile')) {
  const found = await hostilities(({ name, posted, loaded, asked }) => say(`${name}: ${[posted, loaded, asked].map(Math.round).join(', ')}`))
  console.log(`\n${hostileTable(found)}`)
  process.exit(0)
}

if (process.argv.join(' ').includes('--only changes')) {
  console.log(`\n${changesTable(await changes(say))}`)
  process.exit(0)
}

if (process.argv.join(' ').includes('--only growing')) {
  console.log(`\n${growingTable(await grown(await findBrowser()))}`)
  process.exit(0)
}

const quick = process.argv.includes('--quick')
const SIZES = quick ? [1, 10, 50, 200] : [1, 10, 50, 200, 1_000]
/** The sizes that have budgets are run several times. */
const ROUNDS: Readonly<Record<number, number>> = { 10: 3, 200: 5 }
const reply = replyOf(400, 100)
const browserPath = await findBrowser()
const profiling = process.argv.includes('--profile')
const inspectorPort = profiling ? await freePort() : null

/** First, because it touches what the others are built of. */
const devStartMs = profiling || process.argv.includes('--only') ? 0 : await told('a cold `npm run dev`', coldDevStart)
const model = await startModel({ '': reply })
const floor = await startFloor(model.url)
const server = await startServer({
  env: { MODEL: 'openai:bench', OPENAI_BASE_URL: model.url, ...(inspectorPort ? { PARLEY_INSPECTOR_PORT: String(inspectorPort) } : {}) },
})
const place: Place = { server, model, guests: await guestsOf(server) }

say('warming up')
await streamFloor(floor, model, 5, reply)
for (const lane of LANES) await stream(place, [lane], 5, reply)
if (inspectorPort) {
  console.log(`\n${await profile(place, inspectorPort, reply)}`)
  await stop()
  process.exit(0)
}

if (process.argv.join(' ').includes('--only lighthouse')) {
  if (browserPath) console.log(`\n${judgementTable(await judged(place, browserPath))}`)
  await stop()
  process.exit(0)
}

if (process.argv.join(' ').includes('--only agents')) {
  console.log(`\n${togetherTable(await agentsAtOnce(place, quick ? 50 : 200, reply, say))}`)
  await stop()
  process.exit(0)
}

if (process.argv.join(' ').includes('--only loads')) {
  if (browserPath) console.log(`\n${loadTable(await firstLoads(place, floor, browserPath))}`)
  await stop()
  process.exit(0)
}

if (process.argv.join(' ').includes('--only openings')) {
  for (const { lane, messages, htmlBytes, gzipBytes, cpuMs, htmlMs, joinBytes } of await openings(place, [50]))
    say(
      `${lane}, ${messages} messages: ${htmlBytes} bytes of HTML, ${gzipBytes} gzipped, ${cpuMs.toFixed(1)} ms of CPU, ${htmlMs.toFixed(1)} ms; ${joinBytes} bytes to a client that saw nothing`,
    )
  for (const { lane, clients, bytesPerClient } of await joinInMidReply(place, reply))
    say(`${lane}, ${clients} join in mid-reply: ${Math.round(bytesPerClient)} bytes each`)
  console.log(`\n${anatomyTable(await anatomy(place, floor))}`)
  await stop()
  process.exit(0)
}

const streams: Streamed[] = []
for (const clients of SIZES) {
  const runs: Streamed[] = []
  for (let round = 0; round < (ROUNDS[clients] ?? 1); round++) {
    runs.push(await told(`floor, ${clients} clients`, () => streamFloor(floor, model, clients, reply)))
    for (const lane of LANES) runs.push(await told(`${lane}, ${clients} clients`, () => stream(place, [lane], clients, reply)))
  }
  streams.push(...[...Map.groupBy(runs, ({ lane }) => lane).values()].map(typical))
}
streams.push(await told('three lanes, 201 clients', () => stream(place, LANES, 201, reply)))
const together = await told('three agents at once, 200 clients', () => agentsAtOnce(place, 200, reply, say))

const results: Results = {
  devStartMs,
  streams,
  together,
  joins: await told('50 joiners in mid-reply', () => joinInMidReply(place, reply)),
  storms: await told('200 clients dropped at once', () => reconnectStorm(place)),
  openings: await told('opening rooms', () => openings(place, quick ? [50, 2_000] : [50, 2_000, 10_000, 100_000])),
  anatomy: await told('what an open is made of', () => anatomy(place, floor)),
  loads: browserPath ? await told('first loads', () => firstLoads(place, floor, browserPath)) : [],
  judgements: browserPath ? await told('Lighthouse', () => judged(place, browserPath)) : [],
  hostile: await told('hostile texts', hostilities),
  growing: await told('growing replies in a browser', () => grown(browserPath)),
  changes: await told('a record and an amendment to 200 clients', () => changes(say)),
  idle: await told('200 clients saying nothing for a minute', () => idle(place)),
}
await stop()
const { markdown, charts } = report(results)
writeFileSync('docs/measurements.json', `${JSON.stringify(results, null, 1)}\n`)
writeFileSync('docs/measurements.md', markdown)
for (const [name, svg] of Object.entries(charts)) writeFileSync(`docs/charts/${name}.svg`, svg)
console.log(`\n${markdown}`)

/** `--beside DIR` measures the release that was checked out and built there as well. */
async function grown(browser: string | null): Promise<Growing> {
  if (!browser) return { replies: [], keys: [] }
  const other = process.argv[process.argv.indexOf('--beside') + 1]
  const here = await growing(browser, say)
  if (!process.argv.includes('--beside') || other === undefined) return here
  const there = await growing(browser, say, releaseOf(other), other)
  return { replies: [...here.replies, ...there.replies], keys: [...here.keys, ...there.keys] }
}

function releaseOf(directory: string): string {
  return (JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string }).version
}

async function stop(): Promise<void> {
  await server.stop()
  await floor.stop()
  await model.stop()
}

async function told<T>(what: string, measure: () => Promise<T>): Promise<T> {
  say(what)
  return measure()
}

function say(what: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)}  ${what}`)
}
