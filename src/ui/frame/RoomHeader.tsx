// The line above the messages: where you are, through which lane, whether it is live, and who else is here.
import type { ReactNode } from 'react'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import type { Connection } from '../../conversation/room-client'
import { ConnectionStatus } from './ConnectionStatus'
import { Icon } from '../basics/Icon'
import type { LaneLink, LaneName } from './lane-link'
import { LaneSwitch } from './LaneSwitch'
import { MemberList } from '../people/MemberList'
import { useRecords } from './records'
import { RoomMenu } from './RoomMenu'
import type { RoomInfo } from './room-info'

export interface RoomHeaderProps {
  readonly room: RoomInfo
  readonly lane: LaneName
  readonly lanes: readonly LaneLink[]
  readonly viewer: MemberId
  readonly connection: Connection
  readonly here: readonly Member[]
  readonly hereCount: number
  readonly drawerId: string
  readonly onClear: () => void
  readonly roomMenu?: ReactNode
}

export function RoomHeader({ room, lane, lanes, viewer, connection, here, hereCount, drawerId, onClear, roomMenu }: RoomHeaderProps) {
  const [settings] = useRecords('room')
  return (
    <header className="room-header">
      <button type="button" aria-label="Rooms" popoverTarget={drawerId} className="icon-button -mr-1 lg:hidden">
        <Icon name="menu" />
      </button>
      <h1 className="room-name">
        <Icon name={room.access === 'private' ? 'lock' : 'hash'} className="size-4.5 text-muted" />
        <span className="truncate">{settings?.value.name ?? room.name}</span>
      </h1>
      <div className="room-lanes">
        <ConnectionStatus connection={connection} />
        <LaneSwitch lanes={lanes} current={lane} />
      </div>
      <div className="room-corner">
        <MemberList here={here} hereCount={hereCount} viewer={viewer} />
        <RoomMenu room={room} onClear={onClear}>
          {roomMenu}
        </RoomMenu>
      </div>
    </header>
  )
}
