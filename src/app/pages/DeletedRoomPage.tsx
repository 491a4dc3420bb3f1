// A deleted room, for who may bring it back.
import type { RoomId } from '../../conversation/ids'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Day } from '../../ui/basics/Day'
import { keptUntil } from '../directory/deleted-rooms'
import { roomPath } from '../directory/places'

interface DeletedRoomPageProps {
  readonly id: RoomId
  readonly name: string
  /** Ms since 1970. */
  readonly deletedAt: number
}

export function DeletedRoomPage({ id, name, deletedAt }: DeletedRoomPageProps) {
  return (
    <Card
      title={`${name} was deleted`}
      lead={
        <>
          You can have it back with all that was said.
          <Day what="Kept until" at={keptUntil(deletedAt)} />
          After that it is forgotten, and its name is free.
        </>
      }
    >
      <title>{`Deleted · ${name} · Parley`}</title>
      <form method="post" action={`${roomPath(id)}/restore`} className="flex flex-wrap gap-3">
        <Button type="submit" variant="primary">
          Restore room
        </Button>
        <a href="/" className={buttonClass('quiet')}>
          To the lobby
        </a>
      </form>
    </Card>
  )
}
