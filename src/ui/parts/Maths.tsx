'use client'
// A formula: its source, until what draws formulas has been fetched and has drawn it, and whenever it cannot be drawn.
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { isTooMuch } from './formula-size'

const LARGE = 'too much to be drawn'

export interface MathsProps {
  readonly tex: string
  /** As it was typed, with its marks. */
  readonly source: string
  /** On lines of its own. */
  readonly display: boolean
}

export function Maths({ tex, source, display }: MathsProps) {
  const around = useRef<HTMLSpanElement>(null)
  const place = useRef<HTMLSpanElement>(null)
  const [drawing, setDrawing] = useState<{ readonly tex: string; readonly result: Node | 'large' } | null>(null)
  const tooMuch = isTooMuch(tex)
  const result = tooMuch ? 'large' : drawing?.tex === tex ? drawing.result : null
  const drawn = result === 'large' ? null : result

  useEffect(() => {
    const element = around.current
    if (!element || tooMuch) return undefined
    let current = true
    void draw(tex, display, element).then((made) => current && made && setDrawing({ tex, result: made }))
    return () => {
      current = false
    }
  }, [tex, display, tooMuch])

  // What the library makes are elements, not HTML: the page's policy lets no style in by HTML.
  useLayoutEffect(() => {
    if (drawn) place.current?.replaceChildren(drawn)
  }, [drawn])

  return (
    // A wide formula is scrolled from the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <span
      ref={around}
      tabIndex={drawn && display ? 0 : undefined}
      data-maths={display ? 'display' : 'inline'}
      data-maths-note={result === 'large' ? LARGE : undefined}
      dir="ltr"
      data-tex={drawn ? source : undefined}
    >
      {drawn ? <span key="drawn" ref={place} /> : source}
    </span>
  )
}

async function draw(tex: string, display: boolean, place: Element): Promise<Node | 'large' | null> {
  // Only a browser draws: the server's build has no copy of the library.
  if (import.meta.env.SSR) return null
  try {
    const { drawFormula } = await import('./draw-formula')
    const drawn = await drawFormula(tex, display, place)
    return drawn === 'stale' ? null : drawn
  } catch {
    // The chunk could not be had, or this is no TeX: the source says what was meant.
    return null
  }
}
