// The rooms that there are, by address.
import { env } from 'cloudflare:workers'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { roomOf, type RoomSurface } from '../../room/surface'
import { findRoom } from './rooms'

/** The directory is asked first, so that a wrong address never makes an object. Refuses: no_such_room. */
export async function knownRoom(id: unknown): Promise<Result<RoomSurface>> {
  const room = await findRoom(env, id)
  return room ? accept(await roomOf(env, room.id)) : noSuchPlace()
}

export function noSuchPlace() {
  return refuse('no_such_room', 'There is no room at this address.')
}
