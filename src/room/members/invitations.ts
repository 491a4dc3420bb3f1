// Who is shown a room's invitation, to pass it on [R45].
import { LOBBY, type RoomId } from '../../conversation/ids'
import type { Guests } from '../../limits/limit-settings'
import type { RoomInfo } from './members'

/**
 * A private room's members are. An open room needs none, but for the lobby where only the invited come in: its invitation
 * opens the instance, so that it is its owner's alone to give; while nobody owns it, its members'.
 */
export function isShownInvitation(room: Pick<RoomInfo, 'access' | 'ownerId'> & { readonly id: RoomId }, isOwner: boolean, guests: Guests): boolean {
  if (room.access === 'private') return true
  return room.id === LOBBY && guests === 'invited' && (isOwner || room.ownerId === null)
}
