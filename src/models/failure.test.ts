// docs/failures.md is checked against what the code makes of each failure, row by row.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { APICallError, JSONParseError } from '@ai-sdk/provider'
import { StreamProviderError } from 'ai'
import { expect, test } from 'vitest'
import type { Failure } from '../conversation/message'
import { CUT_OFF, EMPTY, EMPTY_LENGTH, failureOf, FILTERED, GAP, knowsNoTools, MALFORMED, NEVER_BEGAN, OVERTIME, REFUSED, SILENT } from './failure'
import { reportOf } from './failure-report'
import { TooMuch } from './intake'
import { PAGE } from './wire'

const DOC = readFileSync(resolve(import.meta.dirname, '../../docs/failures.md'), 'utf8')
const HERE = 'http://localhost:11434/v1/chat/completions'

interface Said {
  readonly url?: string
  readonly retryAfter?: string
}

function status(statusCode: number, error: object | string, { url = HERE, retryAfter }: Said = {}): APICallError {
  const responseBody = typeof error === 'string' ? error : JSON.stringify({ error })
  const responseHeaders = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
  return new APICallError({ message: 'failed', url, requestBodyValues: {}, statusCode, responseBody, responseHeaders })
}

const refused = new APICallError({ message: 'Cannot connect to API: connect ECONNREFUSED', url: HERE, requestBodyValues: {} })

/** What the provider did, in the words of the page; and what our code is given then. */
const ROWS: readonly (readonly [said: string, thrown: unknown, failure?: Failure])[] = [
  ['401', status(401, { message: 'Incorrect API key provided: sk-abc123', code: 'invalid_api_key' })],
  ['403', status(403, { message: 'No access to this model', type: 'permission_error' })],
  ['403 for the country', status(403, { message: 'Country, region, or territory not supported', code: 'unsupported_country_region_territory' })],
  ['403, 400 or 422 of a filter', status(403, { message: 'Your input was flagged', code: 403, metadata: { flagged_input: 'what somebody wrote' } })],
  ['402, or a quota that is used up', status(429, { message: 'You exceeded your current quota', code: 'insufficient_quota' })],
  ['404 or 400 for the model', status(404, { message: 'model "llama9" not found', type: 'api_error' })],
  ['404 or 405, and no /v1 in the address', status(404, '404 page not found', { url: 'http://localhost:11434/chat/completions' })],
  ['404 or 405 with it', status(404, { message: 'Not Found' }, { url: 'http://localhost:3000/v1/messages' })],
  ['a web page', status(200, PAGE)],
  ['a redirect', status(307, 'another address: https://elsewhere.example/v1/chat/completions')],
  ['413, or words about its context', status(400, { message: 'maximum context length is 8192', code: 'context_length_exceeded' })],
  ['429 with `retry-after: 20`', status(429, { message: 'Rate limit reached', type: 'requests' }, { retryAfter: '20' })],
  ['500 and above', status(529, { message: 'Overloaded', type: 'overloaded_error' })],
  ['any other status', status(400, { message: 'temperature is not supported', type: 'invalid_request_error' })],
  ['nothing: no connection', refused],
  ['no sign of life before the first word', null, NEVER_BEGAN],
  ['no sign of life after it', null, SILENT],
  ['the connection broke in the middle', new Error('Network connection lost.'), CUT_OFF],
  ['an error in the middle', new StreamProviderError({ message: 'Overloaded', type: 'overloaded_error', statusCode: 503, isRetryable: true, data: {} })],
  ['events that cannot be read, among others', new JSONParseError({ text: '{"choi', cause: new Error('Unexpected end') }), GAP],
  ['nothing that can be read', new JSONParseError({ text: '{"choi', cause: new Error('Unexpected end') }), MALFORMED],
  ['more than 64 MiB, or an event of 1 MiB', new TooMuch('an event of more than 1 MiB')],
  ['no end after an hour (`MODEL_MAX_SECONDS`)', null, OVERTIME],
  ['an end without a word', null, EMPTY],
  ['the same, at its limit', null, EMPTY_LENGTH],
  ['an end by its filter', null, FILTERED],
  ['an end by the refusal of its model', null, REFUSED],
  ['anything else', new Error('something new')],
]

test.each(ROWS.map((row) => ({ row, said: row[0] })))('[R94] the page of failures says what the code does: $said', ({ row: [said, thrown, known] }) => {
  const failure = known ?? failureOf(thrown, false)
  expect(known === undefined || thrown === null || [GAP, MALFORMED].includes(known) ? failure : failureOf(thrown, true)).toEqual(failure)
  expect(rows()).toContainEqual([said, failure.text, `\`${failure.code}\``, `\`${reportOf('openai:some', failure, thrown)}\``])
})

test('[R94] the page of failures has nothing else', () => {
  expect(rows().map(([said]) => said)).toEqual(ROWS.map(([said]) => said))
  expect(DOC).not.toMatch(/sk-abc|what somebody wrote/)
})

