// Keeps what somebody has selected in a text while it grows. A text node that gets new words loses the selection in it, and so does
// one whose words turn bold; the characters before it are still the same, so it is found again by counting them.
import { Component, createRef, type ReactNode } from 'react'

interface KeepSelectionProps {
  readonly children: ReactNode
  /** While it does not grow nothing is kept. */
  readonly growing: boolean
}

interface Ends {
  readonly anchor: number | null
  readonly focus: number | null
  readonly selection: Selection
}

export class KeepSelection extends Component<KeepSelectionProps> {
  private readonly place = createRef<HTMLDivElement>()

  override getSnapshotBeforeUpdate({ growing }: KeepSelectionProps): Ends | null {
    const { current } = this.place
    const selection = document.getSelection()
    if (!growing || !current || !selection || selection.isCollapsed) return null
    const anchor = charactersBefore(current, selection.anchorNode, selection.anchorOffset)
    const focus = charactersBefore(current, selection.focusNode, selection.focusOffset)
    return anchor === null && focus === null ? null : { anchor, focus, selection }
  }

  override componentDidUpdate(_before: KeepSelectionProps, _state: unknown, ends: Ends | null): void {
    const { current } = this.place
    if (!ends || !current) return
    const { anchor, focus, selection } = ends
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
    // An end that is elsewhere stays where it is.
    const from = anchor === null ? anchorNode && { node: anchorNode, offset: anchorOffset } : placeOf(current, anchor)
    const to = focus === null ? focusNode && { node: focusNode, offset: focusOffset } : placeOf(current, focus)
    if (!from || !to || (from.node === anchorNode && from.offset === anchorOffset && to.node === focusNode && to.offset === focusOffset)) return
    selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
  }

  override render(): ReactNode {
    const { children, growing } = this.props
    return (
      <div ref={this.place} className="prose-message" {...(growing ? { 'data-streaming': true } : {})}>
        {children}
      </div>
    )
  }
}

/** Null for a place outside. */
function charactersBefore(root: Element, node: Node | null, offset: number): number | null {
  if (!node || !root.contains(node)) return null
  const range = document.createRange()
  range.setStart(root, 0)
  range.setEnd(node, offset)
  return range.toString().length
}

function placeOf(root: Element, characters: number): { readonly node: Node; readonly offset: number } | null {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let left = characters
  for (let text = texts.nextNode(); text instanceof Text; text = texts.nextNode()) {
    if (left <= text.length) return { node: text, offset: left }
    left -= text.length
  }
  return null
}
