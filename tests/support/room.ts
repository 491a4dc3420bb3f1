// Makes a room over HTTP, as a program would.
import type { Mode } from '../../src/conversation/agent-profile'
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import type { Guest } from './guest'

/** A new room under a name of its own; its maker owns it. Its agent answers everything, unless a test is about when it does. */
export async function makeRoom(owner: Guest, access: 'open' | 'private' = 'open', mode: Mode = 'always'): Promise<RoomId> {
  const name = `room ${newMessageId().slice(0, 8)}`
  const response = await owner.fetch(new URL('/rooms', owner.origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name, access }),
  })
  const { location } = await response.json<{ location: string }>()
  const id = location.split('/')[2] as RoomId
  await command(owner, id, { type: 'save-agent', agent: 'parley', profile: { mode } })
  return id
}

/** Asks something of a room over HTTP. */
export async function command(who: Guest, room: RoomId, asked: Readonly<Record<string, unknown>>): Promise<Response> {
  return who.fetch(new URL(`/rooms/${room}/commands`, who.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', origin: who.origin },
    body: JSON.stringify(asked),
  })
}
