// What is copied of a selection with a formula in it: the lines and cells that stand on the screen, every formula as the TeX that
// was typed. Any other selection is the browser's business.
import { richTextOf } from './rich-text'

/** Answers a `copy`, or leaves it to the browser. A formula of which a part is selected is copied whole. */
export function copySelection(event: ClipboardEvent): void {
  const selection = document.getSelection()
  if (event.defaultPrevented || !event.clipboardData || isField(event.target) || !selection || selection.isCollapsed) return
  const range = withWholeFormulas(selection.getRangeAt(0))
  if (![...document.querySelectorAll('[data-tex]')].some((formula) => range.intersectsNode(formula))) return
  const bench = document.createElement('div')
  bench.ariaHidden = 'true'
  // Out of sight, but laid out.
  Object.assign(bench.style, { position: 'fixed', top: '0', left: '-3000px', width: '1200px' })
  bench.appendChild(copyOf(range))
  for (const formula of bench.querySelectorAll('[data-tex]')) formula.textContent = formula.getAttribute('data-tex')
  document.body.appendChild(bench)
  event.clipboardData.setData('text/plain', wordsOf(bench, selection))
  event.clipboardData.setData('text/html', richTextOf(bench))
  bench.remove()
  event.preventDefault()
}

/** As the browser itself would say them: only of what is selected it tells where lines end. */
function wordsOf(bench: Element, selection: Selection): string {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
  selection.selectAllChildren(bench)
  const words = selection.toString()
  if (anchorNode && focusNode) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset)
  return words
}

/** A field's words are no part of the page's selection. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement
}

function withWholeFormulas(selected: Range): Range {
  const range = selected.cloneRange()
  const first = formulaAround(range.startContainer)
  const last = formulaAround(range.endContainer)
  if (first) range.setStartBefore(first)
  if (last) range.setEndAfter(last)
  return range
}

function formulaAround(node: Node): Element | null {
  return elementOf(node)?.closest('[data-tex]') ?? null
}

/** With what stands around it in its message, which says how spaces and lines count. */
function copyOf(range: Range): Node {
  let copy: Node = range.cloneContents()
  for (let around = elementOf(range.commonAncestorContainer); around?.closest('.prose-message'); around = around.parentElement) {
    const shell = around.cloneNode(false)
    shell.appendChild(copy)
    copy = shell
  }
  return copy
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement
}
