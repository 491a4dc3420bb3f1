// What a page's document holds for its scripts beside the rows in its HTML: inert, made once for everybody.
import type { MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import type { Standing } from '../../ui/parts/standing'
import { expand, type CompactMessages } from './compact'

/** The elements that hold it; each is JSON. */
export const MESSAGES_ID = 'page-messages'
/** The rsc lane's rendering of them, as Flight. */
export const NODES_ID = 'page-nodes'

/** Stands in the rendered document where the rows go. A quotation mark of somebody's text is never written as one, in HTML or in a script. */
export const ROWS_PLACE = '<template data-rows=""></template>'
/** Where the data goes, before any script can ask for it. */
export const DATA_PLACE = '<template data-page=""></template>'

let messages: readonly Message[] | null = null
let standings: ReadonlyMap<MessageId, Standing> = new Map()

/** The messages that stand in this document's HTML, read before anything in it changes. Throws where there are none. */
export function messagesInDocument(): readonly Message[] {
  messages ??= read(JSON.parse(textIn(MESSAGES_ID)) as CompactMessages, idsOfRows())
  return messages
}

/** How the row of this message stands in this document's HTML. Nowhere where there is none, as on the server. */
export function standingOf(id: MessageId): Standing {
  return standings.get(id) ?? 'nowhere'
}

function read(data: CompactMessages, ids: readonly MessageId[]): readonly Message[] {
  standings = new Map(ids.map((id, at) => [id, data.plain?.includes(at) ? 'plain' : 'marked']))
  return expand(data, ids)
}

/** A page that shows several lanes holds the same rows in each of their lists. */
function idsOfRows(): readonly MessageId[] {
  const rows = document.querySelector('[role="log"]')?.querySelectorAll<HTMLElement>('[data-message-id]') ?? []
  return [...rows].map((row) => row.dataset['messageId'] as MessageId)
}

/** The Flight bytes of the rendering of each. */
export function nodesInDocument(): string {
  return JSON.parse(textIn(NODES_ID)) as string
}

function textIn(id: string): string {
  const text = document.getElementById(id)?.textContent
  if (!text) throw new Error(`this document holds no ${id}`)
  return text
}
