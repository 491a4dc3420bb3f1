// What a page's document holds for its scripts beside the rows in its HTML: inert, made once for everybody.
import type { Message } from '../../conversation/message'
import { expand, type CompactMessages } from './compact'

/** The elements that hold it; each is JSON. */
export const MESSAGES_ID = 'page-messages'
/** The rsc lane's rendering of them, as Flight. */
export const NODES_ID = 'page-nodes'

/** Stands in the rendered document where the rows go. A quotation mark of somebody's text is never written as one, in HTML or in a script. */
export const ROWS_PLACE = '<template data-rows=""></template>'
/** Where the data goes, before any script can ask for it. */
export const DATA_PLACE = '<template data-page=""></template>'

/** The messages that stand in this document's HTML. Throws where there are none. */
export function messagesInDocument(): readonly Message[] {
  return expand(JSON.parse(textIn(MESSAGES_ID)) as CompactMessages)
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
