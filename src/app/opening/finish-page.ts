// The last step of every page: what was rendered for everybody is put into what was rendered for its visitor. Pages are made
// within a few milliseconds and wait for nothing, so they are finished in one piece.
import { DATA_PLACE, ROWS_PLACE } from '../../lanes/opening/document-data'
import { sendPage } from './compress'
import { withoutPreloads } from './preloads'
import type { RenderedEdition } from './render-edition'

interface Contents {
  readonly edition: RenderedEdition
  /** Whether the rsc lane is on the page. */
  readonly withNodes: boolean
}

const contents = new WeakMap<Request, Contents>()

/** Says what goes into the page that answers this request. */
export function putIntoPage(request: Request, shown: Contents): void {
  contents.set(request, shown)
}

/** Answers anything but a page as it is. */
export async function finishPage(request: Request, response: Response, env: Env): Promise<Response> {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/html')) return response
  const shown = contents.get(request)
  const { page, link } = withoutPreloads(await response.text(), shown?.withNodes === true)
  return sendPage(request, response, withContents(page, shown), link, env)
}

/** The places are written by our own components alone: text that looks like one has its quotation marks written otherwise. */
function withContents(page: string, shown: Contents | undefined): string {
  if (!shown) return page.replace(DATA_PLACE, '')
  const { edition, withNodes } = shown
  return page.replaceAll(ROWS_PLACE, () => edition.rows).replace(DATA_PLACE, () => edition.messages + (withNodes ? edition.nodes : ''))
}
