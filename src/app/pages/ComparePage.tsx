// A room in all of its lanes at once, with the newest page in its HTML.
import { CompareRoom } from '../../compare/CompareRoom'
import { renderedIn } from '../../lanes/rsc/render'
import type { OpenedPage } from '../opening/open-page'
import { roomPath } from '../directory/places'

export function ComparePage({ visit: { room, viewer }, initial }: OpenedPage) {
  return (
    <>
      <title>{`Compare · ${room.name} · Parley`}</title>
      <CompareRoom key={room.id} room={room} viewer={viewer} initial={initial} {...renderedIn(initial)} back={roomPath(room.id)} />
    </>
  )
}
