// Draws TeX with KaTeX, for eyes as HTML and for screen readers as MathML, its source within. Loaded on demand by Maths, with its
// styles and fonts. Nothing that is written in TeX leads anywhere or loads anything, and what it may become is bounded.
import { render } from 'katex'
// As an address: a stylesheet that a script brings along is linked by every page.
import styles from 'katex/dist/katex.min.css?url&no-inline'
import { nextTask } from '../basics/next-task'
import { copySelection } from './copy-selection'
import { oneAtATime } from './one-at-a-time'

/** Of work in one go, ms, and of elements, which the browser has yet to lay out: a message of hundreds of formulas draws them over many tasks. */
const AT_ONCE_MS = 8
const AT_ONCE = 500
/** Elements of one formula: a matrix of twenty by twenty has some 3,000. */
const MOST_ELEMENTS = 4_000
/** How deep they stand within each other: some thousand end a browser's page. A continued fraction of ten has some hundred. */
const MOST_DEEP = 250
/** Elements of a message, and of a page, that a further formula may be added to. */
const MOST_IN_MESSAGE = 10_000
const MOST_IN_PAGE = 150_000
/** Lengths are capped to it, in em. */
const MAX_SIZE = 12

let styled: Promise<void> | null = null

document.addEventListener('copy', copySelection)

/** The formula for `place`, `large` where that is too much, `stale` where nobody waits for it. Throws where the TeX is none. */
export async function drawFormula(tex: string, display: boolean, place: Element): Promise<Node | 'large' | 'stale'> {
  await (styled ??= link(styles))
  return inTurn(() => {
    if (!place.isConnected) return 'stale'
    if (isFull(place)) return 'large'
    const drawn = document.createElement('span')
    render(tex, drawn, { displayMode: display, throwOnError: true, trust: false, strict: 'ignore', maxExpand: 200, maxSize: MAX_SIZE, output: 'htmlAndMathml' })
    const [formula] = drawn.childNodes
    const elements = drawn.getElementsByTagName('*')
    made += elements.length
    applyStyles(drawn)
    if (!formula || elements.length > MOST_ELEMENTS || isDeep(drawn)) return 'large'
    return formula
  })
}

function isFull(place: Element): boolean {
  const message = place.closest('.prose-message')
  return (message?.getElementsByTagName('*').length ?? 0) > MOST_IN_MESSAGE || document.getElementsByTagName('*').length > MOST_IN_PAGE
}

/** The page's policy bars the few styles that the library sets as attributes: widths of arrows above letters and of tall brackets. */
function applyStyles(drawn: Element): void {
  for (const element of drawn.querySelectorAll<SVGElement>('[style]')) {
    if (element.style.length === 0) element.style.cssText = element.getAttribute('style') ?? ''
  }
}

/** Counted without recursion, each element once. */
function isDeep(root: Element): boolean {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT)
  let depth = 0
  for (;;) {
    if (walk.firstChild()) depth += 1
    else {
      while (!walk.nextSibling()) {
        if (!walk.parentNode()) return false
        depth -= 1
      }
    }
    if (depth > MOST_DEEP) return true
  }
}

/** Comes when the styles are there; without them a formula is not readable. */
function link(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const element = document.createElement('link')
    element.rel = 'stylesheet'
    element.addEventListener('load', () => resolve())
    element.addEventListener('error', () => reject(new Error('the styles of formulas could not be had')))
    element.href = href
    document.head.appendChild(element)
  })
}

const inLine = oneAtATime()
let began = 0
let made = 0

/** One after the other, in another task as soon as this one has had its share. */
function inTurn<T>(work: () => T): Promise<T> {
  return inLine(async () => {
    if (made > AT_ONCE || performance.now() - began > AT_ONCE_MS) {
      await nextTask()
      began = performance.now()
      made = 0
    }
    return work()
  })
}
