// Opening a room for a page: one question to the room, and its messages from what was rendered for everybody.
import type { RoomId } from '../../conversation/ids'
import { lengthOfPage } from '../../conversation/page'
import type { Member } from '../../conversation/member'
import { accept, type Result } from '../../conversation/refusal'
import type { Initial } from '../../lanes/opening/opening'
import { countReading } from '../requests/limit-requests'
import type { RoomSurface, Visit } from '../../room/surface'
import { editionOf, keptEdition } from './editions'
import { putIntoPage } from './finish-page'

export interface OpenedPage {
  readonly visit: Visit
  readonly initial: Initial
}

/** Lets the viewer in and answers with what the page's components are given. `withNodes`: the rsc lane is on it. Refuses: no_such_room, not_a_member. */
export async function openPage(request: Request, viewer: Member, room: RoomSurface, id: RoomId, withNodes: boolean): Promise<Result<OpenedPage>> {
  // A page that is asked for by another, as Flight, has no document of its own to leave the messages in.
  const asFlight = new URL(request.url).searchParams.has('__rsc')
  const known = asFlight ? null : keptEdition(id)
  const opened = await room.open(viewer, null, known?.name ?? null)
  if (!opened.ok) return opened
  const { visit, edition: name, presence, snapshot } = opened.value
  if (asFlight && snapshot) {
    countReading(request, viewer.id, lengthOfPage(snapshot))
    return accept({ visit, initial: snapshot })
  }
  const edition = snapshot ? await editionOf(id, name, snapshot) : known
  if (!edition) throw new Error('a room withheld an edition that is not here')
  countReading(request, viewer.id, edition.rows.length + edition.messages.length + (withNodes ? edition.nodes.length : 0))
  putIntoPage(request, { edition, withNodes })
  return accept({ visit, initial: { ...edition.page, ...presence, inDocument: { isEmpty: edition.isEmpty, answering: edition.answering } } })
}
