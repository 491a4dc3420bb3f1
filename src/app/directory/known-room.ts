// The rooms that there are, by address.
import { env } from 'cloudflare:workers'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { roomOf, type RoomSurface } from '../../room/surface'
import { roomMadeAnew } from './ownership'
import { findRoom, type RoomEntry } from './rooms'

/** The directory is asked first, so that a wrong address never makes an object. Refuses: no_such_room. */
export async function knownRoom(id: unknown): Promise<Result<RoomSurface>> {
  const room = await findRoom(env, id)
  return room.ok ? accept(await roomOf(env, room.value.id)) : room
}

/** Asks the room of this address. One whose object was lost is made anew and asked again: its name is not lost with it. */
export async function inRoom<T>(id: unknown, ask: (room: RoomSurface) => Promise<Result<T>>): Promise<Result<T>> {
  const entry = await findRoom(env, id)
  return entry.ok ? inListedRoom(entry.value, ask) : entry
}

/** The same for a room that the directory was asked for already. */
export async function inListedRoom<T>(entry: RoomEntry, ask: (room: RoomSurface) => Promise<Result<T>>): Promise<Result<T>> {
  const room = await roomOf(env, entry.id)
  const answer = await ask(room)
  if (answer.ok || answer.refusal.code !== 'no_such_room') return answer
  return (await roomMadeAnew(env, entry)) ? ask(room) : answer
}

export function noSuchPlace() {
  return refuse('no_such_room', 'There is no room at this address.')
}
