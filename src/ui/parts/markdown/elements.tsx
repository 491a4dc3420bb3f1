// Tokens as elements of our own. There is no HTML in here: what looks like HTML, and is no tag of ours, is text.
import { Fragment, type ReactNode } from 'react'
import type { Token } from 'markdown-it'
import { CodeBlock } from '../CodeBlock'
import { ExternalLink } from '../ExternalLink'
import { Diagram } from '../Diagram'
import { Maths } from '../Maths'
import { NoteButton } from '../NoteButton'
import { hostToName } from './link-host'

/** Markup within markup within one line; deeper it is shown as it was typed. */
const MAX_DEPTH = 16

interface Frame {
  readonly token: Token
  readonly children: ReactNode[]
  /** Shown as the marks that were typed around its words. */
  readonly flat: boolean
}

/** A block of the text. `open`: more may be added to it. */
export function elementsOf(tokens: readonly Token[], open: boolean): ReactNode {
  const last = open ? tokens.findLast(({ nesting }) => nesting === 0) : undefined
  return build(tokens, 0, (token, key, depth) => {
    if (token.type === 'inline') return <Fragment key={key}>{wordsOf(token.children ?? [], depth)}</Fragment>
    return blockOf(token, key, token === last)
  })
}

function wordsOf(tokens: readonly Token[], depth: number): ReactNode {
  return build(tokens, depth, wordOf)
}

/** Puts what stands between an opening and its closing token into one element, without recursion. */
function build(tokens: readonly Token[], depth: number, leaf: (token: Token, key: number, depth: number) => ReactNode): ReactNode {
  const root: ReactNode[] = []
  const frames: Frame[] = []
  for (const token of tokens) {
    const children = frames.at(-1)?.children ?? root
    if (token.nesting > 0) {
      const flat = !token.block && depth + frames.length >= MAX_DEPTH
      if (flat) children.push(token.markup)
      frames.push({ token, children: flat ? children : [], flat })
    } else if (token.nesting < 0) {
      const frame = frames.pop()
      const around = frames.at(-1)?.children ?? root
      if (frame?.flat) around.push(token.markup)
      else if (frame) around.push(elementOf(frame.token, around.length, frame.children))
    } else children.push(leaf(token, children.length, depth))
  }
  return root
}

function elementOf(token: Token, key: number, children: ReactNode[]): ReactNode {
  switch (token.type) {
    case 'paragraph_open':
      return token.hidden ? <Fragment key={key}>{children}</Fragment> : <p key={key}>{children}</p>
    case 'heading_open':
      // All of one rank: a message begins with any level it likes, and a page's outline must not skip one.
      return (
        <h2 key={key} data-level={token.tag.slice(1)}>
          {children}
        </h2>
      )
    case 'blockquote_open':
      return (
        <blockquote key={key} dir="auto">
          {children}
        </blockquote>
      )
    case 'bullet_list_open':
      return (
        <ul key={key} dir="auto">
          {children}
        </ul>
      )
    case 'ordered_list_open':
      return (
        <ol key={key} dir="auto" start={Number(token.attrGet('start') ?? 1)} data-mark={token.markup === ')' ? ')' : undefined}>
          {children}
        </ol>
      )
    case 'list_item_open':
      return (
        <li key={key} value={numberOf(token)}>
          {children}
        </li>
      )
    case 'table_open':
      return (
        // A wide table is scrolled from the keyboard. A group, not a landmark: a room may hold hundreds.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div key={key} role="group" aria-label="Table" dir="auto" tabIndex={0} className="max-w-full overflow-x-auto rounded">
          <table>{children}</table>
        </div>
      )
    case 'thead_open':
      return <thead key={key}>{children}</thead>
    case 'tbody_open':
      return <tbody key={key}>{children}</tbody>
    case 'tr_open':
      return <tr key={key}>{children}</tr>
    case 'th_open':
      return (
        <th key={key} scope="col" data-align={alignment(token)}>
          {children}
        </th>
      )
    case 'td_open':
      return (
        <td key={key} data-align={alignment(token)}>
          {children}
        </td>
      )
    case 'footnote_open':
      return (
        <p key={key} data-note={token.info} tabIndex={-1}>
          <sup>{token.info}</sup> {children} <NoteButton label={token.info} to="reference" />
        </p>
      )
    case 'details_open':
      return <details key={key}>{children}</details>
    case 'summary_open':
      return <summary key={key}>{children}</summary>
    case 'strong_open':
      return <strong key={key}>{children}</strong>
    case 'em_open':
      return <em key={key}>{children}</em>
    case 's_open':
      return <del key={key}>{children}</del>
    case 'link_open':
      return <Link key={key} token={token} words={children} />
    case 'tag_open':
      return tagged(token.tag, key, children)
    default:
      // Of a rule that nobody has taught us to draw, the words.
      return <Fragment key={key}>{children}</Fragment>
  }
}

