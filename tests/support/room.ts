// Makes a room over HTTP, as a program would.
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import type { Guest } from './guest'

/** A new room under a name of its own; its maker owns it. */
export async function makeRoom(owner: Guest, access: 'open' | 'private' = 'open'): Promise<RoomId> {
  const name = `room ${newMessageId().slice(0, 8)}`
  const response = await owner.fetch(new URL('/rooms', owner.origin), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name, access }),
  })
  const { location } = await response.json<{ location: string }>()
  return location.split('/')[2] as RoomId
}
