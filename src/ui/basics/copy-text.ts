// Puts a text on the clipboard, on pages over plain HTTP too, where browsers have no `navigator.clipboard`.
import { ifHad } from './browser'

/** Whether it is there now. Called while a person's press is being handled: browsers allow it at no other time. */
export async function copyText(text: string): Promise<boolean> {
  // Missing on a page that is not secure.
  const clipboard = ifHad(() => navigator.clipboard)
  if (!clipboard) return copySelected(text)
  try {
    await clipboard.writeText(text)
    return true
  } catch {
    // Refused by the person or the browser; the older way asks nobody.
    return copySelected(text)
  }
}

/** The older way: selects the text in a field nobody sees, and leaves selection and focus as they were. */
function copySelected(text: string): boolean {
  const focused = document.activeElement
  const selection = document.getSelection()
  const ranges = Array.from({ length: selection?.rangeCount ?? 0 }, (_, at) => selection?.getRangeAt(at))
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('aria-hidden', 'true')
  field.className = 'sr-only'
  document.body.appendChild(field)
  field.select()
  const copied = ifHad(() => document.execCommand('copy')) ?? false
  field.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  selection?.removeAllRanges()
  for (const range of ranges) if (range) selection?.addRange(range)
  return copied
}
