// What was measured, as a page for people: tables with ratios to the floor, the budgets, and charts.
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { tickMs } from '../src/room/outbox'
import { lineChart } from './chart'
import type { Idle } from './idle'
import type { Opening } from './open'
import type { Rush } from './rush'
import type { Streamed } from './stream'

export interface Results {
  readonly streams: readonly Streamed[]
  readonly together: readonly Streamed[]
  readonly joins: readonly Rush[]
  readonly storms: readonly Rush[]
  readonly openings: readonly Opening[]
  readonly idle: Idle
}

export function report(results: Results): { readonly markdown: string; readonly charts: Readonly<Record<string, string>> } {
  const { streams, together, joins, storms, openings, idle } = results
  const floor = (clients: number) => streams.find((run) => run.lane === 'floor' && run.clients === clients)
  const sections = [
    `# Measurements\n\nWritten by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Everything in one run: ratios mean something, milliseconds are this machine's.\n\n${machine()}`,
    "## One reply\n\n400 tokens of 21 bytes at 100 per second, from a model over HTTP, to N clients. *Bytes* are what one client receives, prompt and all, as a multiple of the text itself. *Age* is from the moment the model said a token to the moment a client's state shows it. *CPU* is the server's for the whole reply; the floor is the least a Durable Object can do: same model, same tick, same saves, one table, no rooms.",
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
    `### Budgets\n\n${budgets(streams, floor)}`,
    '## Three replies at once, 200 clients',
    table(
      ['lane', 'frames', 'bytes ÷ text', 'CPU ms', 'age p50 ms'],
      together.map((run) => [run.lane, round(run.framesPerClient), fixed(run.bytesPerText, 2), round(run.cpuMs), round(run.ageP50)]),
    ),
    '## Opening a room',
    table(
      ['lane', 'messages', 'HTML bytes', 'gzipped', 'HTML ms', 'join bytes, nothing seen', '50 at once ms', 'older page ms'],
      openings.map((o) => [o.lane, o.messages, o.htmlBytes, o.gzipBytes, round(o.htmlMs), o.joinBytes, round(o.fiftyMs), round(o.earlierMs)]),
    ),
    '## Fifty clients join half-way through a reply',
    rushTable(joins),
    '## Two hundred clients are dropped at once and come back\n\nThe clients spread their return over the first second by themselves.',
    rushTable(storms),
    `## Idle\n\n${idle.clients} clients of all lanes saying nothing for ${idle.seconds} s: ${round(idle.cpuMs)} ms of CPU, which is ${fixed(idle.cpuMs / idle.seconds / 10, 2)} % of a core for the whole server. Pings are answered by the runtime.`,
  ]
  return {
    markdown: `${sections.join('\n\n')}\n`,
    charts: { cpu: chartOf(streams, 'Server CPU per reply, ms', (run) => run.cpuMs), age: chartOf(streams, 'Token age p50, ms', (run) => run.ageP50) },
  }
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

function budgets(streams: readonly Streamed[], floor: (clients: number) => Streamed | undefined): string {
  const run = (lane: string, clients: number) => streams.find((known) => known.lane === lane && known.clients === clients)
  return table(
    ['lane', 'bytes at 200', 'CPU ÷ floor at 200', 'age p50 at 10', 'age p50 at 200'],
    Object.entries(BUDGETS).map(([lane, budget]) => {
      const [ten, many] = [run(lane, 10), run(lane, 200)]
      const half = tickMs(200) / 2 + 10
      return [
        lane,
        against(many?.bytesPerText, budget.bytes, 2),
        against(many && many.cpuMs / (floor(200)?.cpuMs ?? Number.NaN), budget.cpu, 2),
        against(ten?.ageP50, budget.age, 0),
        against(many?.ageP50, half, 0),
      ]
    }),
  )
}

function against(measured: number | undefined, budget: number, digits: number): string {
  if (measured === undefined) return 'not measured'
  return `${fixed(measured, digits)} of ${fixed(budget, digits)} ${measured <= budget ? '✓' : '✗'}`
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
