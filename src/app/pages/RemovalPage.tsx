// Asks before somebody is removed from a room: it cannot be taken back by the one who is removed. A plain form.
import type { Membership } from '../../room/members/members'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { isolated } from '../../ui/basics/language'
import { ShownName } from '../../ui/people/ShownName'
import { roomPath } from '../directory/places'

interface RemovalPageProps {
  readonly room: Visit['room']
  readonly member: Membership
}

export function RemovalPage({ room, member: { id, name } }: RemovalPageProps) {
  const members = `${roomPath(room.id)}/members`
  return (
    <Card title={`Remove somebody from ${isolated(room.name)}?`} lead="They are shut out at once, and stay out. What they said stays.">
      <title>{`Remove · ${room.name} · Parley`}</title>
      <p className="flex min-w-0 items-center gap-2 font-semibold text-ink">
        <ShownName name={name} />
      </p>
      <form method="post" action={members} className="flex flex-wrap gap-3">
        <input type="hidden" name="remove" value={id} />
        <Button type="submit" variant="danger" aria-label={`Remove ${name}`}>
          Remove
        </Button>
        <a href={members} className={buttonClass('outline')}>
          Cancel
        </a>
      </form>
    </Card>
  )
}
