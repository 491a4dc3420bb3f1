// Draws diagrams with Mermaid, in a frame of an origin of its own: whatever a diagram makes the library do, it can reach neither
// the page nor the network, and is ended when it takes too long. What comes out is an SVG that is only ever shown as a picture.
import mermaid from '@mermaid-js/tiny/dist/mermaid.tiny.js?url&no-inline'
import { DIAGRAM_FRAME } from './diagram-frame'
import { oneAtATime } from './one-at-a-time'

export interface Drawing {
  /** A data address. */
  readonly src: string
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
}

/** Why there is no drawing: too large, took too long, is no diagram that is known, or what draws it could not be had. */
export type Undrawn = 'large' | 'late' | 'broken' | 'missing'

/** Longer is shown as its source: laying out a graph is worse than linear. In characters and lines. */
const MOST = 8_000
const MOST_LINES = 250
/** Of the SVG, in characters. */
const MOST_DRAWN = 1_000_000
/** The first diagram waits for the library too, ms. */
const PATIENCE_FIRST = 20_000
const PATIENCE = 5_000
/** So many that took too long, and this page draws no more. */
const MOST_ENDED = 3
/** Drawings that are remembered: in light and dark, and as often as rows come and go. */
const REMEMBERED = 40

const known = new Map<string, Promise<Drawing | Undrawn>>()
const inTurn = oneAtATime()
let ended = 0
let frame: HTMLIFrameElement | null = null

/** The diagram, or why it is none. */
export function drawDiagram(code: string, dark: boolean): Promise<Drawing | Undrawn> {
  if (code.length > MOST || code.split('\n').length > MOST_LINES) return Promise.resolve('large')
  const key = `${dark} ${code}`
  const drawn = known.get(key) ?? inTurn(() => drawNow(code, dark))
  known.delete(key)
  known.set(key, drawn)
  for (const oldest of known.keys()) if (known.size > REMEMBERED) known.delete(oldest)
  return drawn
}

async function drawNow(code: string, dark: boolean): Promise<Drawing | Undrawn> {
  if (ended >= MOST_ENDED) return 'late'
  const patience = frame ? PATIENCE : PATIENCE_FIRST
  const answer = await askFrame({ script: mermaid, code, dark }, patience)
  if (answer === null) {
    ended += 1
    frame?.remove()
    frame = null
  }
  return answer === null ? 'late' : drawingFrom(answer)
}

/** What the frame says, or null when it says nothing in time. */
function askFrame(question: object, patience: number): Promise<unknown> {
  return new Promise((answer) => ask(question, patience, answer))
}

function ask(question: object, patience: number, answer: (data: unknown) => void): void {
  const hear = ({ source, data }: MessageEvent<unknown>) => {
    if (source === null || source !== frame?.contentWindow) return
    if (data === 'ready') frame.contentWindow.postMessage(question, '*')
    else end(data)
  }
  const end = (data: unknown) => {
    clearTimeout(timer)
    window.removeEventListener('message', hear)
    answer(data)
  }
  const timer = setTimeout(() => end(null), patience)
  window.addEventListener('message', hear)
  if (frame) frame.contentWindow?.postMessage(question, '*')
  else frame = openFrame()
}

function openFrame(): HTMLIFrameElement {
  const opened = document.createElement('iframe')
  opened.setAttribute('sandbox', 'allow-scripts')
  opened.setAttribute('aria-hidden', 'true')
  opened.tabIndex = -1
  opened.className = 'diagram-bench'
  opened.src = DIAGRAM_FRAME
  document.body.appendChild(opened)
  return opened
}

/** The frame is believed nothing: what is no SVG of a sensible size is no drawing. */
function drawingFrom(answer: unknown): Drawing | Undrawn {
  if (typeof answer !== 'object' || answer === null) return 'broken'
  if ('error' in answer) return whyNot(String(answer.error))
  if (!('svg' in answer) || !('width' in answer) || !('height' in answer)) return 'broken'
  const { svg, width, height } = answer
  if (typeof svg !== 'string' || !svg.startsWith('<svg')) return 'broken'
  if (svg.length > MOST_DRAWN) return 'large'
  if (typeof width !== 'number' || typeof height !== 'number' || !(width > 0 && width < 10_000 && height > 0 && height < 10_000)) return 'large'
  return { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`, width: Math.round(width), height: Math.round(height) }
}

/** What the library says of a diagram that it does not draw. */
function whyNot(error: string): Undrawn {
  if (error.includes('could not be had')) return 'missing'
  return /edge limit|maximum text size/i.test(error.slice(0, 1_000)) ? 'large' : 'broken'
}
