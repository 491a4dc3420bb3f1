// A record or an amendment to two hundred people: what one of them is sent, against what changed. Written by the tests' worker,
// which is the built one with a kind of record more.
import type { Amendments } from '../src/conversation/amendment'
import type { MessageId, RoomId } from '../src/conversation/ids'
import { LANES, type LaneName } from '../src/lanes/lanes'
import { DRIVERS } from '../tests/lane-contract/drivers'
import { Participant } from '../tests/lane-contract/participant'
import { checkoutBehind, NOTICE, Noticeboard } from '../tests/support/noticeboard'
import { makeRoom } from '../tests/support/room'
import { startServer } from '../tests/support/server'
import { guestsOf } from './stream'

const CLIENTS = 200

export interface Change {
  readonly lane: LaneName
  readonly what: string
  readonly clients: number
  /** Of the change itself, as JSON. */
  readonly bytes: number
  readonly bytesPerClient: number
  readonly framesPerClient: number
}

/** A message of 10 kB: an amendment that said it again would show. */
const LONG = `@Nobody ${'word '.repeat(2_000)}`

/** Each is made so many times: a frame that is late for something else counts for little. */
const TIMES = 20

interface Trial {
  readonly what: string
  record?(n: number): unknown
  amend?(n: number): Amendments
}

const TRIALS: readonly Trial[] = [
  { what: 'a small record', record: (n) => ({ state: 'open', by: `Ann ${n}` }) },
  { what: 'a record of 4 kB', record: (n) => ({ text: String(n % 10).repeat(4_000) }) },
  { what: 'a record is deleted', record: () => null },
  { what: 'an amendment of a message of 10 kB', amend: (n) => ({ reactions: { '👍': ['ann', 'bo', `guest ${n}`] } }) },
]

export async function changes(say: (what: string) => void): Promise<readonly Change[]> {
  const { root, remove } = checkoutBehind('noticeboard-worker.js')
  const server = await startServer({ root })
  const board = new Noticeboard(server.url)
  const found: Change[] = []
  try {
    const guests = await guestsOf(server)
    for (const lane of LANES) {
      const [owner] = guests
      if (!owner) throw new Error('nobody is here')
      const room = await makeRoom(owner)
      const everybody: Participant[] = []
      while (everybody.length < CLIENTS) {
        const next = guests.slice(0, CLIENTS - everybody.length).map((guest) => new Participant(DRIVERS[lane], guest, room).connected())
        everybody.push(...(await Promise.all(next)))
      }
      everybody[0]?.client.post(LONG)
      for (const who of everybody)
        await who.until('everybody is here', () => who.client.getState().hereCount === guests.length + 1 && who.messages().length > 0)
      const message = everybody[0]?.messages()[0]
      if (!message) throw new Error('it was posted a moment ago')
      // What everybody was sent for coming in may still be on its way.
      await measured({ what: 'nothing that counts', record: (n) => n }, { lane, everybody, board, room, id: message.id })
      for (const trial of TRIALS) found.push(await measured(trial, { lane, everybody, board, room, id: message.id }))
      for (const who of everybody) who.close()
      for (const { what, bytes, bytesPerClient, framesPerClient } of found.filter((change) => change.lane === lane))
        say(
          `${lane}, ${what}: ${Math.round(bytesPerClient)} bytes in ${framesPerClient.toFixed(1)} frames to each of ${CLIENTS}, ${(bytesPerClient / bytes).toFixed(2)} × its own ${Math.round(bytes)}`,
        )
    }
  } finally {
    await server.stop()
    remove()
  }
  return found
}

interface Place {
  readonly lane: LaneName
  readonly everybody: readonly Participant[]
  readonly board: Noticeboard
  readonly room: RoomId
  readonly id: MessageId
}

async function measured(trial: Trial, place: Place): Promise<Change> {
  const { lane, everybody } = place
  await fence(place, trial.what)
  const before = everybody.map(({ meter }) => ({ ...meter }))
  let bytes = 0
  for (let n = 0; n < TIMES; n++) bytes += await write(trial, place, n)
  await Promise.all(everybody.map((who) => who.until(trial.what, () => showsLast(who, trial))))
  const each = (of: 'bytes' | 'frames') => everybody.reduce((all, { meter }, at) => all + meter[of] - (before[at]?.[of] ?? 0), 0) / everybody.length / TIMES
  return { lane, what: trial.what, clients: everybody.length, bytes: bytes / TIMES, bytesPerClient: each('bytes'), framesPerClient: each('frames') }
}

/** Frames keep their order: once everybody has this, they have all that was sent before. */
async function fence({ board, room, everybody }: Place, mark: string): Promise<void> {
  await board.pin(room, 'fence', mark)
  await Promise.all(everybody.map((who) => who.until('the fence', () => valueIn(who, 'fence') === mark)))
}

/** Answers the length of what changed, as JSON. */
async function write({ record, amend }: Trial, { board, room, id }: Place, n: number): Promise<number> {
  const change = amend?.(n)
  const done = change ? await board.amend(room, id, change) : await board.pin(room, `r${n}`, record?.(n))
  if (!done.ok) throw new Error(done.refusal.message)
  return Buffer.byteLength(JSON.stringify(change ? { id, version: done.value, change } : done.value))
}

function showsLast(who: Participant, { record, amend }: Trial): boolean {
  const last = TIMES - 1
  const values = who.messages()[0]?.metadata.amended?.values ?? {}
  if (amend) return Object.entries(amend(last)).every(([name, value]) => JSON.stringify(values[name]) === JSON.stringify(value))
  return JSON.stringify(valueIn(who, `r${last}`)) === JSON.stringify(record?.(last))
}

/** Null for none. */
function valueIn(who: Participant, id: string): unknown {
  return who.client.getState().records.find((record) => record.kind === NOTICE && record.id === id)?.value ?? null
}
