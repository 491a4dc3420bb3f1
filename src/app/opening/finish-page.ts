// The last step of every page: what was rendered for everybody is put into what was rendered for its visitor. Nothing
// that is as long as what a room says is put together for one visitor.
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
  const { page, link } = withoutPreloads(await response.text())
  return sendPage(request, response, withContents(page, shown), link, env)
}

/** The places are written by our own components alone: text that looks like one has its quotation marks or its < written otherwise. */
function withContents(page: string, shown: Contents | undefined): readonly string[] {
  const rows = shown ? shown.edition.rows : ''
  const data = shown ? shown.edition.messages + (shown.withNodes ? shown.edition.nodes : '') : ''
  return between(page.split(ROWS_PLACE), rows).flatMap((part) => (part === rows ? [part] : between(part.split(DATA_PLACE), data)))
}

function between(parts: readonly string[], what: string): readonly string[] {
  return parts.flatMap((part, at) => (at > 0 ? [what, part] : [part]))
}
