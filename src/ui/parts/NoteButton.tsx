// The raised number of a footnote, and the way back from the note: both lead within their own message only, so that they need no
// ids, which a page with a room in three lanes would have three times.
import type { MouseEvent } from 'react'

interface NoteButtonProps {
  readonly label: string
  readonly to: 'note' | 'reference'
}

export function NoteButton({ label, to }: NoteButtonProps) {
  const name = to === 'note' ? `Footnote ${label}` : `Back to footnote ${label}`
  return (
    <button type="button" data-to={to} value={label} aria-label={name} onClick={go}>
      {to === 'note' ? label : null}
    </button>
  )
}

function go({ currentTarget }: MouseEvent<HTMLButtonElement>): void {
  const { value, dataset } = currentTarget
  const wanted = dataset['to'] === 'note' ? 'p[data-note]' : 'button[data-to="note"]'
  const all = currentTarget.closest('.prose-message')?.querySelectorAll<HTMLElement>(wanted) ?? []
  const found = [...all].find((element) => (element instanceof HTMLButtonElement ? element.value : element.dataset['note']) === value)
  found?.focus()
  found?.scrollIntoView({ block: 'nearest' })
}
