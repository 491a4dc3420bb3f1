// One page of the web, read: within its time and size, of a type that is text. What it says is somebody's words, whoever that is.
import { Bytes } from '../models/bytes'
import { Intake, TooMuch } from '../models/intake'
import type { Reach } from './address'
import { type Ask, getOutside } from './outside'
import { mediaType, pageText, type PageText } from './page-text'

export interface ReadPage extends PageText {
  /** Where it was found in the end. */
  readonly address: string
}

export type PageResult = { readonly ok: true; readonly page: ReadPage } | { readonly ok: false; readonly fault: string }

export interface PageRequest {
  readonly address: string
  readonly reach: Reach
  readonly ask: Ask
  readonly signal: AbortSignal
  /** Characters of the text that are wanted. */
  readonly most: number
  /** How long all of it may take, ms. */
  readonly timeMs?: number
}

const MOST_BYTES = 2 * 1024 * 1024
const TIME_MS = 10_000

/** What is text, whatever it is text of. */
const TEXT = /^(?:text\/(?:html|plain|markdown|x-markdown|csv|xml|css|javascript)|application\/(?:json|xml|xhtml\+xml|javascript|yaml|[\w.-]+\+(?:json|xml)))$/

const HEADERS = { accept: 'text/markdown, text/html;q=0.9, text/plain;q=0.8, application/json;q=0.7, */*;q=0.1', 'user-agent': 'Parley (fetch_page)' }

/** Refuses with a sentence: an address that is not asked, a page that cannot be had, is no text, too large or too slow. */
export async function readPage({ address, reach, ask, signal, most, timeMs = TIME_MS }: PageRequest): Promise<PageResult> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), timeMs)
  const both = AbortSignal.any([signal, over.signal])
  try {
    return await untilAborted(both, read(address, reach, ask, both, most))
  } catch (cause) {
    if (over.signal.aborted) return wrong(`This page did not come within ${Math.round(timeMs / 1000)} seconds.`)
    if (cause instanceof TooMuch) return wrong(`This page is larger than ${MOST_BYTES / 1024 / 1024} MB.`)
    return wrong('This page cannot be reached.')
  } finally {
    clearTimeout(timer)
    // Whatever is still on its way is hung up on.
    over.abort()
  }
}

async function read(address: string, reach: Reach, ask: Ask, signal: AbortSignal, most: number): Promise<PageResult> {
  const asked = await getOutside(address, reach, ask, { headers: HEADERS, signal })
  if (!asked.ok) return asked
  const { response, url } = asked
  const type = response.headers.get('content-type') ?? ''
  const fault = faultOf(response, type)
  if (fault !== null) {
    response.body?.cancel().catch(() => {})
    return wrong(fault)
  }
  const page = await pageText(await bytesOf(response, signal), type, url.href, most)
  return { ok: true, page: { address: url.href, ...page } }
}

function faultOf({ ok, status }: Response, type: string): string | null {
  if (!ok) return `This page answers ${status}.`
  const media = mediaType(type)
  if (TEXT.test(media)) return null
  return media === '' ? 'This page does not say what it is.' : `This page is ${media.replace(/[^\w/.+-]/g, '').slice(0, 80)}, which is no text.`
}

async function bytesOf({ body }: Response, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = new Bytes()
  if (!body) return bytes.take()
  const intake = new Intake(body, () => {}, MOST_BYTES)
  signal.addEventListener('abort', () => intake.hangUp(), { once: true })
  for (let piece = await intake.read(); piece; piece = await intake.read()) bytes.add(piece)
  return bytes.take()
}

/** Whoever ignores the signal is not waited for. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })
    work.then(resolve, reject)
  })
}

function wrong(fault: string): PageResult {
  return { ok: false, fault }
}
