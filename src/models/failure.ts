// What went wrong with a model, in words for the people in the room. Nothing of the provider's own text gets through:
// it may hold keys, addresses and other people's words. docs/failures.md is the table of this file.
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
import { TooMuch } from './intake'
import { PAGE } from './wire'

export const SILENT: Failure = { code: 'silent', text: 'The language model stopped answering.' }
export const NEVER_BEGAN: Failure = { code: 'silent', text: 'The language model did not begin to answer.' }
export const CUT_OFF: Failure = { code: 'cut_off', text: 'The connection to the language model was lost before the answer was complete.' }
export const EMPTY: Failure = { code: 'empty', text: 'The language model gave an empty answer.' }
export const EMPTY_LENGTH: Failure = { code: 'empty', text: 'The language model used up the length of its answer before saying anything.' }
export const FILTERED: Failure = { code: 'provider', text: "The language model's content filter stopped this answer." }
/** By the model itself, and not in words of its own: those are an answer like any other. */
export const REFUSED: Failure = { code: 'provider', text: 'The language model refused to answer this.' }
export const MALFORMED: Failure = { code: 'malformed', text: 'The language model sent something that could not be understood.' }
export const TOO_MUCH: Failure = { code: 'malformed', text: 'The language model sent more than can be taken in of one answer.' }
/** Its time is over, however much it said. */
export const OVERTIME: Failure = { code: 'limit', text: 'The language model did not come to an end in the time that an answer may take.' }
/** Of an answer that is whole but for this. */
export const GAP: Failure = { code: 'gap', text: 'Something is missing in this answer: a piece of it could not be read.' }

const UNAUTHORIZED: Failure = { code: 'unauthorized', text: "The language model's provider did not accept this server's key." }
const FORBIDDEN: Failure = { code: 'unauthorized', text: "The language model's provider does not allow this server to use the model." }
const ELSEWHERE: Failure = { code: 'unauthorized', text: "The language model's provider does not serve the country that this server is in." }
const MODERATED: Failure = { code: 'provider', text: "The language model's provider refused this conversation: its content filter objects to something in it." }
const NO_CREDIT: Failure = { code: 'rate_limited', text: "This server's account with the language model's provider has no credit left." }
const UNREACHABLE: Failure = { code: 'unreachable', text: 'The language model could not be reached.' }
const NO_MODEL: Failure = { code: 'configuration', text: 'The provider does not know the language model that this server asks for.' }
const NOT_SET_UP: Failure = { code: 'configuration', text: 'The language model is not set up on this server.' }
const TOO_LONG: Failure = { code: 'provider', text: 'This conversation is too long for the language model.' }
const BROKEN: Failure = { code: 'provider', text: 'The language model failed.' }

/** Of a provider's own words, in characters: where it says what it is about. */
const LONGEST_DETAIL = 8_000

/** Nobody in a chat waits longer than this; a longer wait is shown as none. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000

/**
 * What anything thrown by a model or its stream means. `started`: the answer had begun, so that a lost connection cut it off.
 */
export function failureOf(thrown: unknown, started: boolean): Failure {
  const error = causeOf(thrown)
  if (error instanceof TooMuch) return TOO_MUCH
  if (APICallError.isInstance(error)) return ofCall(error, started)
  if (StreamProviderError.isInstance(error)) return ofStatus(error.statusCode, `${error.type} ${error.code} ${error.message.slice(0, LONGEST_DETAIL)}`)
  if (InvalidResponseDataError.isInstance(error)) return started && error.message.includes('without a finish reason') ? CUT_OFF : MALFORMED
  if (isBrokenEvent(error)) return MALFORMED
  if (EmptyResponseBodyError.isInstance(error)) return EMPTY
  if (NoOutputGeneratedError.isInstance(error)) return started ? CUT_OFF : EMPTY
  if (LoadAPIKeyError.isInstance(error) || LoadSettingError.isInstance(error)) return NOT_SET_UP
  if (NoSuchModelError.isInstance(error)) return NO_MODEL
  if (isNetworkError(error)) return started ? CUT_OFF : UNREACHABLE
  return BROKEN
}

/** Whether a request was refused because tools were offered in it, as servers of small models do in words of their own. */
export function knowsNoTools(thrown: unknown): boolean {
  const error = causeOf(thrown)
  if (!APICallError.isInstance(error)) return false
  const { statusCode = 0, responseBody = '' } = error
  const isRefused = statusCode === 400 || statusCode === 404 || statusCode === 422 || statusCode === 500 || statusCode === 501
  return isRefused && TOOLS.test(responseBody.slice(0, LONGEST_DETAIL))
}

/** Ollama, llama.cpp, vLLM and routers, in this order. */
const TOOLS =
  /does not support (?:tools|function)|tools? param requires|tool.choice.{0,40}requires|no endpoints.{0,40}tool use|tools? (?:is|are) not supported|unsupported.{0,20}tools/i

