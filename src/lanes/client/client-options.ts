// What every lane's client needs to know before it can join a room.
import type { MemberId, RoomId } from '../../conversation/ids'
import type { PostStorage } from './posts-on-device'

export interface ClientOptions {
  /** Scheme, host and port of the app, such as `https://chat.example`. */
  readonly origin: string
  readonly roomId: RoomId
  /** The person whose session this is; used for showing only, the server asks the session. */
  readonly viewerId: MemberId
  /** The socket class; programs outside a browser pass one that sends their cookie. */
  readonly WebSocket?: typeof WebSocket
  /** How HTTP is asked; likewise. */
  readonly fetch?: typeof fetch
  /** Where posts wait for their acknowledgement, and where `storage` events of other tabs arrive; the browser's own when left out, nowhere in other programs. */
  readonly posts?: { readonly storage: PostStorage; readonly events: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> }
}

/** The address of a lane's socket, without the scheme's colon and slashes or a leading slash on the path. */
export function socketPath(roomId: RoomId, lane: string): string {
  return `rooms/${roomId}/${lane}/socket`
}
