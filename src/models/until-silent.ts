// A model's stream for as long as it shows life.
import type { Wire } from './wire'

/** However lively, a model that says nothing for so long has nothing to say, ms. */
const LONGEST_WORDLESS_MS = 30 * 60_000

export interface Listening {
  /** How long there may be no sign of life at this moment, ms. */
  patience(): number
  /** How much the model has said so far, by whatever measure. */
  words(): number
}

/**
 * The stream's parts until it ends, the signal aborts, or there was no sign of life for too long. A part is a sign of life,
 * and so is whatever the wire sees.
 */
export async function* untilSilent<T>(
  stream: Promise<AsyncIterable<T>>,
  listening: Listening,
  signal: AbortSignal,
  wire?: Wire,
): AsyncGenerator<T | 'silent' | 'aborted'> {
  const opened = stream.then((parts) => parts[Symbol.asyncIterator]())
  const ended = Promise.withResolvers<'silent' | 'aborted'>()
  const onAbort = () => ended.resolve('aborted')
  signal.addEventListener('abort', onAbort, { once: true })
  let alive = Date.now()
  let spoke = { at: alive, words: listening.words() }
  if (wire) wire.onLife = () => (alive = Date.now())
  // One timer for a whole stretch of parts: setting one for every part costs more than reading it.
  const check = () => {
    const now = Date.now()
    const words = listening.words()
    if (words !== spoke.words) spoke = { at: now, words }
    const patience = listening.patience()
    const left = Math.min(alive + patience, spoke.at + Math.max(LONGEST_WORDLESS_MS, patience)) - now
    if (left <= 0) ended.resolve('silent')
    else timer = setTimeout(check, left)
  }
  let timer = setTimeout(check, listening.patience())
  try {
    for (let next = opened.then((parts) => parts.next()); ; next = (await opened).next()) {
      // When another wins the race nobody else awaits this one.
      next.catch(() => {})
      const won = await Promise.race([next, ended.promise])
      alive = Date.now()
      if (won === 'silent' || won === 'aborted') return yield won
      if (won.done) return
      yield won.value
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
