// What a model's failure is for whoever runs this: the provider's status, the address that was asked, and of what it said the
// message, type and code of its error. No key is in it, and nothing of a conversation but what such a message repeats.
import { APICallError } from '@ai-sdk/provider'
import { StreamProviderError } from 'ai'
import type { Failure } from '../conversation/message'
import { causeOf, isBrokenEvent } from './failure'
import { TooMuch } from './intake'

/** Characters of a provider's own words. */
const LONGEST = 300
/** As many are looked at: what is left out makes them fewer. */
const LOOKED_AT = 4_000

/** One line. `model`: as MODEL names it. */
export function reportOf(model: string, failure: Failure, thrown: unknown): string {
  return `${model} failed as ${failure.code}: ${detailsOf(causeOf(thrown)).join(', ') || failure.text}`
}

function detailsOf(error: unknown): readonly string[] {
  if (APICallError.isInstance(error)) {
    const status = error.statusCode === undefined ? [] : [`status ${error.statusCode}`]
    return [...status, `asked ${addressOf(error.url)}`, ...wordsOf(error.responseBody ?? ''), ...(error.statusCode === undefined ? [safe(error.message)] : [])]
  }
  if (error instanceof TooMuch) return [error.message]
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
    // Half an object, or one nested too deep, may hold anything; of a text the beginning is what it says.
    return body === '' ? [] : [/^\s*[[{]/.test(body) ? 'a body that cannot be read' : safe(body)]
  }
}

/** Without the query, where some put a key. */
function addressOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed ? `${parsed.origin}${parsed.pathname}` : 'an unknown address'
}

/** One line as it may stand in a log: no secrets, nothing that turns or clears a line, and not too long. */
function safe(text: string): string {
  const seen = text.slice(0, LOOKED_AT)
  // A word that is cut in two may be half a key.
  const words = text.length > LOOKED_AT ? seen.replace(/\S*$/, '(left out)') : seen
  const line = words.replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
  const known = SECRETS.reduce((left, secret) => left.replace(secret, '(left out)'), line).replace(LONG_WORD, (word) => (isKey(word) ? '(left out)' : word))
  return JSON.stringify(known.length > LONGEST ? `${known.slice(0, LONGEST)}…` : known)
}

/** Controls, marks of direction and whatever else has no look of its own; white space is made into spaces. */
const UNSEEN = /(?!\s)[\p{C}\p{Default_Ignorable_Code_Point}]/gu

/** Whatever a name says that it is a secret, and the forms that keys have. */
const SECRETS = [
  /\bbearer [^\s"',;]+/gi,
  /\b[Bb]asic (?=\S*[\dA-Z=])[\w+/=-]{8,}/g,
  // So many tokens are none.
  /(?!tokens\\*["']?\s?[:=]\s?\d{1,9}\b)(?:pass(?:word|wd|phrase|code)|pwd|secret|token|credential|(?:api|access|private|signing)[-_ ]?key|authorization|cookie)s?\\*["']?\s?[:=]\s?\\*(?:"[^"]*"?|'[^']*'?|[^\s"',;&]+)/gi,
  /[?&](?:key|sig|code)=[^\s&"']+/gi,
  /\b(?:sk|pk|rk|key|gsk|xai|pplx|hf|r8|gh[a-z]|github_pat|glpat|xox[a-z]|csk|nvapi|tok)[-_][\w*.-]+/gi,
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ABIA|ACCA|AIza)[\w-]{8,}/g,
  /\beyJ[\w-]+(?:\.[\w-]*)*/g,
  /(?<=:\/\/)[^\s/@]+@/g,
  /[\w-]{32,}/g,
]

/** Keys are long words of letters of both kinds and digits, which no sentence has. */
const LONG_WORD = /[\w+/=-]{32,}/g

function isKey(word: string): boolean {
  return /\d/.test(word) && /[A-Z]/.test(word) && /[a-z]/.test(word)
}
