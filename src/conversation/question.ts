// What a server of tools asks of a person while it is called, and what may be answered: flat fields of a few types. Invariant: what is sent to a
// server fits what it asked, checked where it is typed and again in the room, by the same function.
import { isFields } from './fields'
import { accept, refuse, type Result } from './refusal'

export const FIELD_TYPES = ['text', 'number', 'integer', 'boolean', 'choice', 'choices'] as const
export const FORMATS = ['email', 'uri', 'date', 'date-time'] as const
export type Format = (typeof FORMATS)[number]

export interface QuestionField {
  readonly name: string
  readonly label: string
  readonly hint: string | null
  readonly type: (typeof FIELD_TYPES)[number]
  readonly isRequired: boolean
  /** Of text. */
  readonly format: Format | null
  /** Of text its length, of a number its size, of several choices how many. */
  readonly min: number | null
  readonly max: number | null
  /** Of choices: what is sent, and what is shown of it. */
  readonly options: readonly (readonly [value: string, words: string])[]
  /** What stands in the field to begin with. */
  readonly usual: AnswerValue | null
}

export interface Question {
  readonly message: string
  readonly fields: readonly QuestionField[]
}

export type AnswerValue = string | number | boolean | readonly string[]
export type AnswerContent = Readonly<Record<string, AnswerValue>>

/** What a person said to a question. What they typed is for its server alone: it is in no record and no message. */
export interface Answered {
  readonly question: Question
  readonly action: 'accept' | 'decline'
  readonly content: AnswerContent
  /** In their words why not. */
  readonly reason: string | null
}

export const MAX_FIELDS = 20
export const MAX_OPTIONS = 50
/** Characters: of a name, a label, an option. */
export const MAX_LABEL = 120
export const MAX_HINT = 300
export const MAX_ASKED = 1_000
/** Of one answer. */
export const MAX_ANSWER = 1_000
/** Of a question as JSON. */
export const MAX_QUESTION = 8_000

/** What of `typed` answers the question; a field that is left out is not there. Refuses: malformed, naming the field. */
export function answerFor({ fields }: Question, typed: unknown): Result<AnswerContent> {
  if (!isFields(typed)) return refuse('malformed', 'An answer has a value for each of the fields.')
  const unknown = Object.keys(typed).find((name) => !fields.some((field) => field.name === name))
  if (unknown !== undefined) return refuse('malformed', `Nobody asks for ${JSON.stringify(unknown.slice(0, MAX_LABEL))}.`)
  const content: Record<string, AnswerValue> = {}
  for (const field of fields) {
    const value = Object.hasOwn(typed, field.name) ? typed[field.name] : undefined
    if (value === undefined || value === '') {
      if (field.isRequired) return refuse('malformed', `“${field.label}” has to be filled in.`)
      continue
    }
    const fault = faultOf(field, value)
    if (fault !== null) return refuse('malformed', `“${field.label}” ${fault}`)
    // Its type was looked at just now.
    content[field.name] = value as AnswerValue
  }
  return accept(content)
}

function faultOf(field: QuestionField, value: unknown): string | null {
  const { type, min, max, options } = field
  switch (type) {
    case 'text':
      return typeof value === 'string' ? faultOfText(field, value) : 'is text.'
    case 'number':
    case 'integer':
      if (typeof value !== 'number' || !Number.isFinite(value) || (type === 'integer' && !Number.isInteger(value)))
        return type === 'integer' ? 'is a whole number.' : 'is a number.'
      return faultOfSize(value, min, max, '')
    case 'boolean':
      return typeof value === 'boolean' ? null : 'is yes or no.'
    case 'choice':
      return options.some(([option]) => option === value) ? null : 'is one of what may be chosen.'
    case 'choices':
      if (!Array.isArray(value) || new Set(value).size < value.length || !value.every((one) => options.some(([option]) => option === one)))
        return 'is some of what may be chosen.'
      return faultOfSize(value.length, min, max, ' chosen')
    default:
      return type satisfies never
  }
}

function faultOfText({ format, min, max }: QuestionField, text: string): string | null {
  // Before anything looks at what it says.
  const size = faultOfSize(Array.from(text).length, min, Math.min(max ?? MAX_ANSWER, MAX_ANSWER), ' characters')
  if (size !== null) return size
  if (format === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'is an e-mail address.'
  if (format === 'uri' && !URL.canParse(text)) return 'is an address, such as https://example.com/.'
  if (format === 'date' && !(/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)))) return 'is a day, such as 2026-12-24.'
  if (format === 'date-time' && !(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text))))
    return 'is a time, such as 2026-12-24T18:00:00Z.'
  return null
}

function faultOfSize(size: number, min: number | null, max: number | null, of: string): string | null {
  if (min !== null && size < min) return `is at least ${min}${of}.`
  return max !== null && size > max ? `is at most ${max}${of}.` : null
}
