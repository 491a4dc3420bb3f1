// Keeps a reader's place in a list that grows at both ends. At the end, the list follows what is new; anywhere else, the
// first row in sight stays where it is. All by hand (the CSS turns the browser's own anchoring off): the browser's does
// nothing at the very top, which is where older pages arrive, and not every browser has one.
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { PlaceKeeper } from './kept-place'

/** Closer to the end than this counts as at the end, px: about two lines. */
const NEAR_END = 48

export interface ReadingPlace {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly content: RefObject<HTMLDivElement | null>
  readonly atEnd: boolean
  readonly jumpToEnd: () => void
  /** Brings a row to the middle of the list. */
  readonly bring: (row: Element) => void
}

/** Where a reader is. `anchor` is what stays where it is, `offset` px below the top of the list. */
export interface Place {
  following: boolean
  top: number
  /** Of the list's window, px, when `top` was noted. */
  height: number
  anchor: { readonly row: Element; readonly offset: number } | null
}

/** `changed`: anything that is a new object whenever rows were added or grew. `keep`: what knows where its reader was, if anything does. */
export function useReadingPlace(changed: unknown, keep?: PlaceKeeper): ReadingPlace {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const place = useRef<Place>({ following: true, top: 0, height: 0, anchor: null })
  const [atEnd, setAtEnd] = useState(true)

  const settle = useCallback(() => {
    const element = scroller.current
    if (!element) return
    keepPlace(element, place.current)
    keep?.note(element, place.current)
    setAtEnd(place.current.following || toEnd(element) <= NEAR_END)
  }, [keep])

  const remember = useCallback(() => {
    const element = scroller.current
    if (!element) return
    notePlace(element, place.current)
    keep?.note(element, place.current)
    setAtEnd(place.current.following || toEnd(element) <= NEAR_END)
  }, [keep])

  useLayoutEffect(() => {
    const element = scroller.current
    if (element) turnAround(element)
    remember()
    return element && keep ? keep.open(element, place.current, settle) : undefined
  }, [remember, settle, keep])

  // In the same commit as the change, so that the wrong place is never painted nor measured by anybody.
  useLayoutEffect(settle, [settle, changed])

  // Rows also grow on their own: a reply that streams into its row, a fold that opens, a keyboard that takes half the screen.
  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner) return undefined
    const stay = (event: Event) => stayAtFold(element, place.current, event)
    const settleAtEnd = () => {
      if (toEnd(element) <= NEAR_END) place.current.following = true
    }
    // Focus that is given on while rows change has the list laid out half-way, when what comes in the place of what goes is not there yet:
    // it becomes shorter by itself, which must not look like somebody who leaves its end.
    const noteEnd = () => notePlace(element, place.current)
    // A list that is told late that it was scrolled to where it was left may hold pages that were measured since: nobody went anywhere.
    const scrolled = () => {
      if (Math.abs(element.scrollTop - place.current.top) > 1) return remember()
      settle()
      settleAtEnd()
    }
    const observer = new ResizeObserver(settle)
    observer.observe(element)
    observer.observe(inner)
    element.addEventListener('scroll', scrolled, { passive: true })
    element.addEventListener('click', stay, true)
    element.addEventListener('toggle', settleAtEnd, true)
    element.addEventListener('blur', noteEnd, true)
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', scrolled)
      element.removeEventListener('click', stay, true)
      element.removeEventListener('toggle', settleAtEnd, true)
      element.removeEventListener('blur', noteEnd, true)
    }
  }, [settle, remember])

  const jumpToEnd = useCallback(() => {
    place.current.following = true
    if (scroller.current) noteTop(scroller.current, place.current)
    setAtEnd(true)
    settle()
  }, [settle])

  const bring = useCallback(
    (row: Element) => {
      const element = scroller.current
      if (!element) return
      place.current.following = false
      place.current.anchor = { row, offset: Math.max(0, (element.clientHeight - row.clientHeight) / 2) }
      settle()
    },
    [settle],
  )

  return { scroller, content, atEnd, jumpToEnd, bring }
}

/** The page arrives as a reversed column, where the end is 0 and up is negative; from here on the top is 0. */
function turnAround(element: HTMLElement): void {
  if (element.dataset.scripted === 'true') return
  const fromEnd = -element.scrollTop
  element.dataset.scripted = 'true'
  element.scrollTop = element.scrollHeight - element.clientHeight - fromEnd
}

/**
 * A list that was scrolled and has not been told so yet, as by whoever finds a word in the page, is where it was scrolled to. One whose window
 * became higher, as when the box below it is emptied, was moved by the browser and by nobody.
 */
function keepPlace(element: HTMLElement, place: Place): void {
  if (element.clientHeight === place.height && toEnd(element) > 1 && Math.abs(element.scrollTop - place.top) > 1) notePlace(element, place)
  if (place.following) {
    element.scrollTop = element.scrollHeight
  } else if (place.anchor?.row.isConnected) {
    const moved = offsetIn(element, place.anchor.row) - place.anchor.offset
    if (Math.abs(moved) > 0.5) element.scrollTop += moved
  } else {
    place.anchor = firstInSight(element)
  }
  noteTop(element, place)
}

/**
 * After any scroll. Moving up leaves the end at once, however little: else a reader who scrolls gently would be pulled
 * back by every new word. Only moving up does: a list that grew meanwhile must not look like somebody leaving.
 */
function notePlace(element: HTMLElement, place: Place): void {
  const wentUp = element.scrollTop < place.top - 1
  if (wentUp) place.following = toEnd(element) <= 1
  else if (toEnd(element) <= NEAR_END) place.following = true
  noteTop(element, place)
  place.anchor = firstInSight(element)
}

/** What is there now is where it was left: what differs from it later was scrolled. */
function noteTop(element: HTMLElement, place: Place): void {
  place.top = element.scrollTop
  place.height = element.clientHeight
}

/** Whoever opens a fold reads it from its beginning: that stays under the pointer, also where the list followed its end. */
function stayAtFold(element: HTMLElement, place: Place, { target }: Event): void {
  const fold = target instanceof Element ? target.closest('summary') : null
  if (!fold) return
  place.following = false
  place.anchor = { row: fold, offset: offsetIn(element, fold) }
}

/** What is left below the window, px. */
function toEnd(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop
}

/** Looks at pages first: a page that is out of sight has no layout, and asking one of its rows where it is would make one. */
function firstInSight(element: HTMLElement): Place['anchor'] {
  const top = element.getBoundingClientRect().top
  // Above the pages stands what leads to earlier ones, which is no row.
  const page = firstBelow(top, element.firstElementChild?.children, 1)
  const row = page?.matches('.rows-page') ? (firstBelow(top, page.children, 0) ?? page) : page
  return row ? { row, offset: offsetIn(element, row) } : null
}

/** The first of these, from one of them on and in the order in which they stand, that ends below `top`. */
function firstBelow(top: number, elements: HTMLCollection | undefined, from: number): Element | undefined {
  let low = from
  let high = elements?.length ?? 0
  while (low < high) {
    const middle = (low + high) >> 1
    if ((elements?.[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle
    else low = middle + 1
  }
  return elements?.[low]
}

export function offsetIn(element: HTMLElement, row: Element): number {
  return row.getBoundingClientRect().top - element.getBoundingClientRect().top
}
