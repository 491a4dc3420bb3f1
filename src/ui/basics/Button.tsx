// One button for every page. Hook-free; at least 40 px high, so that a thumb can hit it.
import type { ComponentProps } from 'react'

export type ButtonVariant = 'primary' | 'outline' | 'quiet' | 'danger'

const LOOK: Readonly<Record<ButtonVariant, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  outline: 'border border-line-strong bg-raised text-ink hover:bg-paper',
  quiet: 'text-ink hover:bg-accent-soft',
  danger: 'border border-danger bg-danger-soft text-danger hover:border-2',
}

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: ButtonVariant
}

/** A button of type "button" unless told otherwise, so that it never submits a form by accident. */
export function Button({ variant = 'outline', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={`${buttonClass(variant)} ${className}`} />
}

/** The same look for a link that acts like a button. */
export function buttonClass(variant: ButtonVariant): string {
  return `inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 text-[0.9375rem] font-medium transition-colors disabled:cursor-default disabled:opacity-60 ${LOOK[variant]}`
}
