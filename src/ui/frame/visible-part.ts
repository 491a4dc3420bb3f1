// Where a keyboard on the screen covers the page instead of making it lower, as in Safari, the room takes the part of the page
// that is seen: the composer stands above the keyboard, and half of what is left is half of what is seen.
import { ifHad } from '../basics/browser'
import { useEffect } from 'react'

/** A keyboard takes at least this much of the window, px. */
const KEYBOARD = 120

export function useVisiblePart(): void {
  useEffect(() => {
    const seen = ifHad(() => visualViewport)
    if (!seen) return undefined
    const look = () => fit(seen)
    seen.addEventListener('resize', look)
    seen.addEventListener('scroll', look)
    return () => {
      seen.removeEventListener('resize', look)
      seen.removeEventListener('scroll', look)
      document.documentElement.classList.remove(COVERED)
    }
  }, [])
}

const COVERED = 'page-covered'

/** Whoever zooms in with two fingers sees less of the page as well: then nothing is changed. */
function fit({ height, offsetTop, scale }: VisualViewport): void {
  const { classList, style } = document.documentElement
  const covered = Math.abs(scale - 1) < 0.01 && height <= innerHeight - KEYBOARD
  classList.toggle(COVERED, covered)
  if (!covered) return
  style.setProperty('--visible-height', `${height}px`)
  style.setProperty('--visible-top', `${offsetTop}px`)
}
