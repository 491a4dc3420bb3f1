// A page of the web as words: what its bytes say in its character set, and HTML as Markdown. Invariant: the work is bounded whatever the page is,
// and others have their turn in between.
import { htmlToMarkdown, streamHtmlToMarkdown } from '@mdream/js/core'

/** Characters of HTML that are read, once scripts, styles and comments are left out: several times the longest text that is kept. */
const MOST_HTML = 256_000
/** Characters that are read before others have their turn; what is not finished in them is read again with the next. */
const AT_ONCE = 16_384
const MOST_TITLE = 300
/** Where a page says its own character set, in bytes. */
const PREAMBLE = 1_024

export interface PageText {
  readonly title: string | null
  /** Markdown, or the text as it came. */
  readonly text: string
  readonly isWhole: boolean
}

/** `type`: the page's Content-Type. `most`: characters of the answer. */
export async function pageText(bytes: Uint8Array, type: string, address: string, most: number): Promise<PageText> {
  const text = decoded(bytes, type)
  if (!/html/i.test(mediaType(type))) return { title: null, text: beginning(text, most), isWhole: text.length <= most }
  const html = withoutNoise(text)
  const read = await markdownOf(html.slice(0, MOST_HTML), address, most)
  return { title: titleOf(text), text: read.text, isWhole: read.isWhole && html.length <= MOST_HTML }
}

/** Without its parameters, in lower case. */
export function mediaType(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

async function markdownOf(html: string, origin: string, most: number): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  let text = ''
  let at = 0
  const pieces = new ReadableStream<string>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      if (at >= html.length) return controller.close()
      controller.enqueue(html.slice(at, at + AT_ONCE))
      at += AT_ONCE
    },
  })
  for await (const piece of streamHtmlToMarkdown(pieces, { origin })) {
    text += piece
    if (text.length > most) return { text: beginning(text, most), isWhole: false }
  }
  return { text: text.trim(), isWhole: true }
}

/** What is no text of a page, and can be most of it: left out by a search for its end, which is cheap. */
function withoutNoise(html: string): string {
  const kept: string[] = []
  let at = 0
  for (const { index, 1: name } of html.matchAll(/<(?:(script|style|svg|template|title)(?=[\s/>])|!--)/gi)) {
    if (index < at) continue
    kept.push(html.slice(at, index))
    const end = name === undefined ? html.indexOf('-->', index) : endOf(html, name, index)
    if (end < 0) return kept.join('')
    at = end + 3
  }
  return [...kept, html.slice(at)].join('')
}

/** Three before where the element's closing tag ends; negative where it has none. */
function endOf(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}`, 'gi')
  closing.lastIndex = from
  const found = closing.exec(html)
  return found ? html.indexOf('>', found.index) - 2 : -3
}

function titleOf(html: string): string | null {
  const [, title = ''] = /<title[^>]{0,200}>([^<]{1,1000})/i.exec(html) ?? []
  return beginning(htmlToMarkdown(title).replace(/\s+/g, ' ').trim(), MOST_TITLE) || null
}

/** By its mark, by what was sent with it, by what it says of itself; else UTF-8. */
function decoded(bytes: Uint8Array, type: string): string {
  const preamble = new TextDecoder('windows-1252').decode(bytes.subarray(0, PREAMBLE))
  const label = markOf(bytes) ?? charsetIn(type) ?? (/html|xml/i.test(type) ? charsetIn(preamble) : null) ?? 'utf-8'
  return decoderOf(label).decode(bytes)
}

function markOf([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return a === 0xff && b === 0xfe ? 'utf-16le' : null
}

function charsetIn(text: string): string | null {
  return /(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(text)?.[1] ?? null
}

/** A name that nobody knows says nothing. */
function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8')
  }
}

/** No character is cut in two. */
function beginning(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/u, '')
}
