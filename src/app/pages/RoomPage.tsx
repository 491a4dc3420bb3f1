// A room in one of its lanes, with the newest page in its HTML.
import { DebugPanel } from '../../compare/DebugPanel'
import { Measured } from '../../compare/Measured'
import { AgentsRoom } from '../../lanes/agents/RoomClient'
import type { LaneRoomProps } from '../../lanes/client/lane-room-props'
import { LANES, type LaneName } from '../../lanes/lanes'
import { renderedIn } from '../../lanes/rsc/render'
import { RscRoom } from '../../lanes/rsc/RoomClient'
import { TinybaseRoom } from '../../lanes/tinybase/RoomClient'
import type { OpenedPage } from '../opening/open-page'
import { AccountMenu } from './AccountMenu'
import { DIRECTORY_PATH, roomPath } from '../directory/places'
import { RoomSettings } from './RoomSettings'
import type { ListedRoom } from '../directory/list-rooms'

interface RoomPageProps extends OpenedPage {
  readonly lane: LaneName
  readonly rooms: readonly ListedRoom[]
  readonly hasMoreRooms: boolean
  /** Shows what the lane costs this browser. */
  readonly debug: boolean
}

export function RoomPage({ visit, initial, lane, rooms, hasMoreRooms, debug }: RoomPageProps) {
  const { room, viewer } = visit
  const props: LaneRoomProps = {
    room,
    viewer,
    initial,
    newRoomAction: '/rooms',
    ...(hasMoreRooms ? { moreRooms: DIRECTORY_PATH } : {}),
    rooms: rooms.map(({ id, name, access }) => ({ id, name, access, href: roomPath(id, lane) })),
    lanes: LANES.map((name) => ({ name, href: roomPath(room.id, name) })),
    roomMenu: <RoomSettings room={room} />,
    accountMenu: <AccountMenu viewer={viewer} back={roomPath(room.id, lane)} />,
    ...(debug ? { overlay: <DebugPanel /> } : {}),
  }
  const key = `${room.id} ${lane}`
  const shown = <LaneRoom key={key} lane={lane} {...props} />
  return debug ? (
    <Measured key={key} lane={lane}>
      {shown}
    </Measured>
  ) : (
    shown
  )
}

function LaneRoom({ lane, ...props }: LaneRoomProps & { readonly lane: LaneName }) {
  switch (lane) {
    case 'rsc':
      return <RscRoom {...props} {...renderedIn(props.initial)} />
    case 'agents':
      return <AgentsRoom {...props} />
    case 'tinybase':
      return <TinybaseRoom {...props} />
    default:
      return lane satisfies never
  }
}
