// One reply to N clients of a lane, or of the floor: what arrives, how old it is, and what it costs the server.
import { textOf } from '../src/conversation/message'
import type { LaneName } from '../src/lanes/lanes'
import { DRIVERS } from '../tests/lane-contract/drivers'
import { meteredSockets } from '../tests/lane-contract/metered-socket'
import { Participant } from '../tests/lane-contract/participant'
import { signInAsGuest, type Guest } from '../tests/support/guest'
import type { RoomId } from '../src/conversation/ids'
import { command, makeRoom } from '../tests/support/room'
import type { TestServer } from '../tests/support/server'
import { waitFor } from '../tests/support/wait-for'
import { Ages, percentile } from './ages'
import { cpuOf, type Floor, type Model, peakMemoryOf } from './processes'
import { bytesOf, type Reply } from './scenario'

export interface Streamed {
  readonly lane: string
  readonly clients: number
  readonly replies: number
  readonly framesPerClient: number
  readonly bytesPerClient: number
  /** Bytes per client as a multiple of the replies' own text. */
  readonly bytesPerText: number
  readonly ageP50: number
  readonly ageP99: number
  /** From posting the prompt to the first visible token, ms. */
  readonly firstToken: number
  readonly cpuMs: number
  readonly peakMB: number
}

export interface Place {
  readonly server: TestServer
  readonly model: Model
  readonly guests: readonly Guest[]
}

/** People; each may have many tabs, though no more than 40 in one room. */
export const PEOPLE = 50

/** Clients that come in at the same moment, before anything is measured. */
const JOINING = 50

export async function guestsOf(server: TestServer): Promise<readonly Guest[]> {
  return Promise.all(Array.from({ length: PEOPLE }, (_, at) => signInAsGuest(server.url, `Person ${at}`)))
}

/**
 * More than one reply are those of so many agents of the room to one message. `lanes` are dealt out to the clients in turn; `begin` is awaited once all are connected. Throws when any client's text is
 * not, in the end, the scenario's.
 */
export async function stream(
  { server, model, guests }: Place,
  lanes: readonly LaneName[],
  clients: number,
  reply: Reply,
  replies = 1,
  begin = async (): Promise<unknown> => undefined,
): Promise<Streamed> {
  const [owner] = guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  const handles = replies === 1 ? [] : await agentsIn(room, owner, replies)
  const members: Participant[] = []
  while (members.length < clients) {
    const next = Array.from({ length: Math.min(JOINING, clients - members.length) }, (_, n) => members.length + n)
    members.push(...(await Promise.all(next.map((at) => join(lanes[at % lanes.length] ?? 'agents', guests[at % guests.length] ?? owner, room)))))
  }
  // The people and the agents.
  const present = Math.min(clients, guests.length) + replies
  await Promise.all(members.map((who) => who.until('everybody is here', () => who.client.getState().hereCount === present)))

  await begin()
  const ages = new Ages()
  for (const who of members) watch(who, ages)
  const before = members.map(({ meter }) => ({ ...meter }))
  const cpu = cpuOf(server.pid)
  const posted = performance.timeOrigin + performance.now()
  members[0]?.client.post(['go', ...handles.map((handle) => `@${handle}`)].join(' '))
  const said = await model.next()
  for (let n = 1; n < replies; n++) await model.next()
  await Promise.all(members.map((who) => who.until('the replies are complete', () => complete(who, replies))))
  const cpuMs = cpuOf(server.pid) - cpu
  for (const who of members) assertWhole(who, reply)

  const sorted = ages.against(said.said)
  const frames = mean(members.map(({ meter }, at) => meter.frames - (before[at]?.frames ?? 0)))
  const bytes = mean(members.map(({ meter }, at) => meter.bytes - (before[at]?.bytes ?? 0)))
  for (const who of members) who.close()
  return {
    lane: lanes.length > 1 ? 'mixed' : (lanes[0] ?? ''),
    clients,
    replies,
    framesPerClient: frames,
    bytesPerClient: bytes,
    bytesPerText: bytes / (bytesOf(reply) * replies),
    ageP50: percentile(sorted, 0.5),
    ageP99: percentile(sorted, 0.99),
    firstToken: ages.first - posted,
    cpuMs,
    peakMB: peakMemoryOf(server.pid),
  }
}

