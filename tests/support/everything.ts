// The reference server of the Model Context Protocol, which nobody here wrote, over HTTP on this machine; and a build of it that was changed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort } from '../../scripts/port.mjs'
import { waitFor } from './wait-for'

const MODULES = resolve(import.meta.dirname, '../../node_modules')
const BUILD = join(MODULES, '@modelcontextprotocol/server-everything/dist')

export interface Everything {
  readonly address: string
  stop(): Promise<void>
}

/** `port`: any free one unless given. `change`: what one of its files says from now on. */
export async function startEverything({ port: wanted = 0, change }: { readonly port?: number; readonly change?: Change } = {}): Promise<Everything> {
  const port = await freePort(wanted)
  const build = change ? changed(change) : null
  const env = { PATH: process.env['PATH'], PORT: String(port) }
  const child = spawn(process.execPath, [join(build ?? BUILD, 'index.js'), 'streamableHttp'], { env, stdio: 'ignore' })
  const address = `http://localhost:${port}/mcp`
  await waitFor('the server of everything', async () => (await fetch(address).catch(() => null))?.status === 400)
  return {
    address,
    stop: async () => {
      await end(child)
      if (build) rmSync(build, { recursive: true, force: true })
    },
  }
}

export interface Change {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Beside the packages that it needs. */
function changed({ file, from, to }: Change): string {
  const build = mkdtempSync(join(MODULES, '.everything-'))
  cpSync(BUILD, build, { recursive: true })
  writeFileSync(join(build, 'package.json'), '{"type":"module"}')
  const before = readFileSync(join(build, file), 'utf8')
  if (!before.includes(from)) throw new Error(`${file} does not say ${from}`)
  writeFileSync(join(build, file), before.replace(from, to))
  return build
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
