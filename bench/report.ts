// What was measured, as a page for people: tables with ratios to the floor, the budgets, and charts.
import { type AtOnce, MOST_FRAMES } from './agents-at-once'
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { tickMs } from '../src/room/ticks/outbox'
import { type Anatomy, FIRST_OPEN_MARK_MS, OPEN_MARK_MS } from './anatomy'
import { lineChart } from './chart'
import type { Change } from './changes'
import type { FirstLoad } from './first-load'
import type { Growing } from './growing'
import { MARK_MS, type Hostility } from './hostile'
import type { Idle } from './idle'
import type { Judgement } from './lighthouse'
import type { Opening } from './open'
import type { Rush } from './rush'
import type { Streamed } from './stream'

export interface Results {
  readonly streams: readonly Streamed[]
  readonly together: readonly AtOnce[]
  readonly joins: readonly Rush[]
  readonly storms: readonly Rush[]
  readonly openings: readonly Opening[]
  readonly anatomy: Anatomy
  readonly hostile: readonly Hostility[]
  /** Empty where there is no Chromium. */
  readonly growing: Growing
  readonly changes: readonly Change[]
  readonly idle: Idle
  /** Empty where there is no Chromium. */
  readonly loads: readonly FirstLoad[]
  /** Likewise. */
  readonly judgements: readonly Judgement[]
  readonly devStartMs: number
}

