// A labelled text box, with room for a hint and for what is wrong with its content. Hook-free.
import type { ComponentProps, ReactNode } from 'react'

export interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  readonly label: string
  /** Unique on its page; the hint and the error hang on it. */
  readonly id: string
  readonly hint?: ReactNode
  readonly error?: ReactNode
}

export function Field({ label, id, hint, error, className = '', ...rest }: FieldProps) {
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
      </label>
      <input
        {...rest}
        id={id}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
        className="min-h-11 w-full rounded-lg border border-line-strong bg-raised px-3 text-base text-ink placeholder:text-muted aria-invalid:border-danger"
      />
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  )
}
