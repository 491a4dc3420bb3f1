// A panel that a button opens. The browser's own popover: it needs no script, closes on Escape or a tap elsewhere, and
// gives the focus back.
import { useId, type ReactNode, type ToggleEvent } from 'react'

export interface PopoverProps {
  /** The panel's accessible name. */
  readonly name: string
  /** What the button shows; its words are the button's name. */
  readonly button: ReactNode
  readonly buttonClassName: string
  readonly from: 'header' | 'account'
  /** Called when the panel opens. */
  readonly onOpen?: (() => void) | undefined
  readonly children: ReactNode
}

export function Popover({ name, button, buttonClassName, from, onOpen, children }: PopoverProps) {
  const id = useId()
  return (
    <>
      <button type="button" popoverTarget={id} className={buttonClassName}>
        {button}
      </button>
      <div
        id={id}
        popover="auto"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a popover, which does not make the page wait as a <dialog> does
        role="dialog"
        aria-label={name}
        data-from={from}
        {...(onOpen ? { onToggle: (event: ToggleEvent<HTMLElement>) => event.newState === 'open' && onOpen() } : {})}
        className="popover-panel"
      >
        {children}
      </div>
    </>
  )
}
