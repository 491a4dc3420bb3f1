// What a member can see and its owner can settle about a room, inside the room's menu.
import type { Visit } from '../../room/surface'
import { buttonClass } from '../../ui/basics/Button'
import { comparePath, roomPath } from '../directory/places'

export function RoomSettings({ room }: { readonly room: Visit['room'] }) {
  return (
    <>
      <a href={comparePath(room.id)} className={buttonClass('outline')}>
        Compare live
      </a>
      {room.invite === null ? null : (
        <a href={`/join/${room.id}/${room.invite}`} className={buttonClass('outline')}>
          Invitation link (copy its address)
        </a>
      )}
      {room.isOwner ? (
        <a href={`${roomPath(room.id)}/members`} className={buttonClass('outline')}>
          Members
        </a>
      ) : null}
    </>
  )
}
