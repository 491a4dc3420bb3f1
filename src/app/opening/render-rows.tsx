// The rows of a page as HTML, the newest first, for as long as its budget lasts: the older ones are plain words, none of them
// left out. Rows that were rendered before are taken as they are.
import { createThenableFromReadableStream, renderHtmlStream } from 'rwsdk/__ssr_bridge'
import { requestInfo } from 'rwsdk/worker'
import type { ReactNode } from 'react'
import { lastChange } from '../../conversation/amendment'
import { recordsOf, type RoomRecord } from '../../conversation/record'
import { saidLength } from '../../conversation/event'
import type { Message } from '../../conversation/message'
import { PageRows } from '../../lanes/rsc/PageRows'
import { failed, flightOf, textOf } from './streams'

/** HTML of rows that are shown as their Markdown means them, on one page, in characters: a third of a second to render at worst. */
export const MAX_MARKED = 1_000_000

/** What is rendered at once before it is looked at how long it became, in characters of text. An honest page is one batch. */
const BATCH = 64_000

/** A row that will not change without a new version of its message, or of what people decide about it. */
export interface RenderedRow {
  readonly version: number
  readonly settled: boolean
  readonly continues: string | null
  readonly plain: boolean
  readonly html: string
}

/** What rows are drawn from: for each message its rendering, and what the room says of its agents. */
export interface Drawn {
  readonly messages: readonly Message[]
  readonly nodes: readonly ReactNode[]
  readonly records: readonly RoomRecord[]
}

export type RowsById = ReadonlyMap<string, RenderedRow>

/** One row for each message, in their order. `before`: rows as they were the last time. */
export async function rowsOf(drawn: Drawn, before: RowsById): Promise<readonly RenderedRow[]> {
  const { messages } = drawn
  const rows = messages.map((message, at) => sameRow(before.get(message.id), versionOf(message, drawn.records), messages[at - 1]))
  const first = await markUp(drawn, rows)
  await render(drawn, rows, missing(rows, 0, first), true)
  return rows.map((row) => {
    if (!row) throw new Error('a message was not rendered')
    return row
  })
}

/** Renders what the budget pays for, and answers where that begins. A row that was plain before found no room then, and does not now. */
async function markUp(drawn: Drawn, rows: (RenderedRow | undefined)[]): Promise<number> {
  const { messages } = drawn
  let left = MAX_MARKED
  for (let end = messages.length; end > 0;) {
    const start = batchBefore(messages, end)
    await render(drawn, rows, missing(rows, start, end), false)
    for (let at = end - 1; at >= start; at -= 1) {
      const row = rows[at]
      left -= row?.plain ? Infinity : (row?.html.length ?? 0)
      if (left >= 0) continue
      // Those before it too, so that words and markup do not alternate.
      for (let older = 0; older <= at; older += 1) if (!rows[older]?.plain) rows[older] = undefined
      return at + 1
    }
    end = start
  }
  return 0
}

function batchBefore(messages: readonly Message[], end: number): number {
  let length = 0
  let start = end
  while (start > 0 && (start === end || length < BATCH)) {
    start -= 1
    const message = messages[start]
    if (message) length += saidLength(message)
  }
  return start
}

function missing(rows: readonly (RenderedRow | undefined)[], start: number, end: number): readonly number[] {
  return rows.flatMap((row, at) => (at >= start && at < end && !row ? [at] : []))
}

async function render(drawn: Drawn, rows: (RenderedRow | undefined)[], places: readonly number[], plain: boolean): Promise<void> {
  const { messages, nodes, records } = drawn
  const chosen = places.map((at) => messages[at]).filter((message) => message !== undefined)
  const html = await htmlOf({ messages: chosen, nodes: places.map((at) => nodes[at]), records }, plain)
  chosen.forEach(({ id, metadata }, place) => {
    const at = places[place] ?? 0
    rows[at] = {
      version: versionOf({ id, metadata }, records),
      settled: metadata.status !== 'streaming',
      continues: messages[at - 1]?.id ?? null,
      plain,
      html: html[place] ?? '',
    }
  })
}

function sameRow(row: RenderedRow | undefined, version: number, previous: Message | undefined): RenderedRow | undefined {
  return row?.settled && row.version === version && row.continues === (previous?.id ?? null) ? row : undefined
}

/** Of a message and its cards. */
function versionOf({ id, metadata }: Pick<Message, 'id' | 'metadata'>, records: readonly RoomRecord[]): number {
  return recordsOf(records, 'approval').reduce((newest, { version, value }) => (value.reply === id ? Math.max(newest, version) : newest), lastChange(metadata))
}

const END = '</article>'

/** How React marks, in HTML, what it may take over by itself (`RowInDocument`). It must not write these: it would leave larger rows out and send them after. */
const BOUNDARY = ['<!--$-->', '<!--/$-->'] as const

/** The HTML of each; an article never holds another. */
async function htmlOf({ messages, nodes, records }: Drawn, plain: boolean): Promise<readonly string[]> {
  if (messages.length === 0) return []
  const node = (await createThenableFromReadableStream(flightOf(<PageRows messages={messages} nodes={nodes} records={records} plain={plain} />))) as ReactNode
  const html = await textOf(await renderHtmlStream({ node, requestInfo, onError: failed }))
  const rows = html.split(END)
  if (rows.pop() !== '' || rows.length !== messages.length) throw new Error('rows were not rendered as articles')
  return rows.map((row) => `${BOUNDARY[0]}${plain ? withShortWords(row) : row}${END}${BOUNDARY[1]}`)
}

/** React writes a quotation mark with six characters; in plain words it may be itself, and so may an & that begins no name. No element can come of it. */
function withShortWords(row: string): string {
  return row.replace(
    /(<p class="whitespace-pre-wrap">)([^<]*)/,
    (_, begin: string, words: string) => begin + words.replace(/&amp;(?![#a-z0-9])|&(?:quot|#x27|gt);/gi, shortened),
  )
}

const SHORT: Readonly<Record<string, string>> = { '&amp;': '&', '&quot;': '"', '&#x27;': "'", '&gt;': '>' }

function shortened(written: string): string {
  return SHORT[written] ?? written
}
