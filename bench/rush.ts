// Many clients at the same moment: joining while a reply is written, and coming back after all were dropped.
import { textOf } from '../src/conversation/message'
import { LANES, type LaneName } from '../src/lanes/lanes'
import { DRIVERS } from '../tests/lane-contract/drivers'
import { Participant } from '../tests/lane-contract/participant'
import { makeRoom } from '../tests/support/room'
import { cpuOf } from './processes'
import type { Reply } from './scenario'
import type { Place } from './stream'

export interface Rush {
  readonly lane: LaneName
  readonly clients: number
  /** Until the last client was up to date, ms. */
  readonly ms: number
  readonly bytesPerClient: number
  readonly cpuMs: number
}

/** Fifty clients join half-way through a reply. */
export async function joinInMidReply(place: Place, reply: Reply): Promise<readonly Rush[]> {
  const rushes: Rush[] = []
  for (const lane of LANES) {
    const { room, first, guest } = await begin(place, lane)
    first.client.post('go')
    const half = reply.text.length / 2
    await first.until('half of the reply', () => first.messages().some((message) => message.role === 'assistant' && textOf(message).length >= half))
    const cpu = cpuOf(place.server.pid)
    const begun = performance.now()
    const joiners = Array.from({ length: 50 }, (_, at) => new Participant(DRIVERS[lane], guest(at), room))
    await Promise.all(joiners.map((who) => who.until('the words so far', () => who.messages().some((message) => textOf(message).length >= half))))
    const ms = performance.now() - begun
    const bytes = joiners.reduce((sum, { meter }) => sum + meter.bytes, 0) / joiners.length
    const cpuMs = cpuOf(place.server.pid) - cpu
    await Promise.all(joiners.map((who) => who.settled()))
    for (const who of joiners)
      if (!who.messages().some((message) => textOf(message) === reply.text)) throw new Error(`a ${lane} joiner missed something: the run is invalid`)
    await place.model.next()
    for (const who of [first, ...joiners]) who.close()
    rushes.push({ lane, clients: joiners.length, ms, bytesPerClient: bytes, cpuMs })
  }
  return rushes
}

/** Two hundred clients lose their sockets at once and come back. */
export async function reconnectStorm(place: Place): Promise<readonly Rush[]> {
  const rushes: Rush[] = []
  for (const lane of LANES) {
    const { room, first, guest } = await begin(place, lane)
    const clients = await Promise.all(Array.from({ length: 200 }, (_, at) => new Participant(DRIVERS[lane], guest(at), room).connected()))
    const before = clients.map(({ meter }) => meter.bytes)
    const cpu = cpuOf(place.server.pid)
    const begun = performance.now()
    for (const who of clients) who.drop()
    await Promise.all(clients.map((who) => who.until('dropped', () => who.client.getState().connection !== 'connected')))
    first.client.post('@Person said while they were gone')
    await Promise.all(clients.map((who) => who.sees('said while they were gone')))
    const ms = performance.now() - begun
    const bytes = clients.reduce((sum, { meter }, at) => sum + meter.bytes - (before[at] ?? 0), 0) / clients.length
    rushes.push({ lane, clients: clients.length, ms, bytesPerClient: bytes, cpuMs: cpuOf(place.server.pid) - cpu })
    for (const who of [first, ...clients]) who.close()
  }
  return rushes
}

async function begin({ guests }: Place, lane: LaneName) {
  const [owner] = guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  const first = await new Participant(DRIVERS[lane], owner, room).connected()
  return { room, first, guest: (at: number) => guests[at % guests.length] ?? owner }
}
