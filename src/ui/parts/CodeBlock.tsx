'use client'
// Code as it was written, coloured once it is whole and the highlighter has arrived.
import { CopyButton } from './CopyButton'
import { useHighlight } from './use-highlight'

export interface CodeBlockProps {
  readonly code: string
  /** As the author named it; may be empty or unknown. */
  readonly language: string
  /** Still being written. */
  readonly open?: boolean
  /** Why it is shown as code, where it was meant as something else. Drawn, so that it is never part of the text. */
  readonly note?: string | undefined
}

export function CodeBlock({ code, language, open = false, note }: CodeBlockProps) {
  const coloured = useHighlight(code, language, open)
  return (
    <figure
      aria-label={[language ? `Code, ${language}` : 'Code', note].filter(Boolean).join('. ')}
      className="max-w-full overflow-hidden rounded-lg border border-line bg-code-ground"
    >
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3">
        <span data-code-language={language} aria-hidden="true" className="truncate font-mono text-xs text-muted before:content-[attr(data-code-language)]" />
        <CopyButton text={code} />
      </figcaption>
      {note ? (
        <span
          data-code-note={note}
          aria-hidden="true"
          className="block border-b border-line px-3 py-1.5 text-sm text-muted before:content-[attr(data-code-note)]"
        />
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled from the keyboard */}
      <pre tabIndex={0} className="code-text overflow-x-auto px-3 py-2.5 font-mono text-[0.8125rem] leading-relaxed [overflow-wrap:normal] -outline-offset-2">
        <code>{coloured ?? code}</code>
      </pre>
    </figure>
  )
}
