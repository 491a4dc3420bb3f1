// Everybody with a place in a room, for its owner.
import { LOBBY } from '../../conversation/ids'
import type { Membership } from '../../room/members/members'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { isolated } from '../../ui/basics/language'
import { ShownName } from '../../ui/people/ShownName'
import { roomPath } from '../directory/places'

interface MembersPageProps {
  readonly room: Visit['room']
  readonly members: readonly Membership[]
}

export function MembersPage({ room, members }: MembersPageProps) {
  return (
    <Card title={`Members of ${isolated(room.name)}`} lead="Whoever is removed is shut out at once, and stays out.">
      <title>{`Members · ${room.name} · Parley`}</title>
      <ul className="flex flex-col divide-y divide-line">
        {members.map((member) => (
          <li key={member.id} className="flex min-h-12 items-center justify-between gap-3 py-1">
            <span className="flex min-w-0 items-center gap-2 text-ink">
              <ShownName name={member.name} />
            </span>
            {member.role === 'owner' ? <span className="text-sm text-muted">Owner</span> : <Removal room={room.id} member={member} />}
          </li>
        ))}
      </ul>
      <a href={roomPath(room.id)} className={buttonClass('primary')}>
        Back to <bdi>{room.name}</bdi>
      </a>
      {room.id === LOBBY ? null : <Deletion room={room.id} />}
    </Card>
  )
}

/** Asks for the page that asks: it works without scripts, and takes one press more. */
function Removal({ room, member }: { readonly room: Visit['room']['id']; readonly member: Membership }) {
  return (
    <form method="get" action={`${roomPath(room)}/members`}>
      <input type="hidden" name="remove" value={member.id} />
      <Button type="submit" variant="danger" aria-label={`Remove ${member.name}`}>
        Remove
      </Button>
    </form>
  )
}

/** Asked for twice, because everybody is shut out at once; a week is left to have it back. */
function Deletion({ room }: { readonly room: Visit['room']['id'] }) {
  return (
    <details className="border-t border-line pt-3">
      <summary className="flex min-h-10 items-center text-sm text-muted underline underline-offset-2">Delete this room</summary>
      <form method="post" action={`${roomPath(room)}/delete`} className="mt-2 flex flex-col gap-3">
        <p className="text-sm text-muted">Everybody is shut out at once. You can have it back for 7 days; then it is forgotten, and its name is free.</p>
        <Button type="submit" variant="danger">
          Delete room
        </Button>
      </form>
    </details>
  )
}
