// What a server's tool answered, as it is kept and as a model reads it: words, and in the place of anything else what it was.
import type { CallToolResult } from '@modelcontextprotocol/client'
import type { ToolOutcome } from '../tools/tool'

/** Pieces of one answer. */
const MOST_PIECES = 1_000

/** `told`: what there is to say of what its server asked of people. */
export function outcomeOf({ content, structuredContent, isError }: CallToolResult, told: readonly string[] = []): ToolOutcome {
  const said = [...content.slice(0, MOST_PIECES).map(inWords), ...told].join('\n\n')
  if (isError === true) return { ok: false, text: said === '' ? 'This tool failed and did not say why.' : said }
  return { ok: true, output: said === '' && structuredContent !== undefined ? structuredContent : said }
}

function inWords(piece: CallToolResult['content'][number]): string {
  switch (piece.type) {
    case 'text':
      return piece.text
    case 'image':
    case 'audio':
      return `[${piece.type} ${piece.mimeType}, ${Math.ceil((piece.data.length * 3) / 4 / 1024)} kB: not shown]`
    case 'resource_link':
      return `[${piece.title ?? piece.name}](${piece.uri})${piece.description === undefined ? '' : `: ${piece.description}`}`
    case 'resource':
      return 'text' in piece.resource ? `${piece.resource.uri}:\n${piece.resource.text}` : `[${piece.resource.uri}: not shown]`
    default:
      return `[${String((piece satisfies never as { type?: unknown }).type)}: not shown]`
  }
}
