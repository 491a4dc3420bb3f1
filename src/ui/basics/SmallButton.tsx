// The button that stands inside a message: quiet to the eye, 40 px high to a thumb.
import type { ComponentProps } from 'react'

export interface SmallButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'type'> {
  /** What is most likely meant, where several stand together. */
  readonly isPrimary?: boolean
}

export function SmallButton({ isPrimary = false, ...props }: SmallButtonProps) {
  return <button {...props} type="button" className={isPrimary ? 'small-button button-primary' : 'small-button'} />
}
