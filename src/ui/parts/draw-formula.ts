// Draws TeX with KaTeX, for eyes as HTML and for screen readers as MathML, its source within. Loaded on demand by Maths, with its
// styles and fonts. Nothing that is written in TeX leads anywhere or loads anything, and what it may become is bounded.
import { render } from 'katex'
// As an address: a stylesheet that a script brings along is linked by every page.
import styles from 'katex/dist/katex.min.css?url&no-inline'
import { copySelection } from './copy-selection'

/** Of work in one go, ms: a message of hundreds of formulas draws them over many frames. */
const AT_ONCE_MS = 8
/** Elements of one formula: a matrix of twenty by twenty has some 4,000. */
const MOST_ELEMENTS = 6_000

let began = 0
let styled: Promise<void> | null = null

document.addEventListener('copy', copySelection)

/** The drawn formula. Throws where the TeX is none, or becomes too much. */
export async function drawFormula(tex: string, display: boolean): Promise<Node> {
  await (styled ??= link(styles))
  await myTurn()
  const place = document.createElement('span')
  render(tex, place, { displayMode: display, throwOnError: true, trust: false, strict: 'ignore', maxExpand: 200, maxSize: 20, output: 'htmlAndMathml' })
  const [formula] = place.childNodes
  if (!formula || place.getElementsByTagName('*').length > MOST_ELEMENTS) throw new Error('too much for a formula')
  return formula
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

let turns: Promise<void> = Promise.resolve()

/** Comes round at once, or in the next frame when this one has had its share. */
function myTurn(): Promise<void> {
  turns = turns.then(async () => {
    if (performance.now() - began < AT_ONCE_MS) return
    await new Promise((resolve) => setTimeout(resolve))
    began = performance.now()
  })
  return turns
}
