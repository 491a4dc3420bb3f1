'use client'
// What a server asks whoever asked for an answer: fields to be filled in, sent to that server alone; declined, or not answered at all.
import { useId, useState } from 'react'
import { MAX_REASON } from '../../conversation/approval'
import { answerFor, MAX_ANSWER, type Question, type QuestionField } from '../../conversation/question'
import { toMessage } from '../basics/hand-over'
import { SmallButton } from '../basics/SmallButton'
import type { RoomActions } from '../frame/room-actions'

interface QuestionFormProps extends Pick<RoomActions, 'decide'> {
  readonly id: string
  readonly question: Question
  readonly server: string
}

export function QuestionForm({ id: approval, question, server, decide }: QuestionFormProps) {
  const prefix = useId()
  const [error, setError] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const why = reason.trim() === '' ? {} : { reason: reason.trim() }
  return (
    <form
      ref={toMessage}
      className="question-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const content = answerFor(question, typedIn(question, new FormData(event.currentTarget)))
        if (!content.ok) return setError(content.refusal.message)
        decide({ type: 'answer', approval, action: 'accept', content: { ...content.value } })
      }}
    >
      <p id={`${prefix}about`}>
        What you send goes to <bdi>{server}</bdi> and is shown to nobody here; what <bdi>{server}</bdi> answers is shown to everybody. The call was called off
        until you say something, and is made once more then: what it had done before it asked, it may do again. “Decline” tells <bdi>{server}</bdi> so; “Cancel
        the call” makes none.
      </p>
      {question.fields.map((field) => (
        <Field key={field.name} id={`${prefix}${field.name}`} field={field} />
      ))}
      {error === null ? null : (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      <div className="approval-buttons">
        <button type="submit" className="small-button" aria-describedby={`${prefix}about`}>
          Send to {server}
        </button>
      </div>
      <div className="approval-buttons">
        <SmallButton onClick={() => decide({ type: 'answer', approval, action: 'decline', ...why })}>Decline</SmallButton>
        <SmallButton onClick={() => decide({ type: 'deny', approval, ...why })}>Cancel the call</SmallButton>
        <label htmlFor={`${prefix}why`} className="sr-only">
          Why not, if you do not answer
        </label>
        <input
          id={`${prefix}why`}
          value={reason}
          maxLength={MAX_REASON}
          autoComplete="off"
          placeholder="Why not"
          onChange={({ target }) => setReason(target.value)}
        />
      </div>
    </form>
  )
}

function Field({ id, field }: { readonly id: string; readonly field: QuestionField }) {
  const { name, label, hint, type, isRequired, options, usual } = field
  const described = hint === null ? {} : { 'aria-describedby': `${id}-hint` }
  const words = (
    <>
      <bdi>{label}</bdi>
      {isRequired ? ' (has to be filled in)' : null}
    </>
  )
  const told =
    hint === null ? null : (
      <small id={`${id}-hint`}>
        <bdi>{hint}</bdi>
      </small>
    )
  if (type === 'choices')
    return (
      <fieldset {...described}>
        <legend>{words}</legend>
        {options.map(([value, shown]) => (
          <label key={value}>
            <input type="checkbox" name={name} value={value} defaultChecked={Array.isArray(usual) && usual.includes(value)} /> <bdi>{shown}</bdi>
          </label>
        ))}
        {told}
      </fieldset>
    )
  return (
    <div>
      <label htmlFor={id}>{words}</label>
      {type === 'choice' || type === 'boolean' ? (
        <select id={id} name={name} required={isRequired} defaultValue={usual === null ? '' : String(usual)} {...described}>
          <option value="">{isRequired ? 'Choose' : 'Nothing'}</option>
          {(type === 'boolean' ? YES_NO : options).map(([value, shown]) => (
            <option key={value} value={value}>
              {shown}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          name={name}
          type={inputTypeOf(field)}
          required={isRequired}
          autoComplete="off"
          defaultValue={usual === null ? '' : String(usual)}
          {...(type === 'text' ? { maxLength: field.max ?? MAX_ANSWER } : { step: 'any', inputMode: 'decimal' as const })}
          {...described}
        />
      )}
      {told}
    </div>
  )
}

const YES_NO = [
  ['true', 'Yes'],
  ['false', 'No'],
] as const

function inputTypeOf({ type, format }: QuestionField): string {
  if (type !== 'text') return 'number'
  // A day and a time have boxes of their own; a time there has no zone, which is asked for here.
  return format === 'email' || format === 'date' ? format : format === 'uri' ? 'url' : 'text'
}

function typedIn({ fields }: Question, form: FormData): Readonly<Record<string, unknown>> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, form)]))
}

/** Undefined for what was left out. */
function valueOf({ name, type, isRequired }: QuestionField, form: FormData): unknown {
  const all = form.getAll(name).map(String)
  const [first = ''] = all
  if (type === 'choices') return all.length === 0 && !isRequired ? undefined : all
  if (first === '') return undefined
  if (type === 'boolean') return first === 'true'
  return type === 'number' || type === 'integer' ? Number(first) : first
}
