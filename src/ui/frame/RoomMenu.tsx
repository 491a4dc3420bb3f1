// What can be done with the room itself.
import type { ReactNode } from 'react'
import { ClearRoom } from './ClearRoom'
import { Icon } from '../basics/Icon'
import { Popover } from '../basics/Popover'
import type { RoomInfo } from './room-info'

export interface RoomMenuProps {
  readonly room: RoomInfo
  readonly onClear: () => void
  /** Further settings, from the page. */
  readonly children?: ReactNode
}

export function RoomMenu({ room, onClear, children }: RoomMenuProps) {
  return (
    <Popover
      name="Room menu"
      from="header"
      buttonClassName="icon-button hover:bg-paper"
      button={
        <>
          <Icon name="more" />
          <span className="sr-only">Room menu</span>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p className="flex items-center gap-2 px-1 text-sm text-muted">
          <Icon name={room.access === 'private' ? 'lock' : 'hash'} className="size-4" />
          {room.access === 'private' ? 'Private: by invitation only' : 'Open: anyone signed in may enter'}
        </p>
        {children}
        {room.isOwner ? <ClearRoom roomName={room.name} onClear={onClear} /> : null}
      </div>
    </Popover>
  )
}
