// Copies a text, and says whether it did. Its words are its name only, never part of the message's text.
import { useEffect, useState } from 'react'
import { copyText } from '../basics/copy-text'
import { Icon, type IconName } from '../basics/Icon'

type Outcome = 'ready' | 'copied' | 'failed'

interface CopyButtonProps {
  readonly text: string
  readonly name?: string
  readonly icon?: IconName
  /** Another way to copy it; whether it did. */
  readonly copy?: () => Promise<boolean>
}

export function CopyButton({ text, name = 'Copy code', icon = 'copy', copy = () => copyText(text) }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('ready')
  const names: Readonly<Record<Outcome, string>> = { ready: name, copied: 'Copied', failed: 'Could not copy' }
  const icons: Readonly<Record<Outcome, IconName>> = { ready: icon, copied: 'check', failed: 'warn' }

  useEffect(() => {
    if (outcome === 'ready') return undefined
    const timer = setTimeout(() => setOutcome('ready'), outcome === 'failed' ? 5_000 : 2_000)
    return () => clearTimeout(timer)
  }, [outcome])

  return (
    <button
      type="button"
      aria-label={names[outcome]}
      title={names[outcome]}
      onClick={() =>
        void copy()
          .catch(() => false)
          .then((copied) => setOutcome(copied ? 'copied' : 'failed'))
      }
      {...(outcome === 'failed' ? { 'data-said': names.failed } : {})}
      className="inline-flex h-10 min-w-10 items-center justify-center gap-1 rounded-md text-muted hover:text-ink data-said:px-2 data-said:text-xs data-said:text-danger data-said:after:content-[attr(data-said)] pointer-fine:h-8 pointer-fine:min-w-8"
    >
      <Icon name={icons[outcome]} className="size-4" />
    </button>
  )
}