export function report(results: Results): { readonly markdown: string; readonly charts: Readonly<Record<string, string>> } {
  const { streams, together, joins, storms, openings, hostile, idle, loads, judgements } = results
  const floor = (clients: number) => streams.find((run) => run.lane === 'floor' && run.clients === clients)
  const sections = [
    `# Measurements\n\nWritten by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Everything in one run: ratios mean something, milliseconds are this machine's.\n\n${machine()}`,
    "## One reply\n\n400 tokens of 21 bytes at 100 per second, from a model over HTTP, to N clients. *Bytes* are what one client receives, prompt and all, as a multiple of the text itself. *Age* is from the moment the model said a token to the moment a client's state shows it. *CPU* is the server's for the whole reply; the floor is the least a Durable Object can do: same model, same tick, same saves, one table, no rooms. 10 and 200 clients were run several times, one lane after the other; each figure is the median. *Peak* is the most memory that the server has held since it started, so it never falls.",
    table(
      ['lane', 'N', 'frames', 'bytes ÷ text', 'age p50 ms', 'age p99 ms', 'first token ms', 'CPU ms', 'CPU ÷ floor', 'peak MB'],
      streams.map((run) => [
        run.lane,
        run.clients,
        round(run.framesPerClient),
        fixed(run.bytesPerText, 2),
        round(run.ageP50),
        round(run.ageP99),
        round(run.firstToken),
        round(run.cpuMs),
        fixed(run.cpuMs / (floor(run.clients)?.cpuMs ?? Number.NaN), 2),
        round(run.peakMB),
      ]),
    ),
    '![CPU per reply](charts/cpu.svg)\n\n![Age of tokens](charts/age.svg)',
    `### Budgets\n\n${budgets(results, floor)}\n\n${LIMITS}`,
    '## Three agents at once, 200 clients\n\nThree agents of a room answer one message, each the whole text, beside one agent alone in the same run. Mark: at most 1.1 times the frames of one.',
    togetherTable(together),
    '## Opening a room',
    table(
      ['lane', 'messages', 'HTML bytes', 'gzipped', 'CPU ms', 'HTML ms', 'join bytes, nothing seen', '50 at once ms', 'older page ms'],
      openings.map((o) => [
        o.lane,
        o.messages,
        o.htmlBytes,
        o.gzipBytes,
        fixed(o.cpuMs, 1),
        round(o.htmlMs),
        o.joinBytes,
        round(o.fiftyMs),
        round(o.earlierMs),
      ]),
    ),
    '### Of what an open is made\n\nPages that need ever more of what a room needs, in the order of the table, warm: what a row costs above the one before it is what it adds. The last rows are the first page of a room after a restart, by the clock, and the same when a page without a room came before it. [Decision 43](decisions/0043-what-an-open-costs.md) has the profile.',
    anatomyTable(results.anatomy),
    '## The first load\n\nA warm page, and the scripts that Chromium fetches for it. *At first*: what the page names before its first byte, and needs before it can be used. *Later*: what it fetches then, which is what reads Markdown; code to colour would ask for 24 kB more. *Static*: as many bytes, known beforehand, from the floor. *Roomless*: a page of Parley’s that asks no room, which is what RedwoodSDK and reading the session cost.\n\nThe budget of twice a static page is not met, and cannot be by a page that asks who is there: a roomless page reads the session from D1 and renders next to nothing, and is several static pages already. The rest is one question to the directory, one to the room, and the page around the messages, which were rendered once for everybody.',
    loadTable(loads),
    "## As Lighthouse judges it\n\nA room of fifty messages on Lighthouse's slow telephone, nothing of Parley in the browser yet. The middle of five runs: performance is of 100 and moves by ten from one to the next; 90 is the mark.",
    judgementTable(judgements),
    `A cold \`npm run dev\`, nothing prepared, answers with its first room after ${fixed(results.devStartMs / 1000, 0)} s.`,
    `## Growing replies in a browser\n\nReplies of Markdown at 150 tokens per second, in a browser of their own: CPU time of its main thread, after the first moments of a reply and before its last. So is the longest task, from the first token to the end: by the clock a busy machine makes tasks long in which nothing is done. Then the same of 500 tokens where so many messages were loaded before, and what a key costs there that is pressed in the composer. Marks: at most 1.2 times the shortest, 0.6 ms of script per token, 35 % of the thread and no task of 50 ms at 3,000 tokens; a room of 2,000 like one of 50.`,
    growingTable(results.growing),
    '## Fifty clients join half-way through a reply',
    rushTable(joins),
    '## Two hundred clients are dropped at once and come back\n\nThe clients spread their return over the first second by themselves.',
    rushTable(storms),
    `## Hostile texts\n\nThe longest that a post in another room waited, in ms, while a text of 32,000 characters was posted, loaded in each lane and on the compare page, and put to the guide. The mark is ${MARK_MS} ms above quiet.`,
    hostileTable(hostile),
    '## Records and amendments\n\nWhat changes beside the messages, to 200 clients of a lane: the bytes that each of them is sent, against the change itself as JSON. Written once and encoded once for each lane.',
    changesTable(results.changes),
    `## Idle\n\n${idle.clients} clients of all lanes saying nothing for ${idle.seconds} s: ${round(idle.cpuMs)} ms of CPU, which is ${fixed(idle.cpuMs / idle.seconds / 10, 2)} % of a core for the whole server. Pings are answered by the runtime.`,
  ]
  return {
    markdown: `${sections.join('\n\n')}\n`,
    charts: { cpu: chartOf(streams, 'Server CPU per reply, ms', (run) => run.cpuMs), age: chartOf(streams, 'Token age p50, ms', (run) => run.ageP50) },
  }
}

/** The quiet figure is the first. */
export function togetherTable(found: readonly AtOnce[]): string {
  return table(
    ['lane', 'frames of one', 'of three', 'ratio', 'bytes ÷ text of one', 'of three', 'ratio', 'CPU ms', 'age p50 ms', `frames ≤ ${MOST_FRAMES}`],
    found.map(({ alone, together, frames, bytes }) => [
      together.lane,
      round(alone.framesPerClient),
      round(together.framesPerClient),
      fixed(frames, 2),
      fixed(alone.bytesPerText, 2),
      fixed(together.bytesPerText, 2),
      fixed(bytes, 2),
      round(together.cpuMs),
      round(together.ageP50),
      frames <= MOST_FRAMES ? 'yes' : 'no',
    ]),
  )
}

export function hostileTable(found: readonly Hostility[]): string {
  const mark = Math.max(found[0]?.posted ?? 0, found[0]?.loaded ?? 0, found[0]?.asked ?? 0) + MARK_MS
  const marked = (ms: number) => `${round(ms)} ${ms <= mark ? '✓' : '✗'}`
  return table(
    ['text', 'posted', 'loaded', 'put to the guide', 'longest load ms', 'largest page, bytes'],
    found.map((text) => [text.name.replaceAll('|', '¦'), marked(text.posted), marked(text.loaded), marked(text.asked), round(text.loadMs), text.pageBytes]),
  )
}

