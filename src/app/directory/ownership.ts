// Who may decide about a room as a whole, as the directory knows it; and a room whose object was lost.
import type { MemberId } from '../../conversation/ids'
import { roomOf } from '../../room/surface'
import { person } from '../../auth/session'
import { instanceOwner } from './instance'
import type { RoomEntry } from './rooms'

/** Its owner, or the owner of the instance. */
export async function mayDelete(env: Env, room: RoomEntry, id: MemberId): Promise<boolean> {
  return room.ownerId === id || (await instanceOwner(env)) === id
}

/** Makes the object of a room anew, for the owner that the directory has recorded. False when there is one after all. */
export async function roomMadeAnew(env: Env, { id, name, access, ownerId }: RoomEntry): Promise<boolean> {
  const owner = ownerId && (await env.DB.prepare('SELECT name FROM user WHERE id = ?').bind(ownerId).first<string>('name'))
  const made = await (await roomOf(env, id)).create(name, access, ownerId && owner ? person(ownerId, owner) : null)
  if (made.ok) console.warn('the object of a room was lost, and made anew', { room: id })
  return made.ok
}
