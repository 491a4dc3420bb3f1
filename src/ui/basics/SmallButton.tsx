// The button that stands inside a message: quiet to the eye, 40 px high to a thumb.
import type { ComponentProps } from 'react'

export function SmallButton(props: Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return (
    <button
      {...props}
      type="button"
      className="inline-flex min-h-10 items-center gap-1.5 rounded-lg border border-line-strong bg-raised px-3 text-sm font-medium text-ink transition-colors hover:bg-paper disabled:opacity-60 pointer-fine:min-h-8"
    />
  )
}
