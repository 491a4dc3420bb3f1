// `fetch_page`: a page of the web as text. An address that is not asked is refused before anybody is asked to approve it.
import { z } from 'zod'
import { readOutsideAddress, type Reach } from '../../outside/address'
import type { Ask } from '../../outside/outside'
import { readPage } from '../../outside/read-page'
import type { Tool } from './tool'

/** Characters of a page's text. What stands around it, and what JSON makes of it, has its place beside that. */
const MOST_TEXT = 30_000
/** A page has 10 seconds, and a bounded amount of work. */
const LIMIT_MS = 20_000

export function fetchPage(ask: Ask, loopback: boolean): Tool<{ readonly address: string }> {
  const reach: Reach = { loopback, plain: true }
  return {
    name: 'fetch_page',
    description:
      'Reads a page of the web and returns its text as Markdown. Give its whole address, which begins with https:// or http://. Nothing on private networks can be read.',
    input: z.strictObject({
      address: z.string().superRefine((typed, context) => {
        const address = readOutsideAddress(typed, reach)
        if (!address.ok) context.addIssue(address.fault)
      }),
    }),
    effect: 'outside',
    limitMs: LIMIT_MS,
    run: async ({ address }, { signal }) => {
      const read = await readPage({ address, reach, ask, signal, most: MOST_TEXT })
      return read.ok ? { ok: true, output: read.page } : { ok: false, text: read.fault }
    },
  }
}
