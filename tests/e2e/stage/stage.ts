// Where the browser tests take place: the world of the lane contract (built worker, scripted model) and one real
// Chromium, for all the tests of a file. Everybody has a browser context of their own, which ends with the test, or with
// its group of tests for residents.
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core'
import { findBrowser } from '../../../scripts/browser.mjs'
import type { RoomId } from '../../../src/conversation/ids'
import type { LaneName } from '../../../src/lanes/lanes'
import { World } from '../../lane-contract/world'
import type { Guest } from '../../support/guest'
import { Guard } from './guard'
import { Person } from './person'
import { photograph } from './photograph'

/** A name of this machine that is not localhost: over plain HTTP a page there is not secure, and lacks what browsers keep for those. */
export const PLAIN_HOST = 'chat.test'

/** A browser that minds its own business: no sandbox in containers, no traffic but the test's. */
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
]

/** A condition that has not come by then will not, ms. */
const PATIENCE_MS = 20_000

export interface Visit {
  readonly room?: RoomId
  readonly lane?: LaneName
  readonly options?: BrowserContextOptions
  /** Runs in every page before its own scripts. */
  readonly beforeScripts?: () => void
}

export class Stage {
  private world: World | null = null
  private browser: Browser | null = null
  private guards: Guard[] = []
  private readonly residents = new Set<BrowserContext>()

  get server() {
    return this.open().server
  }

  get model() {
    return this.open().model
  }

  /** `env`: settings of the server. */
  async begin(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const executablePath = await findBrowser()
    if (!executablePath) throw new Error('no Chromium here: `npm test` installs one, or name yours with PARLEY_BROWSER=/path/to/chromium')
    const [world, browser] = await Promise.all([World.begin({ HOSTS: PLAIN_HOST, ...env }), chromium.launch({ executablePath, args: FLAGS })])
    this.world = world
    this.browser = browser
  }

  async end(): Promise<void> {
    await this.browser?.close()
    await this.world?.end()
  }

  /** Ends a test: nobody but residents stays, and whatever a console said that was not expected is answered. */
  async clear(): Promise<readonly string[]> {
    const troubles = this.guards.flatMap((guard) => guard.take())
    const gone = this.opened()
      .contexts()
      .filter((context) => !this.residents.has(context))
    this.guards = this.guards.filter((guard) => this.residents.has(guard.context))
    await Promise.all(gone.map((context) => context.close()))
    this.world?.leaveAll()
    return troubles
  }

  pages() {
    return this.browser?.contexts().flatMap((context) => context.pages()) ?? []
  }

  guest(name: string): Promise<Guest> {
    return this.open().guest(name)
  }

  room(owner: Guest): Promise<RoomId> {
    return this.open().room(owner)
  }

  get join() {
    const world = this.open()
    return world.join.bind(world)
  }

  /** Somebody at a browser, not signed in. */
  stranger(visit: Visit = {}): Promise<Person> {
    return this.atBrowser(null, visit)
  }

  /** Somebody at a browser, signed in, and in a room when one is given. */
  async person(who: Guest | string, visit: Visit = {}): Promise<Person> {
    const guest = typeof who === 'string' ? await this.guest(who) : who
    const person = await this.atBrowser(guest, visit)
    await person.context.addCookies(cookiesOf(guest))
    const { room, lane } = visit
    if (room && lane) await person.enter(room, lane)
    return person
  }

  /** Somebody who stays for several tests, each in a room of its own: opening a browser costs more than entering a room. */
  async resident(name: string, visit: Visit = {}): Promise<Person> {
    const person = await this.person(name, visit)
    this.residents.add(person.context)
    return person
  }

  async depart({ context }: Person): Promise<void> {
    this.residents.delete(context)
    this.guards = this.guards.filter((guard) => guard.context !== context)
    await context.close()
  }

  private async atBrowser(guest: Guest | null, { options = {}, beforeScripts }: Visit): Promise<Person> {
    const context = await this.opened().newContext({ baseURL: this.server.url, ...options })
    context.setDefaultTimeout(PATIENCE_MS)
    const guard = new Guard(guest?.name ?? 'a stranger', context)
    this.guards.push(guard)
    if (beforeScripts) await context.addInitScript(beforeScripts)
    return new Person(guest, context, await context.newPage(), guard)
  }

  private open(): World {
    if (!this.world) throw new Error('the stage has not begun')
    return this.world
  }

  private opened(): Browser {
    if (!this.browser) throw new Error('the stage has not begun')
    return this.browser
  }
}

/** The stage of a test file, with its beginning and its end. */
export function useStage(env?: Readonly<Record<string, string>>): Stage {
  const stage = new Stage()
  beforeAll(() => stage.begin(env))
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await photograph(task.name, stage.pages())
    expect(await stage.clear(), 'what a browser console said').toEqual([])
  })
  afterAll(() => stage.end())
  return stage
}

export function cookiesOf({ cookie, origin }: Guest) {
  return cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: origin, httpOnly: true }
  })
}
