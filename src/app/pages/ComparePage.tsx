// A room in all of its lanes at once, with the newest page in its HTML.
import { CompareRoom } from '../../compare/CompareRoom'
import type { Snapshot } from '../../conversation/page'
import { renderMessages } from '../../lanes/rsc/render'
import type { Visit } from '../../room/surface'
import { roomPath } from '../directory/places'

interface ComparePageProps {
  readonly visit: Visit
  readonly snapshot: Snapshot
}

export function ComparePage({ visit: { room, viewer }, snapshot }: ComparePageProps) {
  return (
    <>
      <title>{`Compare · ${room.name} · Parley`}</title>
      <CompareRoom key={room.id} room={room} viewer={viewer} initial={snapshot} nodes={renderMessages(snapshot.messages)} back={roomPath(room.id)} />
    </>
  )
}