function tagged(tag: string, key: number, children: ReactNode[]): ReactNode {
  if (tag === 'sub') return <sub key={key}>{children}</sub>
  if (tag === 'sup') return <sup key={key}>{children}</sup>
  return <kbd key={key}>{children}</kbd>
}

function Link({ token, words }: { readonly token: Token; readonly words: readonly ReactNode[] }): ReactNode {
  if (token.info === 'inert') return words
  const href = String(token.attrGet('href') ?? '')
  const name = words.length > 0 ? words : token.info === 'image' ? 'image' : href
  const host = hostToName(wordsOfLink(token), href)
  return (
    <>
      <ExternalLink href={href}>{name}</ExternalLink>
      {host === null ? null : <span data-host="">{` (${host})`}</span>}
    </>
  )
}

function wordsOfLink({ meta }: Token): string | null {
  const words: unknown = meta?.['words']
  return typeof words === 'string' ? words : null
}

/** Of an item that does not go on counting. */
function numberOf(token: Token): number | undefined {
  const value = token.meta?.['value']
  return typeof value === 'number' ? value : undefined
}

function alignment(token: Token): string | undefined {
  return /text-align:(\w+)/.exec(String(token.attrGet('style') ?? ''))?.[1]
}

function blockOf(token: Token, key: number, open: boolean): ReactNode {
  switch (token.type) {
    case 'maths':
      return <p key={key}>{formula(token, 0)}</p>
    case 'fence':
    case 'code_block':
      return codeOf(token, key, open)
    case 'hr':
      return <hr key={key} />
    case 'plain':
      return (
        <p key={key} className="whitespace-pre-wrap">
          {token.content}
        </p>
      )
    default:
      return null
  }
}

function codeOf(token: Token, key: number, open: boolean): ReactNode {
  const code = token.content.replace(/\n$/, '')
  const language = /^\S*/.exec(token.info.trim())?.[0] ?? ''
  if (language.toLowerCase() === 'mermaid') return <Diagram key={key} code={code} open={open} />
  return <CodeBlock key={key} code={code} language={language} open={open} />
}

function formula({ content, markup, info }: Token, key: number): ReactNode {
  if (info === 'source') return <Fragment key={key}>{markup}</Fragment>
  return <Maths key={key} tex={content} source={markup} display={info === 'display'} />
}

function wordOf(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'code_inline':
      return <code key={key}>{token.content}</code>
    case 'maths':
      return formula(token, key)
    case 'softbreak':
    case 'hardbreak':
      return <br key={key} />
    case 'mention':
      // A page may hold hundreds.
      return <b key={key}>{token.content}</b>
    case 'footnote':
      return <sup key={key}>{token.info === 'plain' ? token.content : <NoteButton label={token.content} to="note" />}</sup>
    case 'checkbox':
      return <input key={key} type="checkbox" checked={token.content !== ''} disabled aria-label={token.content === '' ? 'To do' : 'Done'} />
    default:
      // Only what is beyond the budget has line ends in it.
      if (!token.content.includes('\n')) return token.content
      return (
        <span key={key} className="whitespace-pre-wrap">
          {token.content}
        </span>
      )
  }
}
