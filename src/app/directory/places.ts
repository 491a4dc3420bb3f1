// Addresses inside Parley.
import type { MemberId, RoomId } from '../../conversation/ids'
import type { LaneName } from '../../lanes/lanes'

export function roomPath(room: RoomId, lane?: LaneName): string {
  return lane ? `/rooms/${room}/${lane}` : `/rooms/${room}`
}

/** All the rooms that somebody may see. */
export const DIRECTORY_PATH = '/directory'

/** What agents a room has. */
export function agentsPath(room: RoomId): string {
  return `${roomPath(room)}/agents-settings`
}

/** Where a room's owner changes its servers of tools; what there is to see of them is beside its agents. */
export function serversPath(room: RoomId): string {
  return `${roomPath(room)}/servers`
}

/** Who lets its tools run. */
export function policiesPath(room: RoomId): string {
  return `${roomPath(room)}/policies`
}

/** Where the people are chosen who let one of them run; with what stands in that form. */
export function policyPath(
  room: RoomId,
  tool: string,
  form: { readonly mode: string; readonly needed?: string; readonly find?: string; readonly people?: readonly MemberId[] },
): string {
  const { people = [], ...fields } = form
  const query = new URLSearchParams({ tool, ...fields })
  for (const id of people) query.append('person', id)
  return `${policiesPath(room)}?${query}`
}

/** The form of one of them. */
export function agentPath(room: RoomId, agent: MemberId): string {
  return `${agentsPath(room)}?agent=${encodeURIComponent(agent)}`
}

/** What a room's agents took, and what they may take. */
export function costsPath(room: RoomId): string {
  return `${roomPath(room)}/costs`
}

/** What its agents did outside, and who let them. */
export function auditPath(room: RoomId, before?: number): string {
  return `${roomPath(room)}/audit${before === undefined ? '' : `?before=${before}`}`
}

/** The same as JSON lines, all of it. */
export function auditExportPath(room: RoomId): string {
  return `${auditPath(room)}?format=jsonl`
}

/** What a room remembers. */
export function memoryPath(room: RoomId): string {
  return `${roomPath(room)}/memory`
}

/** What a room's agents do later. */
export function schedulesPath(room: RoomId): string {
  return `${roomPath(room)}/schedules`
}

/** All lanes of a room side by side. */
export function comparePath(room: RoomId): string {
  return `${roomPath(room)}/compare`
}

/** Where to go next, as asked for by a form: a path of this site, else the front page. Never another site. */
export function samePlace(value: unknown): string {
  // A browser reads a backslash as a slash, so that /\evil.example would leave the site; control characters are dropped.
  if (typeof value !== 'string' || !/^\/(?![/\\])[^\\\p{C}]*$/u.test(value)) return '/'
  const { origin, pathname, search } = new URL(value, 'http://parley.invalid')
  return origin === 'http://parley.invalid' && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}
