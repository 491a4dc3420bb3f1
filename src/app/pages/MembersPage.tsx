// Everybody with a place in a room, for its owner.
import type { Membership } from '../../room/members/members'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { roomPath } from '../directory/places'

interface MembersPageProps {
  readonly room: Visit['room']
  readonly members: readonly Membership[]
}

export function MembersPage({ room, members }: MembersPageProps) {
  return (
    <Card title={`Members of ${room.name}`} lead="Whoever is removed is shut out at once, and stays out.">
      <title>{`Members · ${room.name} · Parley`}</title>
      <ul className="flex flex-col divide-y divide-line">
        {members.map((member) => (
          <li key={member.id} className="flex min-h-12 items-center justify-between gap-3 py-1">
            <span className="min-w-0 truncate text-ink">{member.name}</span>
            {member.role === 'owner' ? <span className="text-sm text-muted">Owner</span> : <Removal room={room.id} member={member} />}
          </li>
        ))}
      </ul>
      <a href={roomPath(room.id)} className={buttonClass('primary')}>
        Back to {room.name}
      </a>
    </Card>
  )
}

function Removal({ room, member }: { readonly room: Visit['room']['id']; readonly member: Membership }) {
  return (
    <form method="post" action={`${roomPath(room)}/members`}>
      <input type="hidden" name="remove" value={member.id} />
      <Button type="submit" variant="danger" aria-label={`Remove ${member.name}`}>
        Remove
      </Button>
    </form>
  )
}
