// Another name for somebody who is signed in, by whichever form. Their account has it at once; the rooms where they are
// now are told, and no other: a room learns the name of whoever is not there when they come in [R44].
import { env, waitUntil } from 'cloudflare:workers'
import { rename, type SignedIn } from '../../auth/sign-in'
import type { RoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { accept, type Result } from '../../conversation/refusal'
import { ledgerOf } from '../../limits/ledger-surface'
import { limitsOf } from '../../limits/limit-settings'
import { roomOf } from '../../room/surface'

/** Rooms that are told at one time: one person's name is no reason for everybody to wait. */
const AT_ONCE = 4

/** Refuses: bad_name, not_signed_in, too_fast. */
export async function takeName(request: Request, name: string): Promise<Result<SignedIn>> {
  const isCounted = limitsOf(env).requestLimits
  const renamed = await rename(request, env, name, async (id) => (isCounted ? ledgerOf(env).rename(id) : accept(undefined)))
  if (renamed.ok) waitUntil(tellRooms(renamed.value.member).catch((cause: unknown) => console.error('who is where could not be looked up', cause)))
  return renamed
}

async function tellRooms(person: Member): Promise<void> {
  // Each of those who tell takes the next room that is left.
  const left = (await ledgerOf(env).roomsToTell(person.id)).values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const room of left) await tell(room, person)
    }),
  )
}

async function tell(room: RoomId, { id, name }: Member): Promise<void> {
  try {
    await (await roomOf(env, room)).rename(id, name)
  } catch (cause) {
    console.error('a room was not told of a new name, and learns it when its bearer comes in', { room }, cause)
  }
}