/** What providers really say, and the code and a word of what people read. */
const SAID: readonly (readonly [what: string, error: APICallError, expected: string])[] = [
  ['OpenAI, key', status(401, { message: 'Incorrect API key provided', code: 'invalid_api_key' }), 'key'],
  ['OpenAI, project', status(403, { message: 'Project `proj_x` does not have access to model `gpt-9`', code: 'model_not_found' }), 'allow'],
  ['OpenAI, country', status(403, { message: 'Country, region, or territory not supported' }), 'country'],
  [
    'OpenAI, model',
    status(404, { message: 'The model `gpt-9` does not exist or you do not have access to it.', code: 'model_not_found' }),
    'not know the language model',
  ],
  [
    'OpenAI, policy',
    status(400, { message: 'Your request was rejected as a result of our safety system.', code: 'content_policy_violation' }),
    'content filter',
  ],
  ['OpenAI, quota', status(429, { message: 'You exceeded your current quota', code: 'insufficient_quota' }), 'credit'],
  ['OpenAI, a parameter', status(400, { message: "Unknown parameter: 'safety_identifier'.", code: 'unknown_parameter' }), 'error 400'],
  [
    'Azure, filter',
    status(400, { code: 'content_filter', message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy." }),
    'content filter',
  ],
  ['Azure, deployment', status(404, { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' }), 'address'],
  [
    'Anthropic, permission',
    status(403, { type: 'permission_error', message: 'Your API key does not have permission to use the specified resource.' }),
    'allow',
  ],
  ['Anthropic, model', status(404, { type: 'not_found_error', message: 'model: claude-9' }), 'not know the language model'],
  ['Anthropic, filter', status(400, { type: 'invalid_request_error', message: 'Output blocked by content filtering policy' }), 'content filter'],
  ['Anthropic, credit', status(400, { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' }), 'credit'],
  ['Anthropic, length', status(400, { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000 maximum' }), 'too long'],
  ['Anthropic, overloaded', status(529, { type: 'overloaded_error', message: 'Overloaded' }), 'in trouble'],
  [
    'OpenRouter, moderation',
    status(403, { code: 403, message: 'x requires moderation on y. Your input was flagged for "violence".', metadata: {} }),
    'content filter',
  ],
  ['OpenRouter, model', status(404, { code: 404, message: 'No endpoints found for some/thing.' }), 'not know the language model'],
  ['OpenRouter, credit', status(402, { code: 402, message: 'Insufficient credits' }), 'credit'],
  ['Ollama, model', status(404, { message: "model 'llama9' not found", type: 'api_error' }), 'not know the language model'],
  ['Ollama, path', status(404, '404 page not found', { url: 'http://localhost:11434/chat/completions' }), 'OPENAI_BASE_URL end in /v1'],
  [
    'LM Studio, path',
    status(404, { message: 'Unexpected endpoint or method. (POST /chat/completions)' }, { url: 'http://localhost:1234/chat/completions' }),
    'end in /v1',
  ],
  [
    'llama.cpp, path',
    status(404, { code: 404, message: 'File Not Found', type: 'not_found_error' }, { url: 'http://localhost:8080/api/chat/completions' }),
    'end in /v1',
  ],
  ['llama.cpp, loading', status(503, { code: 503, message: 'Loading model', type: 'unavailable_error' }), 'in trouble'],
  ['llama.cpp, length', status(400, { code: 400, message: 'the request exceeds the available context size', type: 'exceed_context_size_error' }), 'too long'],
  ['vLLM, model', status(404, { message: 'The model `x` does not exist.', type: 'NotFoundError' }), 'not know the language model'],
  [
    'LiteLLM, model',
    status(400, { message: 'Invalid model name passed in model=x. Call `/v1/models` to view available models' }),
    'not know the language model',
  ],
  ['Gemini, model', status(404, { code: 404, message: 'models/gemini-9 is not found for API version v1main' }), 'not know the language model'],
  ['Workers AI, model', status(400, '{"errors":[{"code":5007,"message":"No such model @cf/x or task"}]}'), 'not know the language model'],
  [
    'Workers AI, account',
    status(404, '{"errors":[{"code":7003,"message":"Could not route"}]}', { url: 'https://api.cloudflare.com/client/v4/accounts/x/ai/v1/chat/completions' }),
    'CLOUDFLARE_ACCOUNT_ID',
  ],
  ['a web server', status(405, '<html>405 Not Allowed</html>', { url: 'http://localhost:8080/v1/chat/completions' }), 'Is OPENAI_BASE_URL right?'],
]

test.each(SAID.map(([what, error, expected]) => ({ what, error, expected })))('[R94] $what: “$expected”', ({ error, expected }) => {
  expect(failureOf(error, false).text).toContain(expected)
})

/** The rows of the page's first table, without the padding of its formatter. */
function rows(): readonly (readonly string[])[] {
  const [table = ''] = /(?:^\|.*\n)+/m.exec(DOC) ?? []
  const lines = table.trim().split('\n').slice(2)
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test.each([
  ['Ollama', 400, '{"error":"registry.ollama.ai/library/gemma:2b does not support tools"}'],
  ['Ollama, as OpenAI speaks', 400, '{"error":{"message":"registry.ollama.ai/library/gemma:2b does not support tools","type":"api_error"}}'],
  ['llama.cpp', 500, '{"error":{"code":500,"message":"tools param requires --jinja flag","type":"server_error"}}'],
  ['vLLM', 400, '{"object":"error","message":"\\"auto\\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set"}'],
  ['a router', 404, '{"error":{"message":"No endpoints found that support tool use."}}'],
])('[R189] %s refuses a request for the tools in it', (_who, statusCode, responseBody) => {
  expect(knowsNoTools(new APICallError({ message: 'refused', url: 'http://localhost:1/v1', requestBodyValues: {}, statusCode, responseBody }))).toBe(true)
})

test.each([
  ['no key', 401, '{"error":{"message":"Incorrect API key: this key does not support tools"}}'],
  ['something else', 400, '{"error":{"message":"messages: roles must alternate"}}'],
  ['a tool that is wrong', 400, '{"error":{"message":"tools.0.input_schema: Field required"}}'],
  ['too much', 429, '{"error":{"message":"tools are not supported at this rate"}}'],
])('[R189] nobody is asked again for %s', (_what, statusCode, responseBody) => {
  expect(knowsNoTools(new APICallError({ message: 'refused', url: 'http://localhost:1/v1', requestBodyValues: {}, statusCode, responseBody }))).toBe(false)
})