interface Budget {
  readonly bytes: number
  readonly cpu: number
  readonly age: number
}

const BUDGETS: Readonly<Record<string, Budget>> = {
  agents: { bytes: 1.2, cpu: 1.35, age: 12 },
  tinybase: { bytes: 2.2, cpu: 1.45, age: 12 },
  rsc: { bytes: 2.6, cpu: 1.7, age: 15 },
}
/** Bytes to open the fullest room against the emptiest. */
const OPENING = 1.05
const SCRIPT_BYTES = 150_000

/** What the figures cannot say by themselves. */
const LIMITS = `Rows written per reply: at most 10, as [tests/workerd/streaming.test.ts](../tests/workerd/streaming.test.ts) asserts.

The age at 200 clients is half a tick, which is 25 ms there, and what the machine needs to hand 200 frames to 200 clients on the same two cores: see the floor's own. \`npm run bench -- --profile\` shows where a room's CPU goes.`

/** Per token as a multiple of the shortest reply's, and of the smallest room's, of the same lane and release. */
export function growingTable({ replies, keys }: Growing): string {
  const same = <T extends { readonly release: string; readonly lane: string }>(runs: readonly T[], run: T) =>
    runs.filter(({ release, lane }) => release === run.release && lane === run.lane)
  const inEmpty = replies.filter(({ messages }) => messages === 0)
  const inRooms = replies.filter(({ messages }) => messages > 0)
  return [
    table(
      ['release', 'lane', 'tokens', 'main thread ms per token', 'script ms per token', 'of the thread %', '÷ shortest', 'longest task ms'],
      inEmpty.map((run) => [
        run.release,
        run.lane,
        run.tokens,
        fixed(run.mainPerToken, 2),
        fixed(run.scriptPerToken, 2),
        round(100 * run.share),
        fixed(run.mainPerToken / (same(inEmpty, run)[0]?.mainPerToken ?? Number.NaN), 2),
        round(run.longestMs),
      ]),
    ),
    table(
      ['release', 'lane', 'messages loaded', 'main thread ms per token', 'of the thread %', '÷ smallest', 'ms per key', '÷ smallest', 'longest task ms'],
      inRooms.map((run) => {
        const key = same(keys, { ...run, perKey: 0 })
        const own = key.find(({ messages }) => messages === run.messages)?.perKey ?? Number.NaN
        return [
          run.release,
          run.lane,
          run.messages,
          fixed(run.mainPerToken, 2),
          round(100 * run.share),
          fixed(run.mainPerToken / (same(inRooms, run)[0]?.mainPerToken ?? Number.NaN), 2),
          fixed(own, 1),
          fixed(own / (key[0]?.perKey ?? Number.NaN), 2),
          round(run.longestMs),
        ]
      }),
    ),
  ].join('\n\n')
}

export function changesTable(found: readonly Change[]): string {
  return table(
    ['lane', 'what', 'N', 'its own bytes', 'bytes per client', '÷ its own', 'frames'],
    found.map((change) => [
      change.lane,
      change.what,
      change.clients,
      round(change.bytes),
      round(change.bytesPerClient),
      fixed(change.bytesPerClient / change.bytes, 2),
      fixed(change.framesPerClient, 1),
    ]),
  )
}

export function loadTable(loads: readonly FirstLoad[]): string {
  return table(
    ['lane', 'scripts at first', 'bytes gzipped', 'bytes later', 'first byte ms', 'roomless ms', 'static ms'],
    loads.map(({ lane, scripts, scriptBytes, laterBytes, firstByteMs, roomlessMs, staticMs }) => [
      lane,
      scripts,
      scriptBytes,
      laterBytes,
      fixed(firstByteMs, 1),
      fixed(roomlessMs, 1),
      fixed(staticMs, 1),
    ]),
  )
}

