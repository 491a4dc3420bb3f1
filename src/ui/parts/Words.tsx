'use client'
// The words of a message as its Markdown means them; as they were typed where the page's HTML had no room for more.
import { useContext } from 'react'
import { useHydrated } from '../frame/hydrated'
import { Markdown, type MarkdownProps } from './Markdown'
import { PlainWordsContext } from './plain-words'

export function Words(words: MarkdownProps) {
  const plain = useContext(PlainWordsContext)
  const hydrated = useHydrated()
  if (!plain || hydrated) return <Markdown {...words} />
  return (
    <div className="prose-message">
      <p className="whitespace-pre-wrap">{words.text}</p>
    </div>
  )
}
