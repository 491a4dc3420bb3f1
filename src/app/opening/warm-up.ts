// The first page of a room in a fresh isolate waits for all that renders rows to be loaded and run once. So that happens
// with the first page of any kind, behind its answer: `npm start` asks for one before it says that it is ready.
import { pageForNobody } from './page-for-nobody'
import { renderEdition } from './render-edition'

let begun = false

/** Renders a page that nobody sees, once in this isolate. */
export async function warmUp(): Promise<void> {
  if (begun) return
  begun = true
  await renderEdition('nobody', { messages: pageForNobody(), version: 1, hasEarlier: false, records: [], here: [], hereCount: 0, now: 0 }, null)
}
