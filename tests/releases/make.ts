// `npm run fixture`: leaves the data directory of this release for every later one to open. What is said in it is what a
// first day looks like: more than a page, code, a reply that was stopped, somebody removed, a private room, one with three agents and a budget, and
// one that remembers, plans, and waits for somebody to approve what an agent called.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RoomId } from '../../src/conversation/ids'
import { recordsOf, type RoomRecord } from '../../src/conversation/record'
import { DRIVERS } from '../lane-contract/drivers'
import { Participant } from '../lane-contract/participant'
import { signInAsGuest, type Guest } from '../support/guest'
import { command, makeRoom } from '../support/room'
import { startServer } from '../support/server'
import { waitFor } from '../support/wait-for'

/** More than a page of 50. */
const LINES = 70

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
const archive = `tests/releases/data-of-${version}.tar.gz`
if (existsSync(archive)) throw new Error(`${archive} is there: what a release left is never made again`)
const dataDir = mkdtempSync(join(tmpdir(), 'parley-fixture-'))
const server = await startServer({ dataDir })
try {
  await firstDay()
} finally {
  await server.stop()
}
for (const path of databasesUnder(join(dataDir, 'v3'))) checkpoint(path)
execFileSync('tar', ['--sort=name', '--owner=0', '--group=0', '-czf', archive, '-C', dataDir, 'v3'])
rmSync(dataDir, { recursive: true, force: true })
console.log(`Wrote ${archive}.`)

async function firstDay(): Promise<void> {
  const [ann, bob, cas] = await Promise.all(['Ann', 'Bob', 'Cas'].map((name) => signInAsGuest(server.url, name)))
  if (!ann || !bob || !cas) throw new Error('three people signed in')
  const lobby = 'lobby' as RoomId
  for (let line = 1; line <= LINES; line += 2) {
    await say(ann, lobby, `@Bob line ${line}, written by release ${version}`)
    await say(bob, lobby, `@Ann line ${line + 1}, written by release ${version}`)
  }
  await say(ann, lobby, 'what is (3 + 4) * 12.5?')

  const open = await makeRoom(ann)
  const counting = new Participant(DRIVERS.agents, ann, open)
  counting.client.post('count to 400')
  await counting.sees('20 21 22')
  counting.client.stop()
  await counting.settled()
  counting.close()
  await say(ann, open, 'Code:\n```ts\nconst a = 1\n```')
  await say(bob, open, '@Ann hello from an open room')
  await say(cas, open, '@Ann I will be removed')
  await ann.fetch(`${server.url}/rooms/${open}/members`, { method: 'POST', body: new URLSearchParams({ remove: cas.id }) })

  await say(ann, await makeRoom(ann, 'private'), 'A private word')

  const three = await makeRoom(ann, 'open', 'auto')
  for (const [handle, name, colour] of [
    ['scout', 'Scout', 'teal'],
    ['critic', 'Critic', 'violet'],
  ]) {
    await command(ann, three, { type: 'save-agent', profile: { handle, name, colour, instruction: 'Be brief.', mode: 'mention' } })
  }
  await command(ann, three, { type: 'save-budgets', person: 100_000, room: null, turn: 4_000 })
  await say(bob, three, '@Scout @Critic what do you make of this room?')
  await say(ann, three, '@Bob and this is for you')

  const works = await makeRoom(ann)
  await say(ann, works, 'remember that tea is at four')
  await say(bob, works, 'every day at 9, what did I miss?')
  // Nobody serves this data when it is due.
  await say(bob, works, 'in 2 minutes, what did I miss?')
  await say(bob, works, 'read https://example.com/refused')
  await command(ann, works, { type: 'deny', approval: await openApproval(ann, works), reason: 'Not today.' })
  await say(bob, works, 'read https://example.com/waiting')
  await openApproval(ann, works)
}

/** The id of the call that waits there, once one does. */
async function openApproval(who: Guest, room: RoomId): Promise<string> {
  let found: string | undefined
  await waitFor('a call that waits', async () => {
    const answered = await who.fetch(`${server.url}/rooms/${room}/records?kind=approval`)
    const { records } = await answered.json<{ readonly records: readonly RoomRecord[] }>()
    found = recordsOf(records, 'approval').find(({ value }) => value.state === 'open')?.id
    return found !== undefined
  })
  return found ?? ''
}

/** Says it, and waits for whatever it calls for. */
async function say(who: Guest, room: RoomId, text: string): Promise<void> {
  const participant = await new Participant(DRIVERS.agents, who, room).connected()
  participant.client.post(text)
  await participant.sees(text)
  await participant.settled()
  participant.close()
}

function databasesUnder(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => join(directory, name))
}

/** What is only in the log beside it goes into the file. */
function checkpoint(path: string): void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE')
  database.close()
}
