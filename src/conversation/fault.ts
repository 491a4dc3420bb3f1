// What is wrong with an input, in words: which field of it, and what it may be. For people and models alike, who both read it.
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** A part of a sentence, without its end: “fact” is too long: it may have 500 characters at most. */
export function inWords(issue: Issue): string {
  const field = issue.path.length === 0 ? 'The input' : `“${issue.path.map(String).join('.').slice(0, LONGEST_NAME)}”`
  if (issue.code !== 'custom') return `${field} ${whatIsWrong(issue)}`
  // A check of ours says it in a sentence of its own, or says nothing.
  return issue.message === 'Invalid input' ? `${field} is not what it has to be` : issue.message.replace(/\.$/, '')
}

/** Names are whatever somebody sent. */
const LONGEST_NAME = 80
const MOST_NAMED = 6

function whatIsWrong(issue: Exclude<Issue, { code: 'custom' }>): string {
  switch (issue.code) {
    case 'invalid_type':
      return `has to be ${kindOf(issue.expected)}`
    case 'too_big':
      return isCounted(issue.origin)
        ? `is too long: it may have ${countOf(issue.origin, issue.maximum)} at most`
        : `is too big: it may be ${String(issue.maximum)} at most`
    case 'too_small':
      if (isCounted(issue.origin))
        return Number(issue.minimum) <= 1 ? 'is empty' : `is too short: it has to have at least ${countOf(issue.origin, issue.minimum)}`
      return `is too small: it has to be at least ${String(issue.minimum)}`
    case 'invalid_value':
      return `has to be ${listOf(issue.values.map((value) => (typeof value === 'string' ? `“${value}”` : String(value))))}`
    case 'unrecognized_keys':
      return `has what is not known here: ${issue.keys
        .slice(0, MOST_NAMED)
        .map((key) => `“${key.slice(0, LONGEST_NAME)}”`)
        .join(', ')}`
    case 'invalid_format':
      return issue.format === 'datetime' ? 'has to be a moment, such as 2026-03-03T12:00:00Z' : 'is not written as it has to be'
    case 'not_multiple_of':
      return `has to be a multiple of ${issue.divisor}`
    case 'invalid_union':
      return 'is none of what it may be'
    case 'invalid_key':
    case 'invalid_element':
      return 'has a part that cannot be read'
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object with names and values',
  record: 'an object with names and values',
  null: 'null',
}

function kindOf(expected: string): string {
  return KINDS[expected] ?? 'something else'
}

function isCounted(origin: string): boolean {
  return COUNTED[origin] !== undefined
}

const COUNTED: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
}

function countOf(origin: string, count: number | bigint): string {
  const [one = '', more = ''] = COUNTED[origin] ?? []
  return `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${Number(count) === 1 ? one : more}`
}

function listOf(values: readonly string[]): string {
  const shown = values.slice(0, MOST_NAMED)
  if (values.length > MOST_NAMED) return `one of ${shown.join(', ')} and ${values.length - MOST_NAMED} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
}
