// One block of Markdown as elements. There is no HTML in here: what looks like HTML is shown as it was typed.
import type { ReactNode } from 'react'
import type { MarkedToken, Tokens } from 'marked'
import { CodeBlock } from './CodeBlock'
import { inline } from './inline'
import { known } from './markdown-blocks'

/** Deeper than this, quotes and lists are shown as they were typed: no honest text nests so far, and every level costs stack. */
const MAX_DEPTH = 16

export interface BlockTokenProps {
  readonly token: MarkedToken
  readonly depth: number
  /** More text may be added to this block. */
  readonly open: boolean
}

export function BlockToken({ token, depth, open }: BlockTokenProps): ReactNode {
  if (depth > MAX_DEPTH) return <p className="whitespace-pre-wrap">{token.raw}</p>
  switch (token.type) {
    case 'heading':
      // All of one rank: a message begins with any level it likes, and a page's outline must not skip one.
      return <h2 data-level={token.depth}>{inline(token.tokens)}</h2>
    case 'paragraph':
      return <p>{inline(token.tokens)}</p>
    case 'text':
      return token.tokens ? inline(token.tokens) : inline([token])
    case 'code':
      return <CodeBlock code={token.text} language={(token.lang ?? '').split(/\s/)[0] ?? ''} open={open} />
    case 'blockquote':
      return <blockquote>{nested(token.tokens, depth, open)}</blockquote>
    case 'list':
      return <List list={token} depth={depth} open={open} />
    case 'table':
      return <Table table={token} />
    case 'hr':
      return <hr />
    case 'html':
      return <p className="whitespace-pre-wrap">{token.raw.trimEnd()}</p>
    case 'checkbox':
      return <input type="checkbox" checked={token.checked} disabled aria-label={token.checked ? 'Done' : 'To do'} />
    case 'space':
    case 'def':
      return null
    case 'br':
    case 'codespan':
    case 'del':
    case 'em':
    case 'escape':
    case 'image':
    case 'link':
    case 'strong':
      return inline([token])
    case 'list_item':
      return nested(token.tokens, depth, open)
    default:
      return token satisfies never
  }
}

function nested(tokens: Parameters<typeof known>[0], depth: number, open: boolean): ReactNode {
  return known(tokens).map((token, index) => <BlockToken key={index} token={token} depth={depth + 1} open={open && index === tokens.length - 1} />)
}

function List({ list, depth, open }: { readonly list: Tokens.List; readonly depth: number; readonly open: boolean }) {
  const items = list.items.map((item, index) => <li key={index}>{nested(item.tokens, depth, open && index === list.items.length - 1)}</li>)
  if (!list.ordered) return <ul>{items}</ul>
  return <ol start={list.start === '' ? 1 : list.start}>{items}</ol>
}

function Table({ table }: { readonly table: Tokens.Table }) {
  return (
    // A wide table is scrolled from the keyboard. A group, not a landmark: a room may hold hundreds.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="group" aria-label="Table" tabIndex={0} className="max-w-full overflow-x-auto rounded">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, index) => (
              <th key={index} scope="col" data-align={cell.align}>
                {inline(cell.tokens)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index} data-align={cell.align}>
                  {inline(cell.tokens)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
