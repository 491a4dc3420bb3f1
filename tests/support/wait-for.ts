// Waiting for a condition, never for a time.

/** Past this the condition will not come, ms; generous, because machines are slow and a test that waits costs nothing when it passes. */
const GIVE_UP_MS = 20_000

/**
 * Resolves once `condition` holds. It is looked at now, whenever `watch` calls back, and otherwise every 25 ms.
 * Patience begins anew whenever `watch` calls back: as long as anything goes on, a busy machine is slow and nothing is stuck.
 */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>, watch?: (check: () => void) => () => void): Promise<void> {
  let deadline = Date.now() + GIVE_UP_MS
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${GIVE_UP_MS / 1000} s in vain: ${what}`)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, 25)
      const unwatch = watch?.(() => {
        deadline = Date.now() + GIVE_UP_MS
        done()
      })
      function done() {
        clearTimeout(timer)
        unwatch?.()
        resolve()
      }
    })
  }
}
