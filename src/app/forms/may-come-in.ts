// Whether a stranger may become a guest: what GUESTS says, and then how many came in from where they are.
import { env } from 'cloudflare:workers'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { ledgerOf } from '../../limits/ledger-surface'
import { limitsOf } from '../../limits/limit-settings'
import { roomOf } from '../../room/surface'
import { isOpenClaim } from '../directory/instance'
import { findRoom } from '../directory/rooms'
import { addressOf } from '../requests/limit-requests'

/** Refuses: no_guests. `next` is where they want to go, a path of this site. */
export async function mayComeIn(next: string): Promise<Result> {
  const { guests } = limitsOf(env)
  // Whoever holds the link to own this instance must be able to have a name here.
  if (guests !== 'open' && (await isClaim(next))) return accept(undefined)
  if (guests === 'open' || (guests === 'invited' && (await isInvitation(next)))) return accept(undefined)
  if (guests === 'invited') return refuse('no_guests', 'One comes in here by invitation. Open the invitation link that a member of a room gave you.')
  return refuse('no_guests', 'Nobody new comes in here at the moment.')
}

/** The same, and counts them as come in. Refuses also: too_fast. */
export async function comeIn(request: Request, next: string): Promise<Result> {
  const may = await mayComeIn(next)
  if (!limitsOf(env).requestLimits) return may
  return may.ok ? ledgerOf(env).signIn(addressOf(request)) : may
}

async function isInvitation(next: string): Promise<boolean> {
  const [, id, code] = /^\/join\/([^/?]+)\/([^/?]+)$/.exec(next) ?? []
  const room = code === undefined ? null : await findRoom(env, id)
  return room?.ok === true && code !== undefined && (await roomOf(env, room.value.id)).invites(code)
}

async function isClaim(next: string): Promise<boolean> {
  const [, code] = /^\/claim\/([^/?]+)$/.exec(next) ?? []
  return code !== undefined && isOpenClaim(env, code, Date.now())
}
