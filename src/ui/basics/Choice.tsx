// A labelled select, with room for a hint and for what is wrong with what was chosen. Hook-free.
import type { ReactNode } from 'react'

export interface ChoiceProps {
  readonly label: string
  /** The field's name, unique on its page; label, hint and error hang on it, with `idPrefix` before it where two forms have one. */
  readonly name: string
  readonly idPrefix?: string
  readonly chosen: string
  readonly options: readonly (readonly [value: string, words: string])[]
  readonly hint?: ReactNode
  readonly error?: ReactNode
}

export function Choice({ label, name, idPrefix = '', chosen, options, hint, error }: ChoiceProps) {
  const id = `${idPrefix}${name}`
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        name={name}
        defaultValue={chosen}
        className="agent-input"
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
      >
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
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
