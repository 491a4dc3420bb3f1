// Whether one person can make others wait: a hostile text is posted, put to the guide, and loaded in every lane and on the
// compare page, while somebody posts in another room. What counts is the longest that any of those posts waited.
import { performance } from 'node:perf_hooks'
import { newMessageId } from '../src/conversation/ids'
import { MAX_MESSAGE_LENGTH } from '../src/conversation/message'
import { LANES } from '../src/lanes/lanes'
import { DRIVERS } from '../tests/lane-contract/drivers'
import { Participant } from '../tests/lane-contract/participant'
import { signInAsGuest } from '../tests/support/guest'
import { HOSTILE } from '../tests/support/hostile'
import { makeRoom } from '../tests/support/room'
import { startServer, type TestServer } from '../tests/support/server'

export interface Hostility {
  readonly name: string
  /** The longest that a post in another room waited for its acknowledgement, ms: while the text was posted, put to the guide, and loaded. */
  readonly posted: number
  readonly asked: number
  readonly loaded: number
  /** The longest load, ms, and the largest page, in bytes. */
  readonly loadMs: number
  readonly pageBytes: number
}

/** Above the quiet figure, nobody may wait longer, ms. */
export const MARK_MS = 50

/** What others found to be dear, and one of each kind that this repository knows. */
const CHOSEN = [
  'a table of 40 columns with empty rows',
  'a table of 1,000 columns',
  'letters before an @',
  'words joined by hyphens before an @',
  'an address with ?!',
  'an address with &amp;',
  'a host in many letters',
  'spaces within a word',
  'brackets that close',
  'emphasis within emphasis',
  'ever deeper lists',
  'ever longer runs of backticks',
  'many definitions',
  '"&amp;"',
  '"@ "',
  '"a@b.c "',
  '"```\\n"',
  '"- *a*\\n"',
  '"*a_ "',
  '"["',
  '"https://a.b/ "',
  '">"',
  '"1. "',
  '"\\\\\\n"',
]

/** Beside those of one message: a guide's own, and a room of long honest ones. */
const LONG_WORDS = 'honest words of no special kind '

interface Attack {
  readonly name: string
  readonly texts: readonly string[]
}

/** The quiet figure first. `tell` hears each as it is found: a server that is held up may not live to the last. */
export async function hostilities(tell: (found: Hostility) => void = () => {}): Promise<readonly Hostility[]> {
  const server = await startServer()
  try {
    const neighbour = await Neighbour.movesIn(server)
    const found: Hostility[] = [await attackOf(server, neighbour, { name: 'nothing (quiet)', texts: ['a few words'] })]
    for (const attack of attacks()) {
      const next = await attackOf(server, neighbour, attack)
      found.push(next)
      tell(next)
    }
    neighbour.leaves()
    return found
  } finally {
    await server.stop()
  }
}

function attacks(): readonly Attack[] {
  const length = MAX_MESSAGE_LENGTH - 200
  const known = CHOSEN.map((name) => {
    const hostile = HOSTILE.find((text) => text.name === name)
    if (!hostile) throw new Error(`no hostile text is called ${name}`)
    return { name, texts: [hostile.make(length)] }
  })
  return [
    ...known,
    { name: 'calc and thousands of =', texts: [`calc ${'='.repeat(length - 10)}x`] },
    { name: '50 messages of 30,000 letters', texts: Array.from({ length: 50 }, () => LONG_WORDS.repeat(1_000).slice(0, 30_000)) },
  ]
}

async function attackOf(server: TestServer, neighbour: Neighbour, { name, texts }: Attack): Promise<Hostility> {
  const guest = await signInAsGuest(server.url, 'Mallory')
  const room = await makeRoom(guest)
  const attacker = await new Participant(DRIVERS.agents, guest, room).connected()
  const settled = () => patiently(attacker, ({ client }) => client.getState().pending.length === 0)
  const posted = await neighbour.waitsDuring(async () => {
    for (const text of texts) attacker.client.post(`@Mallory\n\n${text}`, newMessageId())
    await settled()
  })
  let loadMs = 0
  let pageBytes = 0
  const loaded = await neighbour.waitsDuring(async () => {
    for (const page of [...LANES, 'compare']) {
      const begun = performance.now()
      const response = await guest.fetch(new URL(`/rooms/${room}/${page}`, server.url))
      if (response.status === 429) throw new Error('the pages are paced: the run is invalid')
      const html = await response.text()
      loadMs = Math.max(loadMs, performance.now() - begun)
      pageBytes = Math.max(pageBytes, Buffer.byteLength(html))
    }
  })
  const asked = await neighbour.waitsDuring(async () => {
    attacker.client.post(`@Parley ${texts[0] ?? ''}`, newMessageId())
    await settled()
    await patiently(attacker, (who) => who.messages().some(({ role, parts }) => role === 'assistant' && parts.length > 0))
    attacker.client.stop()
  })
  attacker.close()
  return { name, posted, asked, loaded, loadMs, pageBytes }
}

/** Somebody who posts in a room of their own, all the time, and looks at the clock. */
class Neighbour {
  private readonly who: Participant

  private constructor(who: Participant) {
    this.who = who
  }

  static async movesIn(server: TestServer): Promise<Neighbour> {
    const guest = await signInAsGuest(server.url, 'Ann')
    return new Neighbour(await new Participant(DRIVERS.agents, guest, await makeRoom(guest)).connected())
  }

  /** The longest that a post waited from when the deed began until it was done, ms. */
  async waitsDuring(deed: () => Promise<void>): Promise<number> {
    const deeds = { done: false }
    const first = this.wait()
    const whole = deed().finally(() => (deeds.done = true))
    let longest = await first
    while (!deeds.done) {
      // Within the pace of one person.
      await new Promise((later) => setTimeout(later, 60))
      longest = Math.max(longest, await this.wait())
    }
    await whole
    return longest
  }

  private async wait(): Promise<number> {
    const begun = performance.now()
    const id = this.who.client.post('@Ann hello')
    await patiently(this.who, ({ client }) => client.getState().pending.every((pending) => pending.id !== id))
    return performance.now() - begun
  }

  leaves(): void {
    this.who.close()
  }
}

/** A server that is held up for a minute is what this is there to show. */
async function patiently(who: Participant, condition: (who: Participant) => boolean): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await who.until('the server to come round', condition)
      return
    } catch (cause) {
      if (tries === 6) throw cause
    }
  }
}
