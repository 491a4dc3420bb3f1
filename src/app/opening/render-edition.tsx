// What a page holds of a room's messages, rendered once for everybody: the rows as HTML, the messages as data, and the
// rsc lane's rendering as Flight. All of it is inert where it stands.
import { renderToReadableStream } from 'react-server-dom-webpack/server.edge'
import { createThenableFromReadableStream, renderHtmlStream } from 'rwsdk/__ssr_bridge'
import { requestInfo } from 'rwsdk/worker'
import type { ReactNode } from 'react'
import type { Message } from '../../conversation/message'
import type { Snapshot } from '../../conversation/page'
import { compact } from '../../lanes/opening/compact'
import { MESSAGES_ID, NODES_ID } from '../../lanes/opening/document-data'
import { manifest } from '../../lanes/rsc/payloads'
import { PageRows } from '../../lanes/rsc/PageRows'
import { renderRows } from '../../lanes/rsc/render'

/** A row that will not change without a new version of its message. */
interface RenderedRow {
  readonly version: number
  readonly settled: boolean
  readonly continues: string | null
  readonly html: string
}

export interface RenderedEdition {
  readonly name: string
  readonly page: Pick<Snapshot, 'version' | 'hasEarlier'>
  readonly isEmpty: boolean
  /** Whether an agent is writing. */
  readonly answering: boolean
  readonly rows: string
  /** Elements of the document. */
  readonly messages: string
  readonly nodes: string
  readonly byId: ReadonlyMap<string, RenderedRow>
}

/** Rows that `before` has as they are now are taken from it: while a reply is written, it alone is rendered again. */
export async function renderEdition(name: string, { messages, version, hasEarlier }: Snapshot, before: RenderedEdition | null): Promise<RenderedEdition> {
  const nodes = renderRows(messages)
  const stale = messages.flatMap((message, at) => (isSame(before?.byId.get(message.id), message, messages[at - 1]) ? [] : [at]))
  const fresh = await htmlOf(
    stale.map((at) => messages[at]).filter((message) => message !== undefined),
    stale.map((at) => nodes[at]),
  )
  const byId = new Map<string, RenderedRow>()
  messages.forEach((message, at) => {
    const place = stale.indexOf(at)
    const known = before?.byId.get(message.id)
    const row = place < 0 && known ? known : rowOf(message, messages[at - 1], fresh[place])
    byId.set(message.id, row)
  })
  return {
    name,
    page: { version, hasEarlier },
    isEmpty: messages.length === 0,
    answering: messages.some(({ metadata }) => metadata.status === 'streaming'),
    rows: [...byId.values()].map(({ html }) => html).join(''),
    messages: dataElement(MESSAGES_ID, JSON.stringify(compact(messages))),
    nodes: dataElement(NODES_ID, JSON.stringify(await textOf(flightOf(nodes)))),
    byId,
  }
}

function rowOf({ metadata }: Message, previous: Message | undefined, html: string | undefined): RenderedRow {
  if (html === undefined) throw new Error('a message was not rendered')
  return { version: metadata.version, settled: metadata.status !== 'streaming', continues: previous?.id ?? null, html }
}

function isSame(row: RenderedRow | undefined, { metadata }: Message, previous: Message | undefined): boolean {
  return row !== undefined && row.settled && row.version === metadata.version && row.continues === (previous?.id ?? null)
}

const END = '</article>'

/** The HTML of each; an article never holds another. */
async function htmlOf(messages: readonly Message[], nodes: readonly ReactNode[]): Promise<readonly string[]> {
  if (messages.length === 0) return []
  const node = (await createThenableFromReadableStream(flightOf(<PageRows messages={messages} nodes={nodes} />))) as ReactNode
  const html = await textOf(await renderHtmlStream({ node, requestInfo, onError: failed }))
  const rows = html.split(END)
  if (rows.pop() !== '' || rows.length !== messages.length) throw new Error('rows were not rendered as articles')
  return rows.map((row) => row + END)
}

function flightOf(value: unknown): ReadableStream<Uint8Array> {
  return renderToReadableStream(value, manifest, { onError: failed })
}

function failed(cause: unknown): void {
  console.error('rendering the messages of a page failed', cause)
}

function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}

/** JSON as an element that runs nothing and that no text in it can end. */
function dataElement(id: string, json: string): string {
  return `<script type="application/json" id="${id}">${json.replaceAll('<', '\\u003c')}</script>`
}
