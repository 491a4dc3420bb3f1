// What a room's page holds for its scripts: the snapshot that stands in its HTML.
import type { RoomId } from '../../src/conversation/ids'
import type { Snapshot } from '../../src/conversation/page'
import type { LaneName } from '../../src/lanes/lanes'
import { decodeFlight } from '../lane-contract/flight-in-node'
import type { Guest } from '../support/guest'

export async function pageSnapshot(guest: Guest, room: RoomId, lane: LaneName): Promise<Snapshot> {
  const response = await guest.fetch(new URL(`/rooms/${room}/${lane}?__rsc`, guest.origin))
  if (!response.ok || !response.body) throw new Error(`the page of ${room} answered ${response.status}`)
  const initial = await found(await decodeFlight<unknown>(response.body))
  if (!initial) throw new Error(`the page of ${room} holds no snapshot`)
  return initial
}

/** The first `initial` among the props of the page's elements. What had to wait for something is behind a promise. */
async function found(value: unknown): Promise<Snapshot | null> {
  if (typeof value !== 'object' || value === null) return null
  if ('_payload' in value) return found(await value._payload)
  if ('initial' in value) return value.initial as Snapshot
  const inner = Array.isArray(value) ? value : 'node' in value ? [value.node] : 'props' in value ? [value.props] : 'children' in value ? [value.children] : []
  for (const one of inner) {
    const snapshot = await found(one)
    if (snapshot) return snapshot
  }
  return null
}
