'use client'
// Copies the address of a link that stands beside it, and says whether it did.
import { useState } from 'react'
import { useHydrated } from '../frame/hydrated'
import { Button } from './Button'
import { copyText } from './copy-text'
import { Icon } from './Icon'

/** `path`: of this site. */
export function CopyLink({ path }: { readonly path: string }) {
  const hydrated = useHydrated()
  const [copied, setCopied] = useState<boolean | null>(null)
  return (
    <>
      <Button disabled={!hydrated} onClick={() => void copyText(new URL(path, location.href).href).then(setCopied)}>
        <Icon name={copied === true ? 'check' : 'copy'} className="size-4" />
        Copy invitation
      </Button>
      <p aria-live="polite" className="px-1 text-sm text-muted empty:hidden">
        {copied === null ? null : copied ? 'Copied.' : 'This browser does not let pages copy. Copy the address of the link above.'}
      </p>
    </>
  )
}
