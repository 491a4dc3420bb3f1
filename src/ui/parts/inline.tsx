// The words within a block: emphasis, code, links, mentions.
import type { ReactNode } from 'react'
import type { MarkedToken, Token } from 'marked'
import { decodeEntities } from './entities'
import { ExternalLink } from './ExternalLink'
import { known } from './markdown-blocks'

/** Deeper than this, markup within markup is shown as it was typed. */
const MAX_DEPTH = 16

export function inline(tokens: readonly Token[], depth = 0): ReactNode {
  return known(tokens).map((token, index) => <Word key={index} token={token} depth={depth} />)
}

function Word({ token, depth }: { readonly token: MarkedToken; readonly depth: number }): ReactNode {
  if (depth > MAX_DEPTH) return token.raw
  switch (token.type) {
    case 'text':
      return token.tokens ? inline(token.tokens, depth + 1) : withMentions(decodeEntities(token.text))
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{inline(token.tokens, depth + 1)}</strong>
    case 'em':
      return <em>{inline(token.tokens, depth + 1)}</em>
    case 'del':
      return <del>{inline(token.tokens, depth + 1)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'link':
      if (token.autolink) return <ExternalLink href={token.href}>{token.text}</ExternalLink>
      return <ExternalLink href={decodeEntities(token.href)}>{inline(token.tokens, depth + 1)}</ExternalLink>
    case 'image':
      // Never loaded: an image tells whoever serves it that somebody reads this, and when.
      return <ExternalLink href={decodeEntities(token.href)}>{decodeEntities(token.text) || 'image'}</ExternalLink>
    case 'html':
    case 'blockquote':
    case 'checkbox':
    case 'code':
    case 'def':
    case 'heading':
    case 'hr':
    case 'list':
    case 'list_item':
    case 'paragraph':
    case 'space':
    case 'table':
      // HTML, shown as it was typed. Blocks do not occur within a line.
      return token.raw
    default:
      return token satisfies never
  }
}

const MENTION = /(?<=^|[\s(])@[\p{L}\p{N}_-]+/gu

function withMentions(text: string): ReactNode {
  if (!text.includes('@')) return text
  const pieces: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(MENTION)) {
    pieces.push(text.slice(end, match.index))
    pieces.push(
      <span key={match.index} data-mention="">
        {match[0]}
      </span>,
    )
    end = match.index + match[0].length
  }
  pieces.push(text.slice(end))
  return pieces
}
