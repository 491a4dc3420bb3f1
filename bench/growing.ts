// What a growing reply costs its reader's browser: main thread and script per token of replies of several lengths, and in a
// room of which many messages were loaded; what a key costs there that is pressed. In CPU time of the browser's main thread,
// after a reply's first moments and before its last. Another release can be measured beside this one.
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import type { RoomId } from '../src/conversation/ids'
import { LANES, type LaneName } from '../src/lanes/lanes'
import { signInAsGuest, type Guest } from '../tests/support/guest'
import { makeRoom } from '../tests/support/room'
import { startServer, type TestServer } from '../tests/support/server'
import { markdownTokens } from './markdown-reply'
import { startModel, type Model } from './processes'

export interface Grown {
  readonly release: string
  readonly lane: LaneName
  /** Of the reply. */
  readonly tokens: number
  /** In the room when it began. */
  readonly messages: number
  /** Of the main thread's CPU, and of it in scripts, ms. */
  readonly mainPerToken: number
  readonly scriptPerToken: number
  /** Of the main thread's time, while so many tokens come per second as were said. */
  readonly share: number
  /** The longest task from the first token to the end of the reply, of the thread's CPU, ms: by the clock a busy machine makes tasks long in which nothing is done. */
  readonly longestMs: number
}

export interface Typed {
  readonly release: string
  readonly lane: LaneName
  readonly messages: number
  /** Of the main thread's CPU, ms. */
  readonly perKey: number
}

export interface Growing {
  readonly replies: readonly Grown[]
  readonly keys: readonly Typed[]
}

const PER_SECOND = 150
const LENGTHS = [500, 3_000, 10_000]
const ROOMS = [50, 2_000]
/** Left out at both ends of a reply, ms. */
const EDGE = 700
const KEYS = 60
/** A guest says so many, and then another does: nobody is limited. */
const EACH_SAYS = 15

/** `root`: where another release was checked out and built; this one when left out. `tell` hears of each measurement. */
export async function growing(executablePath: string, tell: (what: string) => void, release = 'this', root?: string): Promise<Growing> {
  const model = await startModel(Object.fromEntries(LENGTHS.map((tokens) => [nameOf(tokens), { tokens: markdownTokens(tokens), everyMs: 1_000 / PER_SECOND }])))
  const server = await startServer({ env: { MODEL: 'openai:bench', OPENAI_BASE_URL: model.url }, ...(root ? { root } : {}) })
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  const replies: Grown[] = []
  const keys: Typed[] = []
  try {
    for (const lane of LANES) {
      for (const tokens of LENGTHS) {
        const screen = await Screen.open(browser, server, model, await roomOf(server, 0), lane)
        replies.push({ release, lane, messages: 0, ...(await screen.measure(tokens)) })
        await screen.close()
        tell(inWords(replies.at(-1)))
      }
      for (const messages of ROOMS) {
        const screen = await Screen.open(browser, server, model, await roomOf(server, messages), lane)
        await screen.loadAll(messages)
        keys.push({ release, lane, messages, perKey: await screen.type() })
        replies.push({ release, lane, messages, ...(await screen.measure(LENGTHS[0] ?? 0)) })
        await screen.close()
        tell(`${inWords(replies.at(-1))}; ${keys.at(-1)?.perKey.toFixed(1)} ms per key`)
      }
    }
  } finally {
    await browser.close()
    await server.stop()
    await model.stop()
  }
  return { replies, keys }
}

function inWords(run: Grown | undefined): string {
  if (!run) return ''
  const { release, lane, tokens, messages, mainPerToken, scriptPerToken, share, longestMs } = run
  return `${release}, ${lane}, ${tokens} tokens after ${messages} messages: ${mainPerToken.toFixed(2)} ms per token, ${scriptPerToken.toFixed(2)} of script, ${(100 * share).toFixed(0)} % of the thread, longest task ${Math.round(longestMs)} ms`
}

function nameOf(tokens: number): string {
  return `reply of ${tokens} tokens`
}

interface RoomWithPast {
  readonly owner: Guest
  readonly room: RoomId
}

async function roomOf(server: TestServer, messages: number): Promise<RoomWithPast> {
  const owner = await signInAsGuest(server.url, 'Ann')
  const room = await makeRoom(owner)
  const long = markdownTokens(60).join('')
  for (let first = 0; first < messages; first += EACH_SAYS) {
    const texts = Array.from(
      { length: Math.min(EACH_SAYS, messages - first) },
      (_, at) => `@Filler message ${first + at}. ${at % 5 === 0 ? long : 'Of some length. '.repeat(4)}`,
    )
    await say(await signInAsGuest(server.url, 'Filler'), room, texts)
  }
  return { owner, room }
}

