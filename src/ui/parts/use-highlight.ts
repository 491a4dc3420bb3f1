// Colours for a block of code. The highlighter is large, so it is fetched only by a page that shows code.
import { useEffect, useState, type ReactNode } from 'react'

/** Longer code stays plain, in characters: colouring it would hold the page up. */
const MAX_LENGTH = 20_000
/** And so many lines of it. */
const MAX_LINES = 2_000
/** So does code with a longer line: the grammars look ahead and back within a line, some of them by its square and more. */
const MAX_LINE = 500

/** The coloured code, or null while it must stay plain: still open, of no known language, too long, or not loaded yet. */
export function useHighlight(code: string, language: string, open: boolean): ReactNode | null {
  const [result, setResult] = useState<{ readonly code: string; readonly coloured: ReactNode | null } | null>(null)
  const wanted = !open && language !== '' && isColourable(code)

  useEffect(() => {
    if (!wanted) return undefined
    let current = true
    void colour(code, language).then((coloured) => current && setResult({ code, coloured }))
    return () => {
      current = false
    }
  }, [wanted, code, language])

  return wanted && result?.code === code ? result.coloured : null
}

/** Whether colouring it is sure to be quick, whatever it is. */
export function isColourable(code: string): boolean {
  const lines = code.length <= MAX_LENGTH ? code.split('\n') : []
  return lines.length > 0 && lines.length <= MAX_LINES && lines.every((line) => line.length <= MAX_LINE)
}

async function colour(code: string, language: string): Promise<ReactNode | null> {
  try {
    const { highlight } = await import('./highlight')
    return highlight(code, language)
  } catch {
    // The chunk could not be had (offline, or a deploy replaced it): plain code reads just as well.
    return null
  }
}
