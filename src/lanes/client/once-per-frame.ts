// Growth comes as often as a room ticks, and a screen shows it as often as it draws: between two frames, once is enough. A
// browser to which a frame is dear draws fewer, so that it always has time for the person in front of it.

/** A frame that does not come (a hidden tab draws none) is not waited for any longer, ms: titles and what is read aloud go on. */
const LONGEST = 100

/** After a frame, at least so many times what it took passes before the next one begins. */
const REST = 2

/** Calls `tell` with the next frame, or a later one while frames are dear, however often it is called before that. */
export function oncePerFrame(tell: () => void): { readonly ask: () => void; readonly stop: () => void } {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let late: ReturnType<typeof setTimeout> | undefined
  let restUntil = 0
  const stop = () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    clearTimeout(late)
    frame = timer = late = undefined
  }
  const draw = () => {
    stop()
    const begun = performance.now()
    tell()
    afterFrame(() => {
      restUntil = begun + Math.min(LONGEST, (1 + REST) * (performance.now() - begun))
    })
  }
  const request = () => {
    frame = requestAnimationFrame(draw)
  }
  const ask = () => {
    if (late !== undefined) return
    late = setTimeout(draw, LONGEST)
    const wait = restUntil - performance.now()
    if (wait > 0) timer = setTimeout(request, wait)
    else request()
  }
  return { ask, stop }
}

/** Called within a frame: `then` is called when that frame was styled, laid out and painted. */
function afterFrame(then: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    port1.close()
    then()
  })
  port1.start()
  port2.postMessage(null)
}
