// Work with servers that ends in time, whatever they do: what waits for more than its own limit counts is over then.
import { ServerFault } from './server-fault'

/** Rejects with a ServerFault after so many ms, and with the reason of whichever of `signals` aborts first. */
export async function inTime<T>(ms: number, signals: readonly AbortSignal[], work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController()
  const ends = AbortSignal.any([over.signal, ...signals])
  ends.throwIfAborted()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => over.abort(new ServerFault(`This server did not answer within ${ms / 1000} seconds.`)), ms)
    const onAbort = () => reject(ends.reason as Error)
    ends.addEventListener('abort', onAbort, { once: true })
    work(ends)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer)
        ends.removeEventListener('abort', onAbort)
      })
  })
}
