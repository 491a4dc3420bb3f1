// A model's stream for as long as it shows life, and for no longer than an answer may take.
import type { Wire } from './wire'

/** However lively, a model that says nothing for so long has nothing to say, ms. */
const LONGEST_WORDLESS_MS = 30 * 60_000

export interface Listening {
  /** How long there may be no sign of life at this moment, ms. */
  patience(): number
  /** How much the model has said so far, by whatever measure. */
  words(): number
  /** How long all of it may take, ms. */
  readonly longestMs: number
}

type Ended = 'silent' | 'overtime' | 'aborted'

/**
 * The stream's parts until it ends, the signal aborts, there was no sign of life for too long, or its time is over. A part is a
 * sign of life, and so is whatever the wire sees.
 */
export async function* untilSilent<T>(stream: Promise<AsyncIterable<T>>, listening: Listening, signal: AbortSignal, wire?: Wire): AsyncGenerator<T | Ended> {
  const opened = stream.then((parts) => parts[Symbol.asyncIterator]())
  const ending = new Ending()
  const onAbort = () => ending.come('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  const began = Date.now()
  let alive = began
  let spoke = { at: began, words: listening.words() }
  if (wire) wire.onLife = () => (alive = Date.now())
  // One timer for a whole stretch of parts: setting one for every part costs more than reading it.
  const check = () => {
    const now = Date.now()
    const words = listening.words()
    if (words !== spoke.words) spoke = { at: now, words }
    const patience = listening.patience()
    const untilSilence = Math.min(alive + patience, spoke.at + Math.max(LONGEST_WORDLESS_MS, patience)) - now
    const untilOver = began + listening.longestMs - now
    if (untilSilence <= 0) ending.come('silent')
    else if (untilOver <= 0) ending.come('overtime')
    else timer = setTimeout(check, Math.min(untilSilence, untilOver))
  }
  let timer = setTimeout(check, Math.min(listening.patience(), listening.longestMs))
  try {
    for (let next = opened.then((parts) => parts.next()); ; next = (await opened).next()) {
      const won = await ending.or(next)
      alive = Date.now()
      if (typeof won === 'string') return yield won
      if (won.done) return
      yield won.value
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** What ends the waiting for parts. `Promise.race` with one promise for all of them would keep every part until the end. */
class Ending {
  private ended: Ended | null = null
  private wake: (ended: Ended) => void = () => {}

  come(ended: Ended): void {
    this.ended = ended
    this.wake(ended)
  }

  /** Whichever is first; nobody awaits the other. */
  or<T>(next: Promise<T>): Promise<T | Ended> {
    return new Promise((resolve, reject) => {
      this.wake = resolve
      next.then(resolve, reject)
      if (this.ended !== null) resolve(this.ended)
    })
  }
}
