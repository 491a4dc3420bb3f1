// What is shown of a message as HTML for other programs: its structure, and nothing of how this page works. Loaded on demand.
import { ifHad } from '../basics/browser'

/** Elements that mean the same elsewhere. Of any other only what is in it is kept. */
const KEPT: ReadonlySet<string> = new Set(
  'P UL OL LI BLOCKQUOTE PRE CODE STRONG EM DEL SUB SUP KBD A TABLE THEAD TBODY TR TH TD HR BR DETAILS SUMMARY'.split(' '),
)

/** Attributes that belong to the meaning. */
const ATTRIBUTES: readonly string[] = ['href', 'start', 'value', 'dir', 'data-align']

export function richTextOf(shown: Element): string {
  const place = document.createElement('div')
  fill(place, [...shown.childNodes].flatMap(copyOf))
  return place.innerHTML
}

function copyOf(node: Node): readonly Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)]
  if (!(node instanceof Element)) return []
  if (node.tagName === 'H2') return [filled(`h${node.getAttribute('data-level') ?? '2'}`, node)]
  if (node instanceof HTMLInputElement) return [document.createTextNode(node.checked ? '☑ ' : '☐ ')]
  const diagram = node.getAttribute('data-diagram')
  if (diagram !== null) return [code(diagram)]
  // The number of a footnote is a button here, and is said; all others, and headings of code, are this page's own.
  if (node instanceof HTMLButtonElement && node.dataset['to'] === 'note') return [document.createTextNode(node.value)]
  if (node.tagName === 'BUTTON' || node.tagName === 'FIGCAPTION') return []
  if (node.hasAttribute('data-maths')) return [document.createTextNode(node.getAttribute('data-tex') ?? node.textContent ?? '')]
  // A message among others, and who says it.
  if (node.tagName === 'ARTICLE' || node.tagName === 'HEADER') return [filled('div', node)]
  if (KEPT.has(node.tagName)) return [filled(node.tagName, node)]
  return [...node.childNodes].flatMap(copyOf)
}

function fill(element: Node, children: readonly Node[]): void {
  for (const child of children) element.appendChild(child)
}

function filled(name: string, from: Element): Element {
  const element = document.createElement(name)
  fill(element, [...from.childNodes].flatMap(copyOf))
  for (const attribute of ATTRIBUTES) {
    const value = from.getAttribute(attribute)
    if (value === null) continue
    if (attribute === 'data-align') element.setAttribute('align', value)
    else element.setAttribute(attribute, value)
  }
  return element
}

/** A diagram is its source, whether or not it is drawn. */
function code(source: string): Node {
  const pre = document.createElement('pre')
  pre.appendChild(document.createElement('code')).textContent = source
  return pre
}

/** Whether both forms are on the clipboard now; over plain HTTP, where browsers keep the clipboard from pages, by the older way. */
export async function copyHtml(html: string, text: string): Promise<boolean> {
  const clipboard = ifHad(() => navigator.clipboard)
  if (!clipboard || !('ClipboardItem' in window)) return copyByEvent(html, text)
  try {
    const forms = { 'text/html': new Blob([html], { type: 'text/html' }), 'text/plain': new Blob([text], { type: 'text/plain' }) }
    await clipboard.write([new ClipboardItem(forms)])
    return true
  } catch {
    return copyByEvent(html, text)
  }
}

function copyByEvent(html: string, text: string): boolean {
  let copied = false
  const answer = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/html', html)
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    copied = event.clipboardData !== null
  }
  document.addEventListener('copy', answer, { capture: true, once: true })
  document.execCommand('copy')
  document.removeEventListener('copy', answer, { capture: true })
  return copied
}
