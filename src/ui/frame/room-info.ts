// What the screen knows of a room besides its messages.
import type { RoomId } from '../../conversation/ids'

export interface RoomInfo {
  readonly id: RoomId
  readonly name: string
  readonly access: 'open' | 'private'
  /** The viewer may clear it. */
  readonly isOwner: boolean
  /** So few people have a place in it that anybody may stop any reply. */
  readonly isAmongFew: boolean
}

export interface RoomLink {
  readonly id: RoomId
  readonly name: string
  readonly access?: 'open' | 'private'
  readonly href: string
}
