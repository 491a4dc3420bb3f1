// A link that somebody wrote: it opens elsewhere, tells the other side nothing, and only goes where a link may go.
import type { ReactNode } from 'react'
import { safeHref } from './safe-href'

export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const safe = safeHref(href)
  if (safe === null) return children
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}
