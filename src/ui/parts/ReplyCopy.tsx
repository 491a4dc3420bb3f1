'use client'
// Copies a reply: as Markdown, exactly as it was said, or as rich text, for programs that show it formatted. Its place is kept from
// the beginning, so that nothing moves when the buttons come.
import { useRef } from 'react'
import { isBlank } from '../../conversation/message'
import { useHydrated } from '../frame/hydrated'
import { CopyButton } from './CopyButton'

interface ReplyCopyProps {
  readonly text: string
  /** While a reply grows there is nothing to copy yet. */
  readonly streaming: boolean
}

export function ReplyCopy({ text, streaming }: ReplyCopyProps) {
  const place = useRef<HTMLDivElement>(null)
  const hydrated = useHydrated()
  return (
    <div ref={place} data-part="copy">
      {hydrated && !streaming && !isBlank(text) ? (
        <>
          <CopyButton text={text} name="Copy as Markdown" />
          <CopyButton text={text} name="Copy as rich text" icon="rich" copy={async () => copyRich(place.current, text)} />
        </>
      ) : null}
    </div>
  )
}

/** The words as they stand on the screen beside this element. */
async function copyRich(place: HTMLElement | null, text: string): Promise<boolean> {
  const shown = [...(place?.parentElement?.querySelectorAll(':scope > [data-part="text"] > .prose-message') ?? [])]
  if (shown.length === 0) return false
  const { copyHtml, richTextOf } = await import('./rich-text')
  return copyHtml(shown.map(richTextOf).join(''), text)
}
