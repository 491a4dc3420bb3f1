// What a room answers when its storage fails under a question: the boundary where that is caught says so in words, and
// logs what it was about with its cause.
import { refuse } from '../conversation/refusal'

/** When asking again may succeed, ms. */
const AGAIN_MS = 5_000

export function unavailable(what: string, about: object, cause: unknown) {
  console.error(what, about, cause)
  return refuse('unavailable', 'This room cannot do that just now: what it keeps could not be read or written. Try again in a moment.', AGAIN_MS)
}
