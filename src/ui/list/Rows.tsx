// The rows of a room, page by page, and below them the viewer's posts that are on their way. A page is drawn again only
// when a row of it is another, and those out of sight cost nothing: a room of which thousands of messages were loaded
// streams and types like one of fifty.
import { Fragment, memo, useMemo, useState, type ReactNode } from 'react'
import type { Member } from '../../conversation/member'
import { PAGE_SIZE } from '../../conversation/page'
import type { RoomState, RowKey } from '../../conversation/room-client'
import { PendingItem } from './PendingItem'

/** Shows one row as an article. `previous` is the row above, unless a page begins here. The same function for as long as the list is shown. */
export type RenderRow<Row extends RowKey> = (row: Row, previous: Row | undefined) => ReactNode

export interface RowsProps<Row extends RowKey> {
  readonly state: Pick<RoomState<Row>, 'rows' | 'pending' | 'connection'>
  readonly viewer: Member
  readonly renderRow: RenderRow<Row>
  /** Whether a new post of the viewer goes on from this last row. Without it, every post shows its author while pending. */
  readonly viewerContinues?: (last: Row) => boolean
}

export function Rows<Row extends RowKey>({ state: { rows, pending, connection }, viewer, renderRow, viewerContinues }: RowsProps<Row>) {
  const [firstSeq] = useState(rows[0]?.seq ?? 1)
  const pages = useMemo(() => pagesOf(rows, firstSeq), [rows, firstSeq])
  const last = rows.at(-1)
  return (
    <>
      {pages.map(({ number, rows: own }) => (
        <PageOfRows key={number} rows={own} renderRow={renderRow} />
      ))}
      {pending.map((post, index) => (
        <PendingItem
          key={post.id}
          post={post}
          author={viewer}
          connected={connection === 'connected'}
          continued={index > 0 || (last !== undefined && viewerContinues?.(last) === true)}
        />
      ))}
    </>
  )
}

interface PageProps<Row extends RowKey> {
  readonly rows: readonly Row[]
  readonly renderRow: RenderRow<Row>
}

const PageOfRows = memo(DrawnPage, isSamePage) as typeof DrawnPage

function DrawnPage<Row extends RowKey>({ rows, renderRow }: PageProps<Row>) {
  return (
    <div className="rows-page">
      {rows.map((row, index) => (
        <Fragment key={row.id}>{renderRow(row, rows[index - 1])}</Fragment>
      ))}
    </div>
  )
}

function isSamePage(before: PageProps<RowKey>, after: PageProps<RowKey>): boolean {
  if (before.renderRow !== after.renderRow || before.rows.length !== after.rows.length) return false
  for (let index = 0; index < before.rows.length; index += 1) if (before.rows[index] !== after.rows[index]) return false
  return true
}

/**
 * Pages as they are loaded, counted from the one that the list began with. The first row of each shows its author, else it
 * would shrink when the page before it arrives. There is no hole in the seqs of a list, so that one row of each tells the page.
 */
function pagesOf<Row extends RowKey>(rows: readonly Row[], firstSeq: number): readonly { readonly number: number; readonly rows: readonly Row[] }[] {
  const pages: { readonly number: number; readonly rows: readonly Row[] }[] = []
  for (let start = 0; start < rows.length;) {
    const after = (rows[start]?.seq ?? firstSeq) - firstSeq
    const number = Math.floor(after / PAGE_SIZE)
    const end = start + PAGE_SIZE - (after - number * PAGE_SIZE)
    pages.push({ number, rows: rows.slice(start, end) })
    start = end
  }
  return pages
}
