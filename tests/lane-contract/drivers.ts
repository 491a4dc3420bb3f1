// The three lanes' clients as the suite makes them. They run in Node as they are; only React's Flight decoder and the
// transport of server functions are those of a program without a browser.
import type { LaneName } from '../../src/lanes/lanes'
import { AgentsClient } from '../../src/lanes/agents/client'
import { RscClient } from '../../src/lanes/rsc/client'
import { TinybaseClient } from '../../src/lanes/tinybase/client'
import { decodeFlight, serverFunctions } from './flight-in-node'
import type { Driver } from './participant'

const agents: Driver = {
  lane: 'agents',
  knownGaps: {},
  make: ({ guest, roomId, initial, ...device }) =>
    new AgentsClient({ origin: guest.origin, roomId, viewerId: guest.id, fetch: guest.fetch, ...device }, initial),
}

const rsc: Driver = {
  lane: 'rsc',
  knownGaps: {},
  make: ({ guest, roomId, initial, ...device }) =>
    new RscClient(
      { origin: guest.origin, roomId, viewerId: guest.id, fetch: guest.fetch, ...device, decode: decodeFlight, server: serverFunctions(guest) },
      initial,
      {},
    ),
}

const tinybase: Driver = {
  lane: 'tinybase',
  knownGaps: {},
  make: ({ guest, roomId, initial, ...device }) =>
    new TinybaseClient({ origin: guest.origin, roomId, viewerId: guest.id, fetch: guest.fetch, ...device }, initial),
}

export const DRIVERS: Readonly<Record<LaneName, Driver>> = { rsc, agents, tinybase }