/** Whether one event of a stream, and no more, could not be read. */
export function isBrokenEvent(error: unknown): boolean {
  // The Anthropic provider says of a first event that it cannot read only this.
  const isFirst = error instanceof Error && error.message === 'Expected a normalized Anthropic stream error'
  // Nested so deep that not even what is wrong with it can be said.
  const isTooDeep = error instanceof RangeError
  return JSONParseError.isInstance(error) || TypeValidationError.isInstance(error) || isFirst || isTooDeep
}

/** The error that others were wrapped around. */
export function causeOf(error: unknown): unknown {
  if (RetryError.isInstance(error)) return causeOf(error.lastError)
  if (NoOutputGeneratedError.isInstance(error) && error.cause !== undefined) return causeOf(error.cause)
  if (APICallError.isInstance(error) && error.cause instanceof TooMuch) return error.cause
  return error
}

function ofCall(error: APICallError, started: boolean): Failure {
  if (error.statusCode === undefined) return started ? CUT_OFF : UNREACHABLE
  if (error.responseBody === PAGE) return unknown(PAGE, error.url)
  if (error.statusCode >= 300 && error.statusCode < 400) return moved(error.url)
  // A success whose body could not be read: not the stream of an answer at all.
  if (error.statusCode < 400) return isNetworkError(error.cause) ? CUT_OFF : MALFORMED
  return ofStatus(error.statusCode, (error.responseBody ?? '').slice(0, LONGEST_DETAIL), waitUntil(error.responseHeaders), error.url)
}

/** `detail`: the provider's own words, looked through for what the status does not tell, and never shown. `url`: what was asked. */
function ofStatus(status: number | undefined, detail: string, retryAt: number | null = null, url = ''): Failure {
  if (status === 401) return UNAUTHORIZED
  if ((status === 403 || status === 400 || status === 422) && MODERATION.test(detail)) return MODERATED
  if (status === 403) return /country|region|territory|location/i.test(detail) ? ELSEWHERE : FORBIDDEN
  if (status === 402 || /insufficient_quota|credit balance/i.test(detail)) return NO_CREDIT
  if (status === 400 && NO_SUCH_MODEL.test(detail)) return NO_MODEL
  if (status === 404 || status === 405) return unknown(detail, url)
  if (status === 413 || /context.{0,20}(length|window|size)|prompt is too long|maximum.{0,20}tokens/i.test(detail)) return TOO_LONG
  if (status === 429) return { code: 'rate_limited', text: 'The language model is asked too much at the moment.', ...until(retryAt) }
  if (status === undefined) return BROKEN
  if (status >= 500) return { code: 'provider', text: `The language model's provider is in trouble (error ${status}).`, ...until(retryAt) }
  return { code: 'provider', text: `The language model's provider refused the request (error ${status}).` }
}

const MODERATION = /moderation|flagged|content.{0,3}(?:filter|policy|management)|safety (?:system|filter|polic|setting)|responsible.?ai/i
const NO_SUCH_MODEL =
  /(?:no such|invalid|unknown|unsupported) model|invalid model name|model.{0,80}(?:not (?:found|exist|supported)|does not exist|is not available)|model_not_found/i

/** Not found: a server that speaks of models, or of endpoints for one, knows another one; one that does not has no models at this address. */
function unknown(detail: string, url: string): Failure {
  const path = URL.parse(url)?.pathname ?? ''
  if (detail !== PAGE && /model|no endpoints/i.test(detail)) return NO_MODEL
  const hint = /\/v1\/[a-z/]+$/.test(path) ? `Is ${variableFor(path)} right?` : `Should ${variableFor(path)} end in /v1?`
  return { code: 'configuration', text: `There is no language model at the address that this server asks. ${hint}` }
}

/** Asking there would take the conversation to where nobody has sent it. */
function moved(url: string): Failure {
  const variable = variableFor(URL.parse(url)?.pathname ?? '')
  return { code: 'configuration', text: `The language model's provider answered with another address, which is not asked. Is ${variable} right?` }
}

/** What sets the address that was asked. */
function variableFor(path: string): string {
  if (/\/accounts\/[^/]+\/ai\/v1\//.test(path)) return 'CLOUDFLARE_ACCOUNT_ID'
  return path.endsWith('/messages') ? 'ANTHROPIC_BASE_URL' : 'OPENAI_BASE_URL'
}

function until(retryAt: number | null): { readonly retryAt?: number } {
  return retryAt === null ? {} : { retryAt }
}

/** When to ask again, ms since 1970: from `retry-after-ms`, or `retry-after` in seconds or as a date (RFC 9110, 10.2.3). */
function waitUntil(headers: Record<string, string> | undefined): number | null {
  const exact = headers?.['retry-after-ms']
  const header = headers?.['retry-after']
  const ms =
    exact !== undefined ? Number(exact) : header === undefined ? NaN : /^[\d.]+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return ms >= 0 && ms <= LONGEST_WAIT_MS ? Date.now() + Math.ceil(ms) : null
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
