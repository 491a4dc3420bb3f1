// What a member can see and its owner can settle about a room, inside the room's menu.
import { LOBBY } from '../../conversation/ids'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { CopyLink } from '../../ui/basics/CopyLink'
import { Day } from '../../ui/basics/Day'
import { agentsPath, comparePath, costsPath, memoryPath, roomPath, schedulesPath } from '../directory/places'

export function RoomSettings({ room }: { readonly room: Visit['room'] }) {
  return (
    <>
      <a href={comparePath(room.id)} className={buttonClass('outline')}>
        Compare live
      </a>
      {room.invite === null ? null : <Invitation room={room} code={room.invite} until={room.inviteUntil ?? 0} />}
      <a href={agentsPath(room.id)} className={buttonClass('outline')}>
        Agents
      </a>
      <a href={memoryPath(room.id)} className={buttonClass('outline')}>
        Memory
      </a>
      <a href={schedulesPath(room.id)} className={buttonClass('outline')}>
        Schedules
      </a>
      <a href={costsPath(room.id)} className={buttonClass('outline')}>
        Costs
      </a>
      {room.isOwner ? (
        <a href={`${roomPath(room.id)}/members`} className={buttonClass('outline')}>
          Members
        </a>
      ) : null}
      {room.isOwner && room.id === LOBBY ? (
        <a href="/instance" className={buttonClass('outline')}>
          This instance
        </a>
      ) : null}
    </>
  )
}

interface InvitationProps {
  readonly room: Visit['room']
  readonly code: string
  /** Ms since 1970. */
  readonly until: number
}

/** Whoever sees the link may pass it on. Its owner may make a new one when it went too far; everybody, when it has run out. */
function Invitation({ room, code, until }: InvitationProps) {
  return (
    <>
      <a href={`/join/${room.id}/${code}`} className={buttonClass('outline')}>
        Invitation link
      </a>
      <CopyLink path={`/join/${room.id}/${code}`} />
      <p className="px-1 text-sm text-muted">
        {room.id === LOBBY ? 'It lets strangers into this Parley until' : 'It lets people in until'} <Day at={until} />
      </p>
      {room.mayRenewInvitation ? (
        <form method="post" action={`${roomPath(room.id)}/invitation`} className="flex flex-col">
          <Button type="submit" variant="quiet">
            New invitation
          </Button>
        </form>
      ) : null}
    </>
  )
}
