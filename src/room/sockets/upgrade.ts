// The request by which the web app opens a member's socket in a room. It is made anew: of what the client sent only
// `since` is in it, so that no header or query means anything to the room or to the SDK beneath it [L2] [R15].
import { isMemberId, type RoomId } from '../../conversation/ids'
import { cleanName } from '../../conversation/name'
import type { Member } from '../../conversation/member'
import type { SessionMark } from '../../conversation/session-mark'
import { isLaneName, type LaneName } from '../../lanes/lanes'

const MEMBER_HEADER = 'x-parley-member'
const LANE_HEADER = 'x-parley-lane'
const SESSION_HEADER = 'x-parley-session'
/** The network that the socket comes from, as limits count it; left out where none is known. */
const ADDRESS_HEADER = 'x-parley-address'

export interface Upgrade {
  readonly member: Member
  readonly lane: LaneName
  readonly session: SessionMark
  /** From which network; null where none is known. */
  readonly address: string | null
}

/** `asked` is the client's own address; of its query, `since` alone is taken along. */
export function upgradeRequest(room: RoomId, asked: string, { member, lane, session, address }: Upgrade): Request {
  const since = new URL(asked).searchParams.get('since')
  const url = new URL(`http://room.invalid/${room}`)
  if (since !== null) url.searchParams.set('since', since)
  const headers = {
    upgrade: 'websocket',
    // Names may hold any character, headers may not.
    [MEMBER_HEADER]: encodeURIComponent(JSON.stringify({ id: member.id, name: member.name })),
    [LANE_HEADER]: lane,
    [SESSION_HEADER]: `${session.until} ${session.hash}`,
    ...(address === null ? {} : { [ADDRESS_HEADER]: address }),
  }
  return new Request(url, { headers })
}

/** Null when the upgrade did not come through the app. */
export function readUpgrade(headers: Headers): Upgrade | null {
  const lane = headers.get(LANE_HEADER)
  const named = parsed(headers.get(MEMBER_HEADER) ?? '')
  const session = /^(\d{1,15}) ([A-Za-z0-9_-]{16,64})$/.exec(headers.get(SESSION_HEADER) ?? '')
  const clean = cleanName(named?.name)
  if (!isLaneName(lane) || !session?.[2] || !isMemberId(named?.id) || clean === null) return null
  return {
    member: { id: named.id, name: clean, kind: 'person' },
    lane,
    session: { until: Number(session[1]), hash: session[2] },
    address: headers.get(ADDRESS_HEADER),
  }
}

/** The version up to which a socket's client knows the room; null when it knows nothing or says nonsense. */
export function sinceOf(url: string): number | null {
  const since = new URL(url).searchParams.get('since')
  return since !== null && /^\d{1,15}$/.test(since) ? Number(since) : null
}

function parsed(member: string): { readonly id?: unknown; readonly name?: unknown } | null {
  try {
    const value: unknown = JSON.parse(decodeURIComponent(member))
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
