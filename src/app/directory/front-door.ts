// Where GUESTS=invited, the lobby's invitation is the door of the instance. Whoever was put out must not hold a link that
// still opens it, under whatever name: it is made anew by every removal that the owner of the instance decides [R45].
import { LOBBY } from '../../conversation/ids'
import type { RoomEntry } from './rooms'
import { limitsOf } from '../../limits/limit-settings'
import { roomOf } from '../../room/surface'
import { instanceOwner } from './instance'

/** After an account was removed, or somebody from this room. A guest's own room is no reason: everybody may make one. */
export async function changeFrontDoor(env: Env, room: RoomEntry | null): Promise<void> {
  if (limitsOf(env).guests !== 'invited') return
  if (room && room.id !== LOBBY && (room.ownerId === null || room.ownerId !== (await instanceOwner(env)))) return
  await (await roomOf(env, LOBBY)).endInvitation()
}