/** Over a bare socket, which every release understands. */
async function say({ origin, cookie }: Guest, room: RoomId, texts: readonly string[]): Promise<void> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rooms/${room}/agents/socket`, { headers: { cookie, origin } } as unknown as string[])
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  await new Promise<void>((resolve) => {
    let waiting = texts.length
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (!data.includes('"acknowledged"')) return
      waiting -= data.split('"acknowledged"').length - 1
      if (waiting <= 0) resolve()
    })
    for (const text of texts) socket.send(JSON.stringify({ type: 'post', id: crypto.randomUUID(), text }))
  })
  socket.close()
}

/** A room in a browser of its own. */
class Screen {
  private readonly page: Page
  private readonly cdp: CDPSession
  private readonly model: Model
  private readonly browser: Browser

  private constructor(browser: Browser, page: Page, cdp: CDPSession, model: Model) {
    this.browser = browser
    this.page = page
    this.cdp = cdp
    this.model = model
  }

  static async open(browser: Browser, { url }: TestServer, model: Model, { owner, room }: RoomWithPast, lane: LaneName): Promise<Screen> {
    const context = await browser.newContext({ viewport: { width: 1_200, height: 800 } })
    await context.addCookies(
      owner.cookie.split('; ').map((pair) => {
        const [name = '', ...value] = pair.split('=')
        return { name, value: value.join('='), url: owner.origin }
      }),
    )
    const page = await context.newPage()
    await page.goto(`${url}/rooms/${room}/${lane}`, { waitUntil: 'networkidle' })
    await page.getByRole('status').filter({ hasText: 'Connected' }).first().waitFor({ state: 'attached' })
    const cdp = await context.newCDPSession(page)
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new Screen(browser, page, cdp, model)
  }

  close(): Promise<void> {
    return this.page.context().close()
  }

  /** Asks for earlier messages until all are here. */
  async loadAll(messages: number): Promise<void> {
    for (let shown = await this.count(); shown < messages;) {
      await this.page.getByRole('button', { name: 'Load earlier messages' }).click()
      shown = await this.until(async () => {
        const now = await this.count()
        return now > shown ? now : null
      })
    }
    // Everybody comes to the end again before anything is measured.
    await this.page.getByRole('log').evaluate((log) => {
      log.scrollTop = log.scrollHeight
    })
    await rest(1_000)
  }

  /** What a key costs that is pressed in the composer, ms of the main thread. */
  async type(): Promise<number> {
    const composer = this.page.getByRole('textbox', { name: 'Message', exact: true })
    await composer.click()
    await rest(500)
    const before = await this.metrics()
    await this.page.keyboard.type('a'.repeat(KEYS), { delay: 50 })
    const after = await this.metrics()
    await composer.fill('')
    return (1_000 * (after.TaskDuration - before.TaskDuration)) / KEYS
  }

  async measure(tokens: number): Promise<Pick<Grown, 'tokens' | 'mainPerToken' | 'scriptPerToken' | 'share' | 'longestMs'>> {
    const said = this.model.next()
    await this.page.getByRole('textbox', { name: 'Message', exact: true }).fill(nameOf(tokens))
    await this.page.keyboard.press('Enter')
    await this.until(
      async () => (await this.page.locator('article[data-status="streaming"] [data-part="text"] p, article[data-status="streaming"] h2').count()) || null,
    )
    await this.browser.startTracing(this.page, { categories: ['toplevel'] })
    await rest(EDGE)
    const lengthBefore = await this.length()
    const before = await this.metrics()
    await rest((1_000 * tokens) / PER_SECOND - 3 * EDGE)
    const after = await this.metrics()
    const lengthAfter = await this.length()
    await said
    await this.until(async () => ((await this.page.locator('article[data-status="streaming"]').count()) === 0 ? true : null))
    await rest(EDGE)
    const longestMs = longestTask(await this.browser.stopTracing())
    const length = await this.length()
    // A browser that drew nothing meanwhile is asked once it has drawn it all.
    const [until, shown] = lengthAfter > lengthBefore ? [after, lengthAfter] : [await this.metrics(), length]
    const main = until.TaskDuration - before.TaskDuration
    // So many were drawn: a machine that is busy begins late.
    const drawn = (tokens * (shown - lengthBefore)) / length
    return {
      tokens,
      mainPerToken: (1_000 * main) / drawn,
      scriptPerToken: (1_000 * (until.ScriptDuration - before.ScriptDuration)) / drawn,
      share: (main * PER_SECOND) / drawn,
      longestMs,
    }
  }

  /** Of what the newest reply shows, in characters. */
  private length(): Promise<number> {
    return this.page
      .locator('article[data-author-kind="agent"] [data-part="text"]')
      .last()
      .evaluate((text) => text.textContent.length)
  }

  private count(): Promise<number> {
    return this.page.locator('article').count()
  }

  /** Asks the page seldom: asking costs it time too. */
  private async until<T>(ask: () => Promise<T | null>): Promise<T> {
    for (let tries = 0; tries < 600; tries += 1) {
      const answer = await ask()
      if (answer !== null) return answer
      await rest(100)
    }
    throw new Error('the page did not come to what was waited for within a minute')
  }

  private async metrics(): Promise<{ readonly TaskDuration: number; readonly ScriptDuration: number }> {
    const { metrics } = await this.cdp.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
    return { TaskDuration: of('TaskDuration'), ScriptDuration: of('ScriptDuration') }
  }
}

/** Of a trace of tasks: the longest of the main thread that did most, ms of its CPU. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] }
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(threadOf))
  const tasks = Map.groupBy(
    traceEvents.filter((event) => event.name.endsWith('RunTask') && mains.has(threadOf(event))),
    threadOf,
  )
  const [busiest = []] = [...tasks.values()].sort((a, b) => b.length - a.length)
  if (busiest.length === 0) throw new Error('the browser told of no task')
  return busiest.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur / 1_000), 0)
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** µs of the thread's CPU. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}:${tid}`
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
