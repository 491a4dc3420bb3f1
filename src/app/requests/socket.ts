// The way in for sockets. Who is asking comes from the session; of what a client says of itself nothing reaches the room [L2].
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { checkOrigin } from '../../auth/origin'
import { visitorFrom } from '../../auth/session'
import { isRoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { accept, refusalResponse, refuse } from '../../conversation/refusal'
import { isLaneName } from '../../lanes/lanes'
import { upgradeRequest } from '../../room/sockets/upgrade'
import { roomOf } from '../../room/surface'
import { noteOpening } from '../directory/open-rooms'
import { findRoom } from '../directory/rooms'
import { addressOf, limitMember } from './limit-requests'
import { unavailable } from './unavailable'

/** `/rooms/:room/:lane/socket`. Asked without an upgrade, it says why an upgrade would be refused: a browser is not told. */
export async function openSocket(info: RequestInfo): Promise<Response> {
  try {
    return await answer(info)
  } catch (cause) {
    return refusalResponse(unavailable('a socket could not be opened', cause))
  }
}

async function answer({ request, params }: RequestInfo): Promise<Response> {
  const upgrade = request.headers.get('upgrade')?.toLowerCase() === 'websocket'
  // A browser names its origin on every upgrade, and on no other GET.
  const ours = upgrade ? checkOrigin(request, env) : accept(undefined)
  if (!ours.ok) return refusalResponse(ours.refusal)
  const { lane } = params
  if (!isRoomId(params.room) || !isLaneName(lane)) return refusalResponse(refuse('no_such_room', 'There is no room at this address.').refusal)
  const [visitor, room] = await Promise.all([visitorFrom(request, env), findRoom(env, params.room)])
  const tooMuch = limitMember(request, visitor?.member.id ?? null)
  if (tooMuch) return tooMuch
  if (!visitor) return notSignedIn()
  if (!room.ok) return refusalResponse(room.refusal)
  const { id } = room.value
  const address = addressOf(request)
  if (!upgrade) return explain(await roomOf(env, id), visitor.member, address)
  if (!(await noteOpening(env, visitor, id))) return notSignedIn()
  return (await roomOf(env, id)).fetch(upgradeRequest(id, request.url, { member: visitor.member, lane, session: visitor.session, address }))
}

function notSignedIn(): Response {
  return refusalResponse(refuse('not_signed_in', 'Say who you are first.').refusal)
}

async function explain(room: Awaited<ReturnType<typeof roomOf>>, member: Member, address: string | null): Promise<Response> {
  const admitted = await room.admit(member, address)
  // Nothing is in the way. No error status: a browser would log one for a client that lost its network and asked too late.
  return admitted.ok ? new Response(null, { status: 204 }) : refusalResponse(admitted.refusal)
}
