// A page that asks one thing: a card in the middle, the name above it. Hook-free.
import type { ReactNode } from 'react'
import { Wordmark } from '../frame/Wordmark'

export interface CardProps {
  readonly title: string
  /** A sentence under the title. */
  readonly lead?: ReactNode
  /** For lists of things: as wide as a page of text. */
  readonly isWide?: boolean
  /** Small print under the card. */
  readonly footer?: ReactNode
  readonly children?: ReactNode
}

export function Card({ title, lead, isWide = false, footer, children }: CardProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-7 bg-paper px-4 py-10">
      <Wordmark size="large" />
      <section className={`w-full ${isWide ? 'max-w-3xl' : 'max-w-md'} rounded-2xl border border-line bg-surface p-6 shadow-float sm:p-8`}>
        <h1 className="text-xl font-semibold tracking-tight text-balance text-ink">{title}</h1>
        {lead ? <p className="mt-1.5 leading-relaxed text-muted">{lead}</p> : null}
        <div className="mt-6 flex flex-col gap-4">{children}</div>
      </section>
      {footer ? <div className="max-w-md text-center text-sm text-balance text-muted">{footer}</div> : null}
    </main>
  )
}
