// Whether Enter sends for whoever sits here, watched from what the browser tells of pointers, keys and the window.
import { useSyncExternalStore } from 'react'
import { ifHad, matches } from '../basics/browser'
import { enterSends, isHardKey } from './composer-keys'

/** A keyboard on the screen takes at least this much of the window, px; the bar above one that is put away takes less. */
const KEYBOARD = 120

const listeners = new Set<() => void>()
let touchedLast = false
let pressedHardKey = false
let sending = true
/** The greatest height seen of the window, px, and at which width: turning a device begins anew. */
let tallest = { width: 0, height: 0 }

/** True on the server and at a desk. */
export function useEnterSends(): boolean {
  return useSyncExternalStore(subscribe, () => sending, onServer)
}

function onServer(): boolean {
  return true
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) watch('addEventListener')
  listeners.add(listener)
  look()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) watch('removeEventListener')
  }
}

function watch(change: 'addEventListener' | 'removeEventListener'): void {
  window[change]('pointerdown', onPointer, true)
  window[change]('keydown', onKey, true)
  window[change]('resize', look)
  ifHad(() => visualViewport)?.[change]('resize', look)
}

function onPointer(event: Event): void {
  touchedLast = event instanceof PointerEvent && event.pointerType === 'touch'
  look()
}

function onKey(event: Event): void {
  if (!(event instanceof KeyboardEvent) || !isHardKey(event)) return
  pressedHardKey = true
  look()
}

function look(): void {
  const now = enterSends({
    hasMouseFirst: matches('(hover: hover) and (pointer: fine)'),
    hasMouse: matches('(any-pointer: fine)'),
    touchedLast,
    screenKeyboard: hasScreenKeyboard(),
    pressedHardKey,
  })
  if (now === sending) return
  sending = now
  for (const listener of listeners) listener()
}

/** Some browsers make the page lower for it, others only what is seen of the page; zooming makes neither. */
function hasScreenKeyboard(): boolean {
  const seen = ifHad(() => visualViewport)
  const height = seen ? seen.height * seen.scale : innerHeight
  if (innerWidth !== tallest.width || height > tallest.height) tallest = { width: innerWidth, height }
  return height <= tallest.height - KEYBOARD
}
