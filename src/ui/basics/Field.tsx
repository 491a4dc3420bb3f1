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
    <div className={className === '' ? 'field' : `field ${className}`}>
      <label htmlFor={id}>{label}</label>
      <input type="text" {...rest} id={id} {...(describedBy ? { 'aria-describedby': describedBy } : {})} {...(error ? { 'aria-invalid': true } : {})} />
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
