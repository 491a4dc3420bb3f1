// What is said when the database, or a room's storage, does not answer: one catch at each boundary, and never a bare 500.
import { refusalResponse, refuse, type Refusal } from '../../conversation/refusal'

/** When asking again may succeed, ms: a restart or a moment of load is over by then. */
const AGAIN_MS = 5_000

/** Logs what happened with its cause; people are told no more than that it did not work. */
export function unavailable(what: string, cause: unknown): Refusal {
  console.error(what, cause)
  return refuse('unavailable', 'Parley could not do that just now. Try again in a moment.', AGAIN_MS).refusal
}

/** What broke outside of every page's own catch, such as the frame of the page itself: words without a page, and no bare 500. */
export async function answered(answer: () => Response | Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (cause) {
    return refusalResponse(unavailable('a request failed', cause))
  }
}
