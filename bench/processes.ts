// The processes of a measurement, and what they cost: CPU time and peak memory of workerd, from /proc.
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'

/** The kernel counts CPU time in ticks of a hundredth of a second. */
const MS_PER_CLOCK_TICK = 10

export interface Spoken {
  /** When each token was said, ms since 1970. */
  readonly said: readonly number[]
}

export interface Model {
  readonly url: string
  /** The times of the next answer to end. */
  next(): Promise<Spoken>
  stop(): Promise<void>
}

interface Said {
  readonly tokens: readonly string[]
  readonly everyMs: number
}

/** `replies`: each by the words that ask for it; the one by no words answers everything else. */
export async function startModel(replies: Readonly<Record<string, Said>>): Promise<Model> {
  const child = fork(resolve('bench/model.mjs'), [JSON.stringify(replies)])
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const ready: Spoken[] = []
  child.on('message', (message) => ready.push(message as Spoken))
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async next() {
      while (ready.length === 0) await once(child, 'message')
      const spoken = ready.shift()
      if (!spoken) throw new Error('the model said nothing')
      return spoken
    },
    stop: () => end(child),
  }
}

export interface Floor {
  readonly origin: string
  readonly pid: number
  stop(): Promise<void>
}

export async function startFloor(modelUrl: string): Promise<Floor> {
  const port = await freePort()
  const child = fork(resolve('bench/floor/serve.mjs'), [`${modelUrl}/chat/completions`, String(port)])
  await once(child, 'message')
  return { origin: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop: () => end(child) }
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill()
  await exit
}

/** One that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('a port has a number')
  return address.port
}

/** CPU time of every workerd below this process, user and system, ms. */
export function cpuOf(pid: number): number {
  return workerdsBelow(pid).reduce((sum, id) => {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return sum + (Number(fields[11]) + Number(fields[12])) * MS_PER_CLOCK_TICK
  }, 0)
}

/** The most memory that any workerd below this process ever held, MB. */
export function peakMemoryOf(pid: number): number {
  return Math.max(0, ...workerdsBelow(pid).map((id) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024))
}

function workerdsBelow(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !existsSync(`/proc/${name}/stat`)) continue
    parents.set(Number(name), parentOf(name))
  }
  const isBelow = (id: number): boolean => id === pid || (id > 1 && isBelow(parents.get(id) ?? 0))
  return [...parents.keys()].filter((id) => isBelow(id) && isWorkerd(id))
}

/** 0 for a process that ended while we looked. */
function parentOf(id: string): number {
  try {
    return Number(readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return 0
  }
}

function isWorkerd(id: number): boolean {
  try {
    return readFileSync(`/proc/${id}/comm`, 'utf8').trim() === 'workerd'
  } catch {
    return false
  }
}
