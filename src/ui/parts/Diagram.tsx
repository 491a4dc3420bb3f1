'use client'
// A diagram: its source, until what draws diagrams has been fetched and has drawn it, when it cannot be drawn (and why), and when
// somebody asks for it. What is shown is a picture: nothing in it runs, loads or leads anywhere.
import { useEffect, useState, type ComponentProps } from 'react'
import { CodeBlock } from './CodeBlock'
import { CopyButton } from './CopyButton'
import type { Drawing, Undrawn } from './draw-diagram'
import { useIsDark } from './use-is-dark'

/** On a phone a diagram shrinks so far, and is scrolled beyond: its letters stay readable. */
const SMALLEST = 0.65

const WHY: Readonly<Record<Undrawn, string>> = {
  large: 'This diagram is too large to be drawn.',
  late: 'This diagram takes too long to be drawn.',
  broken: 'This diagram cannot be drawn: it has a mistake in it, or is of a kind that is not known here.',
  missing: 'This diagram is not drawn: what draws diagrams could not be fetched.',
}

export interface DiagramProps {
  readonly code: string
  /** Still being written. */
  readonly open: boolean
}

export function Diagram({ code, open }: DiagramProps) {
  const dark = useIsDark()
  const [asSource, setAsSource] = useState(false)
  const [result, setResult] = useState<{ readonly code: string; readonly drawing: Drawing | Undrawn; readonly dark: boolean } | null>(null)
  /** Of a dark page, for paper, which is white: a printer does not wait until it is drawn. */
  const [paper, setPaper] = useState<{ readonly code: string; readonly drawing: Drawing } | null>(null)

  useEffect(() => {
    if (open) return undefined
    let current = true
    void draw(code, dark).then((drawing) => current && setResult({ code, drawing, dark }))
    if (dark) void draw(code, false).then((drawing) => current && typeof drawing !== 'string' && setPaper({ code, drawing }))
    return () => {
      current = false
    }
  }, [code, open, dark])

  const drawing = !open && result?.code === code ? result.drawing : null
  if (drawing === null || typeof drawing === 'string') {
    return <CodeBlock code={code} language="mermaid" open={open} note={drawing === null ? undefined : WHY[drawing]} />
  }
  const isDark = result?.dark === true
  const onPaper = isDark && paper?.code === code ? paper.drawing : null
  const toggle = (
    <button
      type="button"
      aria-pressed={asSource}
      onClick={() => setAsSource(!asSource)}
      className="min-h-10 rounded-md px-2 text-xs text-muted hover:text-ink pointer-fine:min-h-8"
    >
      Source
    </button>
  )
  return (
    <figure data-diagram={code} aria-label="Diagram" className="max-w-full overflow-hidden rounded-lg border border-line">
      <figcaption className="flex items-center justify-between gap-1 border-b border-line bg-code-ground py-0.5 pr-1 pl-3">
        <span data-code-language="mermaid" aria-hidden="true" className="truncate font-mono text-xs text-muted before:content-[attr(data-code-language)]" />
        <span className="flex items-center">
          {toggle}
          <CopyButton text={code} />
        </span>
      </figcaption>
      {asSource ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled from the keyboard
        <pre tabIndex={0} className="code-text overflow-x-auto px-3 py-2.5 font-mono text-[0.8125rem] leading-relaxed [overflow-wrap:normal] -outline-offset-2">
          <code>{code}</code>
        </pre>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide diagram is scrolled from the keyboard
        <div role="group" aria-label="Diagram" tabIndex={0} className="overflow-x-auto p-3 -outline-offset-2">
          <Picture drawing={drawing} alt={altOf(code)} {...(isDark ? { 'data-dark': '' } : {})} className="mx-auto h-auto max-w-full" />
          {onPaper ? <Picture drawing={onPaper} alt={altOf(code)} data-paper="" className="mx-auto hidden h-auto max-w-full" /> : null}
        </div>
      )}
    </figure>
  )
}

type PictureProps = Omit<ComponentProps<'img'>, 'alt'> & { readonly drawing: Drawing; readonly alt: string }

function Picture({ drawing: { src, width, height }, alt, ...rest }: PictureProps) {
  return <img src={src} width={width} height={height} alt={alt} style={{ minWidth: Math.round(width * SMALLEST) }} {...rest} />
}

/** What its author says it shows, or what kind it is and the words in it. */
function altOf(code: string): string {
  const said = /^\s*accTitle:\s*(.+)$/m.exec(code)?.[1]?.trim()
  const more = /^\s*accDescr:\s*(.+)$/m.exec(code)?.[1]?.trim()
  if (said || more) return [said, more].filter(Boolean).join('. ')
  return `Diagram: ${code.replace(/\s+/g, ' ').slice(0, 600)}`
}

async function draw(code: string, dark: boolean): Promise<Drawing | Undrawn> {
  // Only a browser draws: the server's build has no copy of the library.
  if (import.meta.env.SSR) return 'missing'
  try {
    const { drawDiagram } = await import('./draw-diagram')
    return await drawDiagram(code, dark)
  } catch {
    return 'missing'
  }
}
