'use client'
// The words of a message as its Markdown means them; as they were typed where a page's HTML has no room for more, and for
// as long as what reads Markdown is on its way.
import { createElement, useContext } from 'react'
import { useHydrated } from '../frame/hydrated'
import type { MarkdownProps } from './Markdown'
import { useMarkdown } from './markdown-on-demand'
import { StandingContext } from './standing'

export function Words(words: MarkdownProps) {
  const standing = useContext(StandingContext)
  return standing === 'plain' ? <PlainAtFirst {...words} /> : <Marked {...words} waits={standing === 'marked'} />
}

function PlainAtFirst(words: MarkdownProps) {
  const hydrated = useHydrated()
  return hydrated ? <Marked {...words} waits={false} /> : <Plain text={words.text} />
}

function Marked({ waits, ...words }: MarkdownProps & { readonly waits: boolean }) {
  const Markdown = useMarkdown(waits)
  return Markdown ? createElement(Markdown, words) : <Plain text={words.text} />
}

/** Blanks at the end are no words: a line of them would go away once Markdown is here. */
function Plain({ text }: { readonly text: string }) {
  return (
    <div className="prose-message">
      <p className="whitespace-pre-wrap">{text.trimEnd()}</p>
    </div>
  )
}
