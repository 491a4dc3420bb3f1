// What a page holds of a room's messages, rendered once for everybody: the rows as HTML, the messages as data, and the
// rsc lane's rendering as Flight. All of it is inert where it stands.
import { isUnfinished } from '../../conversation/message'
import type { Snapshot } from '../../conversation/page'
import { recordsOf, type RoomRecord } from '../../conversation/record'
import { compact } from '../../lanes/opening/compact'
import { MESSAGES_ID, NODES_ID } from '../../lanes/opening/document-data'
import { distinctNodes } from '../../lanes/rsc/distinct-nodes'
import { renderRows } from '../../lanes/rsc/render'
import { rowsOf, type RowsById } from './render-rows'
import { flightOf, textOf } from './streams'

export interface RenderedEdition {
  readonly name: string
  readonly page: Pick<Snapshot, 'version' | 'hasEarlier' | 'records' | 'amendedBefore'>
  readonly isEmpty: boolean
  /** Whether an answer is being written, or is to be: whoever may can stop it. */
  readonly answering: boolean
  readonly rows: string
  /** Elements of the document. */
  readonly messages: string
  readonly nodes: string
  readonly byId: RowsById
}

/** Rows that `before` has as they are now are taken from it: while a reply is written, it alone is rendered again. */
export async function renderEdition(
  name: string,
  { messages, here: _here, hereCount: _count, now: _now, ...page }: Snapshot,
  before: RenderedEdition | null,
): Promise<RenderedEdition> {
  const nodes = renderRows(messages)
  const agents = looksOf(page.records)
  const records = [...agents, ...recordsOf(page.records, 'approval')]
  const rows = await rowsOf({ messages, nodes, records }, before && isSame(agents, looksOf(before.page.records)) ? before.byId : new Map())
  const plain = rows.flatMap((row, at) => (row.plain ? [at] : []))
  return {
    name,
    page,
    isEmpty: messages.length === 0,
    answering: messages.some(({ metadata }) => isUnfinished(metadata.status)),
    rows: rows.map(({ html }) => html).join(''),
    messages: dataElement(MESSAGES_ID, JSON.stringify(compact(messages, plain))),
    nodes: dataElement(NODES_ID, JSON.stringify(await textOf(flightOf(distinctNodes(nodes))))),
    byId: new Map(rows.map((row, at) => [messages[at]?.id ?? '', row])),
  }
}

/** Rows show an agent as the room has it now. */
function looksOf(records: readonly RoomRecord[]): readonly RoomRecord[] {
  return recordsOf(records, 'agent').map((record) => ({ ...record, value: { colour: record.value.colour, emoji: record.value.emoji } }))
}

function isSame(some: readonly RoomRecord[], others: readonly RoomRecord[]): boolean {
  return some.length === others.length && some.every(({ id, version }, at) => others[at]?.id === id && others[at]?.version === version)
}

/** JSON as an element that runs nothing and that no text in it can end: only these three change how the rest of a script is read. */
function dataElement(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${json.replaceAll(/<(?=!--|\/?script)/gi, '\\u003c')}</script>`
}
