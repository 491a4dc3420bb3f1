// Copies a text, and says whether it did. Its words are its name only, never part of the message's text.
import { useEffect, useState } from 'react'
import { copyText } from '../basics/copy-text'
import { Icon, type IconName } from '../basics/Icon'

type Outcome = 'ready' | 'copied' | 'failed'

const NAMES: Readonly<Record<Outcome, string>> = { ready: 'Copy code', copied: 'Copied', failed: 'Could not copy' }
const ICONS: Readonly<Record<Outcome, IconName>> = { ready: 'copy', copied: 'check', failed: 'warn' }

export function CopyButton({ text }: { readonly text: string }) {
  const [outcome, setOutcome] = useState<Outcome>('ready')

  useEffect(() => {
    if (outcome === 'ready') return undefined
    const timer = setTimeout(() => setOutcome('ready'), 2_000)
    return () => clearTimeout(timer)
  }, [outcome])

  return (
    <button
      type="button"
      aria-label={NAMES[outcome]}
      title={NAMES[outcome]}
      onClick={() => void copyText(text).then((copied) => setOutcome(copied ? 'copied' : 'failed'))}
      className="inline-flex size-10 items-center justify-center rounded-md text-muted hover:text-ink pointer-fine:size-8"
    >
      <Icon name={ICONS[outcome]} className="size-4" />
    </button>
  )
}
