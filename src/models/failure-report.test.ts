// What of a provider's words may stand in the log of whoever runs this.
import { APICallError } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { failureOf } from './failure'
import { reportOf } from './failure-report'

function reportOfBody(responseBody: string): string {
  const error = new APICallError({ message: 'failed', url: 'http://localhost/v1/chat/completions', requestBodyValues: {}, statusCode: 418, responseBody })
  return reportOf('openai:some', failureOf(error, false), error)
}

const reportOfMessage = (message: string) => reportOfBody(JSON.stringify({ error: { message } }))

test.each([
  ['key sk-abcdefgh', 'abcdefgh'],
  ['Bearer eyJhbGciOi.JIUzI1NiJ9.xyz', 'JIUzI1NiJ9'],
  ['a token eyJhbGciOi.JIUzI1NiJ9.xyz alone', 'JIUzI1NiJ9'],
  ['Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
  ['{"authorization": "Basic dXNlcjpwYXNz"}', 'dXNlcjpwYXNz'],
  ['AKIAIOSFODNN7EXAMPLE', 'FODNN7'],
  ['the key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'K7MDENG'],
  ['AIzaSyA-abcdefg', 'abcdefg'],
  ['ghp_abcdef, glpat-abcdef, xoxb-abcdef, hf_abcdef', 'abcdef'],
  ['password=hunter2', 'hunter2'],
  ['DB_PASSWORD = "hunter2 and more"', 'more'],
  ['password=123456 and token: 123456', '123456'],
  ['password="hunter2 without an end', 'hunter2'],
  ['{\\"password\\":\\"hunter2\\"}', 'hunter2'],
  ['pass\u200bword=hunter2 and pass\u0000word:hunter2', 'hunter2'],
  ['api_key: hunter2; api-key=hunter2; X-Api-Key: hunter2; client_secret=hunter2; access token = hunter2', 'hunter2'],
  ['https://me:hunter2@example.org', 'hunter2'],
  ['https://example.org/?key=hunter2&x=1', 'hunter2'],
  [`${'x '.repeat(1_990)}password=hunter2${'y'.repeat(50)}`, 'hunter2'],
  [`${'abcdefgh'.repeat(4)} `.repeat(121).slice(0, 3_994) + ' sk-hunter2', 'hunter2'],
])('[R94] no secret is in the log: %j', (message, secret) => {
  expect(reportOfMessage(message)).not.toContain(secret)
  expect(reportOfBody(message)).not.toContain(secret)
})

test.each([
  'max_tokens: 4096 is more than 2048 tokens',
  'The model accounts/fireworks/models/llama-v3p1 does not exist',
  'You are on the basic plan, with a token limit',
])('[R94] what says what is wrong is: %s', (message) => {
  expect(reportOfMessage(message)).toContain(JSON.stringify(message))
})

test('[R94] a line in the log stays one, and reads from its beginning to its end', () => {
  const report = reportOfMessage('a\u001b[2J\u001b]0;x\u0007\r\nb\u202e\u2066\u200f\u061c\ufeff\u2028\u0085\u009bc\ud800\u{e0041}')
  expect(report).toMatch(/"a\[2J\]0;x b c"$/)
})

test.each([
  ['huge', `{"error":{"message":"${'e'.repeat(50_000_000)}"}}`],
  ['a huge text', 'e'.repeat(50_000_000)],
  ['nested', `{"error":{"message":${'['.repeat(5_000_000)}`],
  ['of words that are names of secrets', 'password '.repeat(1_000_000)],
  ['of signs', '"=:'.repeat(1_000_000)],
  ['null', 'null'],
  ['null inside', '{"error":null}'],
  ['odd inside', '{"error":{"message":{"a":1},"type":[],"code":true}}'],
])('[R97] a body cannot break the report of it: %s', (_what, body) => {
  const report = reportOfBody(body)
  expect(report).toMatch(/^openai:some failed as provider: status 418, asked http:\/\/localhost\/v1\/chat\/completions/)
  expect(report.length).toBeLessThan(500)
})