function budgets({ streams, openings, loads }: Results, floor: (clients: number) => Streamed | undefined): string {
  const run = (lane: string, clients: number) => streams.find((known) => known.lane === lane && known.clients === clients)
  const half = tickMs(200) / 2 + 10
  const rows = Object.entries(BUDGETS).map(([lane, budget]) => {
    const [ten, many] = [run(lane, 10), run(lane, 200)]
    return [
      lane,
      against(many?.bytesPerText, budget.bytes, 2),
      against(many && many.cpuMs / (floor(200)?.cpuMs ?? Number.NaN), budget.cpu, 2),
      against(ten?.ageP50, budget.age, 0),
      against(many?.ageP50, half, 0),
      against(openingRatio(openings, lane), OPENING, 2),
      against(loads.find((load) => load.lane === lane)?.scriptBytes, SCRIPT_BYTES, 0),
    ]
  })
  const floorRow = [
    'floor',
    fixed(run('floor', 200)?.bytesPerText ?? Number.NaN, 2),
    '1',
    fixed(run('floor', 10)?.ageP50 ?? Number.NaN, 0),
    fixed(run('floor', 200)?.ageP50 ?? Number.NaN, 0),
    '',
    '',
  ]
  return table(
    ['lane', 'bytes ÷ text at 200', 'CPU ÷ floor at 200', 'age p50 at 10', 'age p50 at 200', 'opening, fullest ÷ emptiest', 'scripts, bytes gzipped'],
    [...rows, floorRow],
  )
}

/** What the page and its socket send for the fullest room that was opened, against the emptiest. */
function openingRatio(openings: readonly Opening[], lane: string): number | undefined {
  const [emptiest, ...fuller] = openings.filter((opening) => opening.lane === lane).toSorted((a, b) => a.messages - b.messages)
  const fullest = fuller.at(-1)
  return emptiest && fullest ? (fullest.htmlBytes + fullest.joinBytes) / (emptiest.htmlBytes + emptiest.joinBytes) : undefined
}

function against(measured: number | undefined, budget: number, digits: number): string {
  if (measured === undefined) return 'not measured'
  return `${fixed(measured, digits)} of ${fixed(budget, digits)} ${measured <= budget ? '✓' : '✗'}`
}

/** Also what `--only lighthouse` prints. */
export function judgementTable(judgements: readonly Judgement[]): string {
  return table(
    ['lane', 'performance', 'largest piece ms', 'blocked ms', 'layout shift'],
    judgements.map((j) => [j.lane, `${j.performance} ${j.performance >= 90 ? '✓' : '✗'}`, j.largestMs, j.blockingMs, fixed(j.shift, 3)]),
  )
}

function rushTable(rushes: readonly Rush[]): string {
  return table(
    ['lane', 'clients', 'until the last ms', 'bytes per client', 'CPU ms'],
    rushes.map((r) => [r.lane, r.clients, round(r.ms), round(r.bytesPerClient), round(r.cpuMs)]),
  )
}

function chartOf(streams: readonly Streamed[], title: string, value: (run: Streamed) => number): string {
  const names = [...new Set(streams.map(({ lane }) => lane))].filter((lane) => lane !== 'mixed')
  return lineChart(
    title,
    names.map((name) => ({ name, points: streams.filter(({ lane }) => lane === name).map((run) => ({ x: run.clients, y: value(run) })) })),
  )
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function machine(): string {
  const version = (name: string) =>
    execFileSync(process.execPath, ['-p', `require('./node_modules/${name}/package.json').version`], { encoding: 'utf8' }).trim()
  const packages = ['workerd', 'rwsdk', 'agents', 'tinybase', 'react', 'ai'].map((name) => `${name} ${version(name)}`).join(', ')
  return `Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, clients and server together. Node ${process.versions.node}, ${packages}.`
}

function round(value: number): number {
  return Math.round(value)
}

function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}

export function anatomyTable({ pages, firstOpenMs, secondPageMs }: Anatomy): string {
  const last = pages.length - 1
  return [
    table(
      ['page', 'HTML bytes', 'CPU ms'],
      pages.map(({ page, htmlBytes, cpuMs }, at) => [page, htmlBytes, at === last ? against(cpuMs, OPEN_MARK_MS, 1) : fixed(cpuMs, 1)]),
    ),
    table(
      ['after a restart', 'ms'],
      [
        ['the first page is a room', against(firstOpenMs, FIRST_OPEN_MARK_MS, 0)],
        ['the second page is', round(secondPageMs)],
      ],
    ),
  ].join('\n\n')
}
