// What a model's failure is for whoever runs this: the provider's status, the address that was asked, and of what it said the
// message, type and code of its error. No key is in it, and nothing of a conversation but what such a message repeats.
import { APICallError } from '@ai-sdk/provider'
import { StreamProviderError } from 'ai'
import type { Failure } from '../conversation/message'
import { causeOf, isBrokenEvent } from './failure'

/** Characters of a provider's own words. */
const LONGEST = 300

/** One line. `model`: as MODEL names it. */
export function reportOf(model: string, failure: Failure, thrown: unknown): string {
  return `${model} failed as ${failure.code}: ${detailsOf(causeOf(thrown)).join(', ') || failure.text}`
}

function detailsOf(error: unknown): readonly string[] {
  if (APICallError.isInstance(error)) {
    const status = error.statusCode === undefined ? [] : [`status ${error.statusCode}`]
    return [...status, `asked ${addressOf(error.url)}`, ...wordsOf(error.responseBody ?? ''), ...(error.statusCode === undefined ? [safe(error.message)] : [])]
  }
  if (StreamProviderError.isInstance(error)) return ['in the middle of its answer', safe(error.message)]
  // Their messages repeat what came, which is part of an answer.
  if (isBrokenEvent(error)) return ['an event that cannot be read']
  return error instanceof Error ? [safe(`${error.name}: ${error.message}`)] : []
}

/** What an error object says of itself. Beside its message it may repeat what people wrote. */
function wordsOf(body: string): readonly string[] {
  try {
    const { error = body } = JSON.parse(body) as { readonly error?: unknown }
    if (typeof error === 'string') return [safe(error)]
    const { message, type, code } = error as { readonly message?: unknown; readonly type?: unknown; readonly code?: unknown }
    return [message, type, code].filter((word) => typeof word === 'string' || typeof word === 'number').map((word) => safe(String(word)))
  } catch {
    return body === '' ? [] : [safe(body)]
  }
}

/** Without the query, where some put a key. */
function addressOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${parsed.origin}${parsed.pathname}` : 'an unknown address'
}

/** Keys are long words of letters and digits, which no sentence has. */
function safe(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const known = line.replace(/\b(?:sk|pk|key|gsk|xai)-[\w*.-]+|Bearer \S+|[\w-]{32,}/gi, '(left out)')
  return JSON.stringify(known.length > LONGEST ? `${known.slice(0, LONGEST)}…` : known)
}
