// Opening a room for a page: one question to the room, and its messages from what was rendered for everybody.
import type { RoomId } from '../../conversation/ids'
import { lengthOfPage } from '../../conversation/page'
import type { Member } from '../../conversation/member'
import { accept, type Result } from '../../conversation/refusal'
import { LANES, type LaneName } from '../../lanes/lanes'
import type { Initial } from '../../lanes/opening/opening'
import { countReading, reserveReading } from '../requests/limit-requests'
import type { RoomSurface, Visit } from '../../room/surface'
import { editionOf, keptEdition } from './editions'
import type { RenderedEdition } from './render-edition'
import { putIntoPage } from './finish-page'

export interface OpenedPage {
  readonly visit: Visit
  readonly initial: Initial
}

/**
 * Lets the viewer in and answers with what the page's components are given. Paid for by the visitor before any of it
 * is made: rows once for each list of them, and the data. Refuses: no_such_room, not_a_member, too_fast.
 */
export async function openPage(request: Request, viewer: Member, room: RoomSurface, id: RoomId, view: LaneName | 'compare'): Promise<Result<OpenedPage>> {
  // A page that is asked for by another, as Flight, has no document of its own to leave the messages in.
  const asFlight = new URL(request.url).searchParams.has('__rsc')
  const known = asFlight ? null : keptEdition(id)
  const opened = await room.open(viewer, null, known?.name ?? null)
  if (!opened.ok) return opened
  const { visit, edition: name, presence, snapshot } = opened.value
  if (asFlight && snapshot) {
    const paid = reserveReading(request, viewer.id, lengthOfPage(snapshot))
    return paid.ok ? accept({ visit, initial: snapshot }) : paid
  }
  const withNodes = view === 'rsc' || view === 'compare'
  const lists = view === 'compare' ? LANES.length : 1
  const reserved = snapshot ? (lists + 1) * lengthOfPage(snapshot) : known ? lengthOf(known, lists) : 0
  const paid = reserveReading(request, viewer.id, reserved)
  if (!paid.ok) return paid
  const edition = snapshot ? await editionOf(id, name, snapshot) : known
  if (!edition) throw new Error('a room withheld an edition that is not here')
  // What it became beyond what it says is owed.
  countReading(request, viewer.id, Math.max(0, lengthOf(edition, lists) - reserved))
  putIntoPage(request, { edition, withNodes })
  return accept({ visit, initial: { ...edition.page, ...presence, inDocument: { isEmpty: edition.isEmpty, answering: edition.answering } } })
}

/** In characters. */
function lengthOf({ rows, messages }: RenderedEdition, lists: number): number {
  return lists * rows.length + messages.length
}
