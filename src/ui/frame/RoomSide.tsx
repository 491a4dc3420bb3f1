// The rooms at the side: a column on a wide screen, a drawer on a phone.
import type { ReactNode } from 'react'
import type { Member } from '../../conversation/member'
import { Avatar } from '../people/Avatar'
import { Icon } from '../basics/Icon'
import { NewRoomForm } from './NewRoomForm'
import { Popover } from '../basics/Popover'
import type { RoomLink } from './room-info'
import { Wordmark } from './Wordmark'

export interface RoomSideProps {
  /** The drawer's id, for the button that opens it. */
  readonly id: string
  readonly rooms: readonly RoomLink[]
  readonly current: string
  readonly viewer: Member
  readonly newRoomAction: string
  /** Where the other rooms are, when there are any. */
  readonly moreRooms?: string | undefined
  /** The viewer's own settings, from the page: rename, sign out. */
  readonly accountMenu?: ReactNode
}

export function RoomSide({ id, rooms, current, viewer, newRoomAction, moreRooms, accountMenu }: RoomSideProps) {
  return (
    <nav id={id} popover="auto" aria-label="Rooms" className="room-drawer">
      <div className="flex min-h-10 items-center justify-between px-2">
        <Wordmark />
        <button type="button" aria-label="Close rooms" popoverTarget={id} popoverTargetAction="hide" className="icon-button -mr-1 lg:hidden">
          <Icon name="close" />
        </button>
      </div>
      <ul className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
        {rooms.map((room) => (
          <li key={room.id}>
            <a href={room.href} {...(room.id === current ? { 'aria-current': 'page' as const } : {})} className="side-link">
              <Icon name={room.access === 'private' ? 'lock' : 'hash'} className="" />
              <span className="truncate">{room.name}</span>
            </a>
          </li>
        ))}
        {moreRooms === undefined ? null : (
          <li>
            <a href={moreRooms} className="side-link">
              <Icon name="more" className="" />
              More rooms
            </a>
          </li>
        )}
        <li>
          <NewRoomForm action={newRoomAction} />
        </li>
      </ul>
      <Popover
        name="Your account"
        from="account"
        buttonClassName="account-button"
        button={
          <>
            <Avatar member={viewer} size="small" />
            <span className="sr-only">Your account, </span>
            <span className="name min-w-0 flex-1 truncate text-left text-[0.9375rem] font-medium">{viewer.name}</span>
            <Icon name="more" className="size-5 text-muted" />
          </>
        }
      >
        {accountMenu}
      </Popover>
    </nav>
  )
}
