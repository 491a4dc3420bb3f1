// The headers by which the web app names a socket's member and lane. The app overwrites them on every upgrade, so what a
// client put there never arrives [L2].
import { isMemberId } from '../../conversation/ids'
import { cleanName } from '../../conversation/member'
import type { Member } from '../../conversation/member'
import { isLaneName, type LaneName } from '../../lanes/lanes'

export const MEMBER_HEADER = 'x-parley-member'
export const LANE_HEADER = 'x-parley-lane'
/** The network that the socket comes from, as limits count it; left out where none is known. */
export const ADDRESS_HEADER = 'x-parley-address'

/** The member as header text. Names may hold any character, headers may not. */
export function encodeMember(member: Member): string {
  return encodeURIComponent(JSON.stringify({ id: member.id, name: member.name }))
}

/** Null when the upgrade did not come through the app. */
export function readUpgrade(headers: Headers): { readonly member: Member; readonly lane: LaneName; readonly address: string | null } | null {
  const lane = headers.get(LANE_HEADER)
  const value = headers.get(MEMBER_HEADER)
  if (value === null || !isLaneName(lane)) return null
  const { id, name } = JSON.parse(decodeURIComponent(value)) as { id: unknown; name: unknown }
  const clean = cleanName(name)
  return isMemberId(id) && clean !== null ? { member: { id, name: clean, kind: 'person' }, lane, address: headers.get(ADDRESS_HEADER) } : null
}

/** The version up to which a socket's client knows the room; null when it knows nothing or says nonsense. */
export function sinceOf(url: string): number | null {
  const since = new URL(url).searchParams.get('since')
  return since !== null && /^\d{1,15}$/.test(since) ? Number(since) : null
}
