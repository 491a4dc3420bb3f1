// What a server asks of a person while it is called, read once: as the protocol lets it (a form of flat fields), bounded, and without what cannot
// be seen.
import {
  type AnswerValue,
  FORMATS,
  MAX_ASKED,
  MAX_FIELDS,
  MAX_HINT,
  MAX_LABEL,
  MAX_OPTIONS,
  MAX_QUESTION,
  type Question,
  type QuestionField,
} from '../../conversation/question'
import { isFields } from '../../conversation/fields'
import { cleaned, seen } from '../../conversation/seen'

/** `params`: of `elicitation/create`. Null for what nobody can be shown: too much, or no form of flat fields. */
export function questionIn(params: unknown): Question | null {
  const plain = plainOf(params)
  if (!isFields(plain)) return null
  const { message, requestedSchema } = plain
  if (typeof message !== 'string' || message.length > MAX_ASKED || !isFields(requestedSchema)) return null
  const { properties, required } = requestedSchema
  if (!isFields(properties)) return null
  const named = Object.entries(properties)
  const fields = named.flatMap(([name, schema]) => fieldOf(name, schema, Array.isArray(required) && required.includes(name)) ?? [])
  const isWhole = named.length <= MAX_FIELDS && fields.length === named.length
  const question = { message: message.trim(), fields }
  return isWhole && JSON.stringify(question).length <= MAX_QUESTION ? question : null
}

export function isSameQuestion(a: Question, b: Question): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function plainOf(params: unknown): unknown {
  try {
    const json = JSON.stringify(params)
    return json.length > 4 * MAX_QUESTION ? null : cleaned(JSON.parse(json), seen)
  } catch {
    return null
  }
}

function fieldOf(name: string, schema: unknown, isRequired: boolean): QuestionField | null {
  if (!isFields(schema) || name === '' || name === '__proto__' || name.length > MAX_LABEL) return null
  const { type, title, description } = schema
  const label = typeof title === 'string' && title.trim() !== '' ? title.trim() : name
  const hint = typeof description === 'string' && description.trim() !== '' ? description.trim() : null
  if (label.length > MAX_LABEL || (hint?.length ?? 0) > MAX_HINT) return null
  const field = { name, label, hint, isRequired, format: null, min: null, max: null, options: [], usual: usualOf(schema['default']) } as const
  if (type === 'boolean') return { ...field, type }
  if (type === 'number' || type === 'integer') return { ...field, type, min: numberIn(schema['minimum']), max: numberIn(schema['maximum']) }
  if (type === 'array') return choices(field, schema)
  if (type !== 'string') return null
  const options = optionsIn(schema, 'oneOf')
  if (options) return isFew(options) ? { ...field, type: 'choice', options } : null
  const format = FORMATS.find((known) => known === schema['format']) ?? null
  return { ...field, type: 'text', format, min: numberIn(schema['minLength']), max: numberIn(schema['maxLength']) }
}

function choices(field: Omit<QuestionField, 'type'>, { items, minItems, maxItems }: Readonly<Record<string, unknown>>): QuestionField | null {
  const options = isFields(items) ? optionsIn(items, 'anyOf') : null
  return options && isFew(options) ? { ...field, type: 'choices', options, min: numberIn(minItems), max: numberIn(maxItems) } : null
}

/** Values with their words, as either generation of the protocol writes them; null for none. */
function optionsIn(schema: Readonly<Record<string, unknown>>, titled: 'oneOf' | 'anyOf'): QuestionField['options'] | null {
  const { enum: values, enumNames: words } = schema
  const pairs = schema[titled]
  if (Array.isArray(pairs))
    return pairs.flatMap((pair: unknown) =>
      isFields(pair) && typeof pair['const'] === 'string' ? [[pair['const'], typeof pair['title'] === 'string' ? pair['title'] : pair['const']] as const] : [],
    )
  if (!Array.isArray(values)) return null
  return values.flatMap((value: unknown, at) => {
    const word: unknown = Array.isArray(words) ? words[at] : null
    return typeof value === 'string' ? [[value, typeof word === 'string' ? word : value] as const] : []
  })
}

function isFew(options: QuestionField['options']): boolean {
  return options.length > 0 && options.length <= MAX_OPTIONS && options.every((words) => words.every((word) => word.length <= MAX_LABEL))
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function usualOf(value: unknown): AnswerValue | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null
}
