// Every kind of page, as the judges that sites are measured by see it: valid HTML, nothing that Lighthouse finds wrong with
// access or practice, and nothing that moves while it loads.
import { HtmlValidate } from 'html-validate/node'
import lighthouse from 'lighthouse'
import { chromium, type BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'
import { freePort } from '../../bench/processes'
import type { RoomId } from '../../src/conversation/ids'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'
import { cookiesOf, FLAGS } from './stage/stage'

const PAGES = [
  'the sign-in page',
  ...LANES.map((lane) => `a room in the ${lane} lane`),
  'the compare page',
  'the agents of a room',
  'the form of a new agent',
  'the memory of a room',
  'the schedules of a room',
  'the audit of a room',
  'the costs of a room',
  'the members of a room',
  'the question whether to remove somebody',
  'a deleted room',
  'the page of the instance',
  'the form for a new room',
  'all rooms',
  'a refusal',
] as const

const RICH = `[[echo]] ## What I found

\`\`\`ts
const lanes = ['rsc', 'agents'] // and one more
\`\`\`

| lane | frames |
| --- | ---: |
| rsc | 67 |

- [x] done, with a [link](https://example.com)`

/** By the page that adds it. */
const KEPT = {
  memory: { fact: 'Tea is at four.' },
  schedules: { when: 'every day at 9', task: 'What did I miss?', agent: 'parley' },
}

/** What takes time and is not asked for here; and a page of ours is loaded when its scripts are. */
const QUICK = {
  disableStorageReset: true,
  disableFullPageScreenshot: true,
  skipAboutBlank: true,
  maxWaitForFcp: 30_000,
  maxWaitForLoad: 15_000,
  pauseAfterFcpMs: 250,
  pauseAfterLoadMs: 250,
  networkQuietThresholdMs: 1_000,
  cpuQuietThresholdMs: 1_000,
}

let world: World
let owner: Guest
let room: RoomId
let deleted: RoomId
let bo: Guest
let browser: BrowserContext
let port: number

beforeAll(async () => {
  const executablePath = await findBrowser()
  if (!executablePath) throw new Error('no Chromium here')
  world = await World.begin()
  owner = await world.guest('Ann')
  room = await world.room(owner)
  await world.fill(room, 60)
  const ann = await world.join(DRIVERS.agents, room, owner)
  ann.client.post(RICH)
  await ann.settled()
  ann.client.post('[[fault:401]] this one fails')
  await ann.sees('this one fails')
  await ann.settled()
  for (const [page, fields] of Object.entries(KEPT)) {
    const body = new URLSearchParams({ intent: 'add', ...fields })
    expect((await owner.fetch(`${owner.origin}/rooms/${room}/${page}`, { method: 'POST', body, redirect: 'manual' })).status).toBe(303)
  }
  bo = (await world.join(DRIVERS.agents, room, 'Bo')).guest
  deleted = await world.room(owner)
  await owner.fetch(`${owner.origin}/rooms/${deleted}/delete`, { method: 'POST' })
  await owner.fetch(new URL(/\/claim\/[\w-]{72}/.exec(world.server.output)?.[0] ?? '', owner.origin))
  port = await freePort()
  // Lighthouse opens its pages in the browser's own context.
  browser = await chromium.launchPersistentContext('', { executablePath, args: [...FLAGS, `--remote-debugging-port=${port}`] })
  // Its own first tab is whole before others are opened beside it.
  await browser.pages()[0]?.goto(owner.origin)
})
afterAll(async () => {
  await browser?.close()
  await world?.end()
})

/** Where the page is, and whether its visitor is signed in. */
function place(page: (typeof PAGES)[number]): { readonly path: string; readonly known: boolean } {
  const lane = LANES.find((name) => page.includes(` ${name} lane`))
  if (lane) return { path: `/rooms/${room}/${lane}`, known: true }
  const paths: Readonly<Record<string, string>> = {
    'the sign-in page': '/',
    'the compare page': `/rooms/${room}/compare`,
    'the agents of a room': `/rooms/${room}/agents-settings`,
    'the form of a new agent': `/rooms/${room}/agents-settings?new=scout`,
    'the memory of a room': `/rooms/${room}/memory`,
    'the schedules of a room': `/rooms/${room}/schedules`,
    'the audit of a room': `/rooms/${room}/audit`,
    'the costs of a room': `/rooms/${room}/costs`,
    'the members of a room': `/rooms/${room}/members`,
    'the question whether to remove somebody': `/rooms/${room}/members?remove=${bo.id}`,
    'a deleted room': `/rooms/${deleted}/rsc`,
    'the page of the instance': '/instance',
    'the form for a new room': '/rooms',
    'all rooms': '/directory',
    'a refusal': '/rooms/nowhere-at-all/rsc',
  }
  return { path: paths[page] ?? '/', known: page !== 'the sign-in page' }
}

describe.each(PAGES)('%s', (page) => {
  it('[R52] is valid HTML, with a title and a description', async () => {
    const { path, known } = place(page)
    const html = await (await (known ? owner.fetch : fetch)(new URL(path, owner.origin))).text()
    expect(await mistakes(html)).toEqual([])
    expect(html).toMatch(/<title>[^<]+<\/title>/)
    expect(html).toMatch(/<meta name="description" content="[^"]+"\/>/)
  })

  it('[R52] has no barrier, no bad practice and nothing that moves', async () => {
    const { path, known } = place(page)
    await browser.clearCookies()
    if (known) await browser.addCookies(cookiesOf(owner))
    const { audits, runtimeError } = await judgement(new URL(path, owner.origin).href)
    expect(runtimeError?.message).toBeUndefined()
    // What a browser logs of a page that answers 404 is the very answer that this page is.
    const excused = page === 'a refusal' || page === 'a deleted room' ? ['errors-in-console'] : []
    const wrong = Object.values(audits).filter(
      ({ id, score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode !== 'informative' && !excused.includes(id),
    )
    expect(wrong.map(({ id, title, displayValue, details }) => `${id}: ${title} ${displayValue ?? ''} ${JSON.stringify(details)?.slice(0, 600)}`)).toEqual([])
    const { numericValue, errorMessage } = audits['cumulative-layout-shift'] ?? {}
    expect(numericValue, errorMessage).toBe(0)
  })
})

it.each([
  ['a name that nobody may have', '/sign-in', { name: 'Parley', next: '/' }, 409],
  ['a room without a name', '/rooms', { name: ' ' }, 400],
  ['a room whose name is taken', '/rooms', { name: 'lobby' }, 409],
])('[R52] a form that is refused is valid HTML: %s', async (_, path, fields, status) => {
  const response = await owner.fetch(new URL(path, owner.origin), { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams(fields) })
  expect(response.status).toBe(status)
  expect(await mistakes(await response.text())).toEqual([])
})

type Judgement = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']

/** What Lighthouse says of a page. A browser that is short of time may begin its record after the page: that judges nothing, and is taken anew. */
async function judgement(address: string, tries = 3): Promise<Judgement> {
  const result = await lighthouse(address, {
    port,
    logLevel: 'silent',
    output: 'json',
    onlyCategories: ['accessibility', 'best-practices'],
    onlyAudits: ['cumulative-layout-shift', 'meta-description'],
    // Throttles nothing while the page loads, and nothing that it reckons is asked for. With 'provided' a quiet page is watched for ten seconds more.
    throttlingMethod: 'simulate',
    ignoreStatusCode: true,
    ...QUICK,
  })
  if (!result) throw new Error('Lighthouse said nothing')
  const isUnrecorded = Object.values(result.lhr.audits).some(({ errorMessage }) => errorMessage?.includes('NO_NAVSTART'))
  return isUnrecorded && tries > 1 ? judgement(address, tries - 1) : result.lhr
}

/** What html-validate finds, in a form that says where. Names and boolean attributes are written as React writes them. */
async function mistakes(html: string): Promise<readonly string[]> {
  const report = await new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      'attr-case': 'off',
      'attribute-boolean-style': 'off',
      'attribute-empty-style': 'off',
      'doctype-style': 'off',
      'no-trailing-whitespace': 'off',
      'void-style': 'off',
      'long-title': 'off',
      'valid-id': ['error', { relaxed: true }],
      // Sizes of what is drawn by the server come from CSS.
      'no-inline-style': 'error',
    },
  }).validateString(html)
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector, column }) => `${ruleId}: ${message} at ${selector ?? ''} …${html.slice(Math.max(0, column - 40), column + 80)}`),
  )
}
