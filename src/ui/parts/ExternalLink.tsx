// A link that somebody wrote: it opens elsewhere, tells the other side nothing, and only goes where a link may go.
import type { ReactNode } from 'react'
import { safeHref } from './safe-href'

export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const safe = safeHref(href)
  if (safe === null) return children
  return (
    // Paper says where a link leads, but for one whose words say it.
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow" {...(isSame(wordsOf(children), safe) ? { 'data-bare': '' } : {})}>
      {children}
    </a>
  )
}

function wordsOf(node: ReactNode): string {
  if (typeof node === 'string') return node
  return Array.isArray(node) ? node.map((child: ReactNode) => wordsOf(child)).join('') : ''
}

/** Whether words are an address, with or without what everybody leaves out. */
function isSame(words: string, address: string): boolean {
  return bare(words) === bare(address)
}

function bare(address: string): string {
  return address.replace(/^https?:\/\//i, '').replace(/\/$/, '')
}
