// One button for every page. Hook-free; at least 40 px high, so that a thumb can hit it.
import type { ComponentProps } from 'react'

export type ButtonVariant = 'primary' | 'outline' | 'quiet' | 'danger'

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant
}

/** A button of type "button" unless told otherwise, so that it never submits a form by accident. */
export function Button({ variant = 'outline', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={className === '' ? buttonClass(variant) : `${buttonClass(variant)} ${className}`} />
}

/** The same look for a link that acts like a button. */
export function buttonClass(variant: ButtonVariant): string {
  return `button button-${variant}`
}
