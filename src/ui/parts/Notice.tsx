// What went wrong with a message, in words, and what can be done about it.
import type { ReactNode } from 'react'

export interface NoticeProps {
  readonly tone: 'danger' | 'calm'
  readonly buttons: ReactNode
  readonly children: ReactNode
}

export function Notice({ tone, buttons, children }: NoticeProps) {
  const look = tone === 'danger' ? 'mt-2 bg-danger-soft px-3 py-2 text-danger' : 'mt-1 text-muted'
  return (
    <div data-part="notice" className={`flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-lg text-sm ${look}`}>
      <p className="min-w-0 empty:hidden [overflow-wrap:anywhere]">{children}</p>
      <div className="flex flex-wrap gap-2 empty:hidden">{buttons}</div>
    </div>
  )
}
