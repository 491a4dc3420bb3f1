// What a room's page hands to whichever lane shows it.
import type { ReactNode } from 'react'
import type { RowKey } from '../../conversation/room-client'
import type { Member } from '../../conversation/member'
import type { LaneLink } from '../../ui/frame/lane-link'
import type { RoomInfo, RoomLink } from '../../ui/frame/room-info'
import type { RoomViewProps } from '../../ui/frame/RoomView'
import type { Initial } from '../opening/opening'
import type { ClientOptions } from './client-options'

export interface LaneRoomProps {
  readonly room: RoomInfo
  readonly viewer: Member
  readonly rooms: readonly RoomLink[]
  readonly lanes: readonly LaneLink[]
  readonly newRoomAction: string
  /** Where the rooms are that are not among `rooms`; left out when those are all. */
  readonly moreRooms?: string
  readonly roomMenu?: ReactNode
  readonly accountMenu?: ReactNode
  /** The newest page, as it stands in the HTML. */
  readonly initial: Initial
  /** What stands over the corner of the list. */
  readonly overlay?: ReactNode
  /** The screen to show the lane on; a whole room when left out. For the browser's own components: it cannot be sent by a server. */
  readonly view?: LaneView
}

/** A screen for any lane, whatever its rows. */
export type LaneView = <Row extends RowKey>(props: RoomViewProps<Row>) => ReactNode

export function clientOptionsOf({ room, viewer }: Pick<LaneRoomProps, 'room' | 'viewer'>): ClientOptions {
  // While the server renders there is no address, and no client connects.
  const origin = typeof location === 'undefined' ? 'http://server.invalid' : location.origin
  return { origin, roomId: room.id, viewerId: viewer.id }
}
