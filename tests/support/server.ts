// The built worker, served by the very process that `npm start` runs, for tests that speak to it from outside.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../../scripts/port.mjs'
import { waitFor } from './wait-for'

const ROOT = resolve(import.meta.dirname, '../..')

/** Nothing of the machine's own settings may reach a test, nor a model that runs on it: a variable that is set to nothing counts as not set. */
const NO_MODEL = {
  MODEL: 'guide',
  MODEL_MAX_OUTPUT_TOKENS: '',
  MODEL_PATIENCE: '',
  MODEL_MAX_SECONDS: '',
  LOCAL_MODELS: '',
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  ANTHROPIC_API_KEY: '',
  ANTHROPIC_BASE_URL: '',
  CLOUDFLARE_ACCOUNT_ID: '',
  CLOUDFLARE_API_TOKEN: '',
  PUBLIC_URL: '',
  HOST: '',
  HOSTS: '',
  TRUST_PROXY: '',
  ALLOW_LOOPBACK: '',
  BETTER_AUTH_SECRET: '',
  GUESTS: '',
}

/** Hundreds of guests and thousands of sockets come from this one address, faster than people do: what limits that is switched on where it is tested. */
const NO_LIMITS = { ADDRESS_LIMITS: 'off', REQUEST_LIMITS: 'off', BUDGETS: 'off' }

type Variables = Readonly<Record<string, string>>

interface ServerOptions {
  readonly env?: Variables
  /** Kept when given; otherwise a directory that goes away with `stop`. */
  readonly dataDir?: string
  /** Any free one unless given. */
  readonly port?: number
  /** Where another release was checked out and built; this one when left out. */
  readonly root?: string
}

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  /** Of the server process, which leads a process group that holds workerd too. Another one after `restart`. */
  readonly pid: number
  /** All that it has said so far. */
  readonly output: string
  /** As if the power failed: server and workerd die at once. Resolves when they have. */
  kill9(): Promise<void>
  /** Starts it again on the same port and data, ending it first when it still runs. */
  restart(env?: Variables): Promise<void>
  /** Ends it, and removes the data when the directory was made here. */
  stop(): Promise<void>
}

/** Resolves when it serves pages; rejects with what it said when it ends before that. */
export async function startServer({ env = {}, ...place }: ServerOptions = {}): Promise<TestServer> {
  const dataDir = place.dataDir ?? (await mkdtemp(join(tmpdir(), 'parley-')))
  let running = await start(env, dataDir, place.port ?? 0, place.root)
  const { port } = running
  return {
    port,
    dataDir,
    url: `http://localhost:${port}`,
    get pid() {
      return running.pid
    },
    get output() {
      return running.output()
    },
    async kill9() {
      await end(running, 'SIGKILL')
      await waitFor('workerd to let go of its port', () =>
        freePort(port).then(
          () => true,
          () => false,
        ),
      )
    },
    async restart(changed = {}) {
      await end(running, 'SIGTERM')
      running = await start({ ...env, ...changed }, dataDir, port, place.root)
    },
    async stop() {
      await end(running, 'SIGTERM')
      if (!place.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

interface Running {
  readonly child: ChildProcess
  readonly pid: number
  readonly port: number
  readonly output: () => string
}

async function start(env: Variables, dataDir: string, port: number, root = ROOT): Promise<Running> {
  const child = spawn(join(root, 'node_modules/node/bin/node'), [join(root, 'scripts/run.mjs')], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...NO_MODEL, ...NO_LIMITS, ...env, DATA_DIR: dataDir, PORT: String(port), PARLEY_OWN_GROUP: '1' },
  })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += String(chunk)))
  child.stderr?.on('data', (chunk) => (output += String(chunk)))
  const ready = await Promise.race([once(child, 'message'), once(child, 'exit')])
  const [message] = ready
  if (!isReady(message) || child.pid === undefined) throw new Error(`the server ended before it was ready:\n${output}`)
  return { child, pid: child.pid, port: message.ready.port, output: () => output }
}

function isReady(message: unknown): message is { readonly ready: { readonly port: number } } {
  return typeof message === 'object' && message !== null && 'ready' in message
}

async function end({ child, pid }: Running, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  process.kill(signal === 'SIGKILL' ? -pid : pid, signal)
  await ended
}
