// Growth comes as often as a room ticks, and a screen shows it as often as it draws: between two frames, once is enough.

/** A frame that does not come (a hidden tab draws none) is not waited for any longer, ms: titles and what is read aloud go on. */
const LONGEST = 100

/** Calls `tell` with the next frame, however often it is called before that. */
export function oncePerFrame(tell: () => void): { readonly ask: () => void; readonly stop: () => void } {
  let frame: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => {
    if (frame !== undefined) cancelAnimationFrame(frame)
    clearTimeout(timer)
    frame = undefined
  }
  const now = () => {
    stop()
    tell()
  }
  const ask = () => {
    if (frame !== undefined) return
    frame = requestAnimationFrame(now)
    timer = setTimeout(now, LONGEST)
  }
  return { ask, stop }
}
