// A room in which nobody speaks: it should cost nothing and hibernate with its sockets open.
import { LANES } from '../src/lanes/lanes'
import { DRIVERS } from '../tests/lane-contract/drivers'
import { Participant } from '../tests/lane-contract/participant'
import { makeRoom } from '../tests/support/room'
import { cpuOf } from './processes'
import type { Place } from './stream'

export interface Idle {
  readonly clients: number
  readonly seconds: number
  readonly cpuMs: number
}

const SECONDS = 60

export async function idle({ server, guests }: Place): Promise<Idle> {
  const [owner] = guests
  if (!owner) throw new Error('nobody is here')
  const room = await makeRoom(owner)
  const clients = await Promise.all(
    Array.from({ length: 200 }, (_, at) => new Participant(DRIVERS[LANES[at % 3] ?? 'agents'], guests[at % guests.length] ?? owner, room).connected()),
  )
  await Promise.all(clients.map((who) => who.until('everybody is here', () => who.client.getState().hereCount === guests.length + 1)))
  const cpu = cpuOf(server.pid)
  await new Promise((minute) => setTimeout(minute, SECONDS * 1000))
  const cpuMs = cpuOf(server.pid) - cpu
  for (const who of clients) who.close()
  return { clients: clients.length, seconds: SECONDS, cpuMs }
}
