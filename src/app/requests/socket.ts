// The way in for sockets. Who is asking comes from the session; what a client says of itself is dropped [L2].
import { env } from 'cloudflare:workers'
import type { RequestInfo } from 'rwsdk/worker'
import { checkOrigin } from '../../auth/origin'
import { memberFromRequest } from '../../auth/session'
import { isRoomId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { accept, refusalResponse, refuse } from '../../conversation/refusal'
import { isLaneName } from '../../lanes/lanes'
import { roomOf } from '../../room/surface'
import { ADDRESS_HEADER, encodeMember, LANE_HEADER, MEMBER_HEADER } from '../../room/sockets/upgrade'
import { findRoom } from '../directory/rooms'
import { addressOf, limitMember } from './limit-requests'

/** Headers and queries that the Agents SDK believes: a client's own would name its connection, props and transport. */
const TRUSTED_BY_SDK = ['_pk', '__agents_transport', 'x-agents-lifecycle-props', 'x-partykit-room', 'x-partykit-namespace', 'x-partykit-props']

/** `/rooms/:room/:lane/socket`. Asked without an upgrade, it says why an upgrade would be refused: a browser is not told. */
export async function openSocket({ request, params }: RequestInfo): Promise<Response> {
  const upgrade = request.headers.get('upgrade')?.toLowerCase() === 'websocket'
  // A browser names its origin on every upgrade, and on no other GET.
  const ours = upgrade ? checkOrigin(request, env) : accept(undefined)
  if (!ours.ok) return refusalResponse(ours.refusal)
  if (!isRoomId(params.room) || !isLaneName(params.lane)) return refusalResponse(refuse('no_such_room', 'There is no room at this address.').refusal)
  const [member, room] = await Promise.all([memberFromRequest(request, env), findRoom(env, params.room)])
  const tooMuch = limitMember(request, member?.id ?? null)
  if (tooMuch) return tooMuch
  if (!member) return refusalResponse(refuse('not_signed_in', 'Say who you are first.').refusal)
  if (!room) return refusalResponse(refuse('no_such_room', 'There is no room at this address.').refusal)
  const address = addressOf(request)
  if (!upgrade) return explain(await roomOf(env, room.id), member, address)
  const headers = withoutClaims(request.headers)
  headers.set(MEMBER_HEADER, encodeMember(member))
  headers.set(LANE_HEADER, params.lane)
  if (address !== null) headers.set(ADDRESS_HEADER, address)
  return (await roomOf(env, room.id)).fetch(new Request(withoutQueryClaims(request.url), { method: 'GET', headers }))
}

async function explain(room: Awaited<ReturnType<typeof roomOf>>, member: Member, address: string | null): Promise<Response> {
  const admitted = await room.admit(member, address)
  // Nothing is in the way. No error status: a browser would log one for a client that lost its network and asked too late.
  return admitted.ok ? new Response(null, { status: 204 }) : refusalResponse(admitted.refusal)
}

function withoutClaims(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of headers.keys()) {
    if (name.startsWith('x-parley-') || TRUSTED_BY_SDK.includes(name)) kept.delete(name)
  }
  // The room has no use for the key to somebody's account.
  kept.delete('cookie')
  return kept
}

function withoutQueryClaims(address: string): URL {
  const url = new URL(address)
  for (const name of TRUSTED_BY_SDK) url.searchParams.delete(name)
  return url
}
