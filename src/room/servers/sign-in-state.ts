// What goes out with somebody who signs in for a server, and has to come back with them: to which room and which sign-in they return. Sealed, so
// that nobody outside makes one or learns of a room by it; what it names counts once, for a while, and in one session (sign-ins.ts).
import { isRoomId, type RoomId } from '../../conversation/ids'

const PURPOSE = 'the state of a sign-in at a server of tools'
/** The longest that is looked at, characters. */
const MOST = 1_000

export interface SignInState {
  readonly room: RoomId
  readonly server: string
  readonly nonce: string
}

export async function sealState({ room, server, nonce }: SignInState, seal: (text: string, purpose: string) => Promise<string>): Promise<string> {
  return seal(JSON.stringify([room, server, nonce]), PURPOSE)
}

/** Null for what is not of our making. */
export async function openState(sealed: string, unseal: (sealed: string, purpose: string) => Promise<string | null>): Promise<SignInState | null> {
  const json = sealed.length > MOST ? null : await unseal(sealed, PURPOSE)
  if (json === null) return null
  const [room, server, nonce] = JSON.parse(json) as readonly unknown[]
  return isRoomId(room) && typeof server === 'string' && typeof nonce === 'string' ? { room, server, nonce } : null
}
