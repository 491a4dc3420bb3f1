// Whether a stranger may become a guest: what GUESTS says, and then how many came in from where they are.
import { env } from 'cloudflare:workers'
import { LOBBY } from '../../conversation/ids'
import { accept, refuse, type Result } from '../../conversation/refusal'
import { ledgerOf } from '../../limits/ledger-surface'
import { limitsOf } from '../../limits/limit-settings'
import { roomOf } from '../../room/surface'
import { isOpenClaim } from '../directory/instance'
import { addressOf } from '../requests/limit-requests'

const INVITATION = /^\/join\/([^/?]+)\/([^/?]+)$/
const INVITED_ONLY = 'One comes in here by invitation. Open the link that the owner of this Parley gave you.'
const INVITED_ELSEWHERE =
  'This link is for people who have a name here already. Ask the owner of this Parley for the invitation of the lobby, come in by that, and then open this link again.'

/** Refuses: no_guests. `next` is where they want to go, a path of this site. */
export async function mayComeIn(next: string): Promise<Result> {
  const { guests } = limitsOf(env)
  // Whoever holds the link to own this instance must be able to have a name here.
  if (guests !== 'open' && (await isClaim(next))) return accept(undefined)
  if (guests === 'open' || (guests === 'invited' && (await isInvitation(next)))) return accept(undefined)
  if (guests === 'invited') return refuse('no_guests', isOfRoom(next) ? INVITED_ELSEWHERE : INVITED_ONLY)
  return refuse('no_guests', 'Nobody new comes in here at the moment.')
}

/** The same, and counts them as come in. Refuses also: too_fast. */
export async function comeIn(request: Request, next: string): Promise<Result> {
  const may = await mayComeIn(next)
  if (!limitsOf(env).requestLimits) return may
  return may.ok ? ledgerOf(env).signIn(addressOf(request)) : may
}

/** The lobby's is the only invitation that opens the instance: see decision 66. */
async function isInvitation(next: string): Promise<boolean> {
  const [, room, code] = INVITATION.exec(next) ?? []
  return room === LOBBY && code !== undefined && (await roomOf(env, LOBBY)).invites(code)
}

function isOfRoom(next: string): boolean {
  const [, room] = INVITATION.exec(next) ?? []
  return room !== undefined && room !== LOBBY
}

async function isClaim(next: string): Promise<boolean> {
  const [, code] = /^\/claim\/([^/?]+)$/.exec(next) ?? []
  return code !== undefined && isOpenClaim(env, code, Date.now())
}
