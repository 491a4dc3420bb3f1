// A picture or a file that somebody pastes or drops cannot be attached yet: that is said, and nothing of the draft is lost.
// Left alone, a browser would leave the page for a file that is dropped on it.
import { useEffect, useEffectEvent, type RefObject } from 'react'

/** `box`: where pasting is watched; dropping is watched everywhere. */
export function useFilesRefused(box: RefObject<HTMLElement | null>, onRefused: () => void): void {
  const refused = useEffectEvent(onRefused)

  useEffect(() => {
    const element = box.current
    const onPaste = (event: ClipboardEvent) => holdsFilesOnly(event.clipboardData) && refuse(event)
    const onDrop = (event: DragEvent) => holdsFiles(event.dataTransfer) && refuse(event)
    const refuse = (event: Event) => {
      event.preventDefault()
      refused()
    }
    element?.addEventListener('paste', onPaste)
    addEventListener('dragover', allowDrop)
    addEventListener('drop', onDrop)
    return () => {
      element?.removeEventListener('paste', onPaste)
      removeEventListener('dragover', allowDrop)
      removeEventListener('drop', onDrop)
    }
  }, [box])
}

/** What is not allowed to be dropped is never told of: the browser opens it. */
function allowDrop(event: DragEvent): void {
  if (holdsFiles(event.dataTransfer)) event.preventDefault()
}

/** A table copied from a spreadsheet is a picture as well as a text: then the text is meant. */
function holdsFilesOnly(data: DataTransfer | null): boolean {
  return holdsFiles(data) && data?.getData('text/plain') === ''
}

function holdsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true
}