/** Gives a room so many agents, and answers by what they are called. */
async function agentsIn(room: RoomId, owner: Guest, count: number): Promise<readonly string[]> {
  const handles = ['parley', ...Array.from({ length: count - 1 }, (_, at) => `agent${at + 2}`)]
  for (const handle of handles.slice(1)) {
    const { status } = await command(owner, room, { type: 'save-agent', profile: { handle, name: handle, instruction: 'Say it.', mode: 'mention' } })
    if (status !== 200) throw new Error(`no agent ${handle}: ${status}`)
  }
  return handles
}

/** The same to N plain sockets of the floor. */
export async function streamFloor(floor: Floor, model: Model, clients: number, reply: Reply): Promise<Streamed> {
  const ages = new Ages()
  const guest: Guest = { id: 'nobody' as Guest['id'], name: '', cookie: '', origin: floor.origin, fetch }
  const members = Array.from({ length: clients }, () => {
    const { WebSocket: Socket, meter } = meteredSockets(guest)
    const socket = new Socket(floor.origin.replace('http', 'ws'))
    const member = { socket, meter, text: '' }
    const view = ages.viewer()
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const [, offset, text] = JSON.parse(data) as [number, number, string]
      if (offset !== member.text.length) throw new Error('the floor left something out')
      member.text += text
      view(member.text.length)
    })
    return member
  })
  await waitFor('the floor is open', () => members.every(({ socket }) => socket.readyState === WebSocket.OPEN))
  const cpu = cpuOf(floor.pid)
  const posted = performance.timeOrigin + performance.now()
  await fetch(floor.origin, { method: 'POST' })
  const { said } = await model.next()
  await waitFor('the floor is done', () => members.every(({ text }) => text === reply.text))
  const cpuMs = cpuOf(floor.pid) - cpu
  const sorted = ages.against(said)
  const bytes = mean(members.map(({ meter }) => meter.bytes))
  for (const { socket } of members) socket.close()
  return {
    lane: 'floor',
    clients,
    replies: 1,
    framesPerClient: mean(members.map(({ meter }) => meter.frames)),
    bytesPerClient: bytes,
    bytesPerText: bytes / bytesOf(reply),
    ageP50: percentile(sorted, 0.5),
    ageP99: percentile(sorted, 0.99),
    firstToken: ages.first - posted,
    cpuMs,
    peakMB: peakMemoryOf(floor.pid),
  }
}

/** Of several runs of one kind, each figure's median: one run's CPU is off by a tenth either way. */
export function typical(runs: readonly Streamed[]): Streamed {
  const [first] = runs
  if (!first) throw new Error('nothing was run')
  const median = (figure: (run: Streamed) => number) =>
    percentile(
      runs.map(figure).sort((a, b) => a - b),
      0.5,
    )
  return {
    ...first,
    framesPerClient: median((run) => run.framesPerClient),
    bytesPerClient: median((run) => run.bytesPerClient),
    bytesPerText: median((run) => run.bytesPerText),
    ageP50: median((run) => run.ageP50),
    ageP99: median((run) => run.ageP99),
    firstToken: median((run) => run.firstToken),
    cpuMs: median((run) => run.cpuMs),
    peakMB: Math.max(...runs.map((run) => run.peakMB)),
  }
}

async function join(lane: LaneName, guest: Guest, room: Parameters<typeof makeParticipant>[2]): Promise<Participant> {
  return makeParticipant(lane, guest, room).connected()
}

function makeParticipant(lane: LaneName, guest: Guest, room: ConstructorParameters<typeof Participant>[2]): Participant {
  return new Participant(DRIVERS[lane], guest, room)
}

/** With several replies at once, the first one's growth is what is aged. */
function watch(who: Participant, ages: Ages): void {
  const view = ages.viewer()
  who.client.subscribe(() => {
    const reply = who.messages().find(({ role }) => role === 'assistant')
    if (reply) view(textOf(reply).length)
  })
}

function complete(who: Participant, replies: number): boolean {
  const all = who.messages().filter(({ role }) => role === 'assistant')
  return all.length === replies && all.every(({ metadata }) => metadata.status === 'complete')
}

function assertWhole(who: Participant, reply: Reply): void {
  for (const message of who.messages()) {
    if (message.role === 'assistant' && textOf(message) !== reply.text)
      throw new Error(`a ${who.lane} client shows another text than the model said: the run is invalid`)
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
