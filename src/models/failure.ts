// What went wrong with a model, in words for the people in the room. Nothing of the provider's own text gets through:
// it may hold keys, addresses and other people's words.
import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  LoadSettingError,
  NoSuchModelError,
  TypeValidationError,
} from '@ai-sdk/provider'
import { NoOutputGeneratedError, RetryError, StreamProviderError } from 'ai'
import type { Failure } from '../conversation/message'

export const SILENT: Failure = { code: 'silent', text: 'The language model stopped answering.' }
export const CUT_OFF: Failure = { code: 'cut_off', text: 'The connection to the language model was lost before the answer was complete.' }
export const EMPTY: Failure = { code: 'empty', text: 'The language model gave an empty answer.' }
export const EMPTY_LENGTH: Failure = { code: 'empty', text: 'The language model used up the length of its answer before saying anything.' }
export const FILTERED: Failure = { code: 'provider', text: "The language model's content filter stopped this answer." }

const UNAUTHORIZED: Failure = { code: 'unauthorized', text: "The language model's provider did not accept this server's key." }
const NO_CREDIT: Failure = { code: 'rate_limited', text: "This server's account with the language model's provider has no credit left." }
const UNREACHABLE: Failure = { code: 'unreachable', text: 'The language model could not be reached.' }
const MALFORMED: Failure = { code: 'malformed', text: 'The language model sent something that could not be understood.' }
const NO_MODEL: Failure = { code: 'configuration', text: 'The provider does not know the language model that this server asks for.' }
const NOT_SET_UP: Failure = { code: 'configuration', text: 'The language model is not set up on this server.' }
const TOO_LONG: Failure = { code: 'provider', text: 'This conversation is too long for the language model.' }
const BROKEN: Failure = { code: 'provider', text: 'The language model failed.' }

/** Nobody in a chat waits longer than this; a longer wait is shown as none. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000

/**
 * What anything thrown by a model or its stream means. `started`: the answer had begun, so that a lost connection cut it off.
 */
export function failureOf(thrown: unknown, started: boolean): Failure {
  const error = causeOf(thrown)
  if (APICallError.isInstance(error)) return ofCall(error, started)
  if (StreamProviderError.isInstance(error)) return ofStatus(error.statusCode, `${error.type} ${error.code} ${error.message}`)
  if (InvalidResponseDataError.isInstance(error)) return started && error.message.includes('without a finish reason') ? CUT_OFF : MALFORMED
  if (JSONParseError.isInstance(error) || TypeValidationError.isInstance(error)) return MALFORMED
  if (EmptyResponseBodyError.isInstance(error)) return EMPTY
  if (NoOutputGeneratedError.isInstance(error)) return started ? CUT_OFF : EMPTY
  if (LoadAPIKeyError.isInstance(error) || LoadSettingError.isInstance(error)) return NOT_SET_UP
  if (NoSuchModelError.isInstance(error)) return NO_MODEL
  if (isNetworkError(error)) return started ? CUT_OFF : UNREACHABLE
  return BROKEN
}

/** The error that others were wrapped around. */
function causeOf(error: unknown): unknown {
  if (RetryError.isInstance(error)) return causeOf(error.lastError)
  if (NoOutputGeneratedError.isInstance(error) && error.cause !== undefined) return causeOf(error.cause)
  return error
}

function ofCall(error: APICallError, started: boolean): Failure {
  if (error.statusCode === undefined) return started ? CUT_OFF : UNREACHABLE
  // A success whose body could not be read: not the stream of an answer at all.
  if (error.statusCode < 400) return isNetworkError(error.cause) ? CUT_OFF : MALFORMED
  return ofStatus(error.statusCode, error.responseBody ?? '', retryAfter(error.responseHeaders))
}

/** `detail`: the provider's own words, looked through for what the status does not tell, and never shown. */
function ofStatus(status: number | undefined, detail: string, retryAfterMs: number | null = null): Failure {
  if (status === 401 || status === 403) return UNAUTHORIZED
  if (status === 402 || /insufficient_quota|credit balance/i.test(detail)) return NO_CREDIT
  if (status === 404) return NO_MODEL
  if (status === 413 || /context.{0,20}(length|window)|prompt is too long|maximum.{0,20}tokens/i.test(detail)) return TOO_LONG
  if (status === 429) return tooFast(retryAfterMs)
  if (status === undefined) return BROKEN
  if (status >= 500) return { code: 'provider', text: `The language model's provider is in trouble (error ${status}).`, ...wait(retryAfterMs) }
  return { code: 'provider', text: `The language model's provider refused the request (error ${status}).` }
}

function tooFast(retryAfterMs: number | null): Failure {
  const when = retryAfterMs === null ? 'in a moment' : `in ${inWords(retryAfterMs)}`
  return { code: 'rate_limited', text: `The language model is asked too much at the moment. Try again ${when}.`, ...wait(retryAfterMs) }
}

function wait(retryAfterMs: number | null): { readonly retryAfterMs?: number } {
  return retryAfterMs === null ? {} : { retryAfterMs }
}

function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 100) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}

/** Ms to wait, from `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, 10.2.3). */
function retryAfter(headers: Record<string, string> | undefined): number | null {
  const exact = headers?.['retry-after-ms']
  const header = headers?.['retry-after']
  const ms =
    exact !== undefined ? Number(exact) : header === undefined ? NaN : /^[\d.]+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return ms >= 0 && ms <= LONGEST_WAIT_MS ? Math.ceil(ms) : null
}

/** Node's fetch throws a TypeError with the socket's error as its cause; workerd an Error, for a name that does not resolve `internal error; reference = …`. */
function isNetworkError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (
      /fetch failed|terminated|network|connection|socket|ECONN|EPIPE|ENOTFOUND|UND_ERR|disconnected|premature|internal error; reference/i.test(
        `${cause.message} ${'code' in cause ? String(cause.code) : ''}`,
      )
    )
      return true
  }
  return false
}
