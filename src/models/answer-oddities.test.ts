// What is made of models that do not answer as they should, or say more than their words.
import { describe, expect, test } from 'vitest'
import { FILTERED, GAP, REFUSED } from './failure'
import { reportOf } from './failure-report'
import { Reading } from './reading'
import { ask, failureFor, modelAt, textIn, useFakeModel } from './testing/asking'

const fake = useFakeModel()

describe('[R93] a broken event among good ones', () => {
  test.each(['malformed', 'shape'])('costs a word about the gap, and not the answer: %s', async (fault) => {
    const chunks = await ask(`[[words:6 fault:${fault}]]`)
    expect(textIn(chunks)).toBe('word1 word2 word3 word4 word5 word6')
    expect(chunks.at(-1)).toEqual({ type: 'done', failure: GAP })
  })

  test('and nothing else is no answer', async () => {
    expect((await failureFor('[[fault:nonsense]]')).code).toBe('malformed')
  })
})

describe('[R93] an answer that comes whole is an answer', () => {
  test.each(['json', 'text/plain', 'no type'])('as JSON, said to be %s', async (type) => {
    const chunks = await ask(`[[words:6 fault:whole type:${type.replace(' ', '-')}]]`)
    expect(chunks).toEqual([{ type: 'text-start' }, { type: 'text', text: 'word1 word2 word3 word4 word5 word6' }, { type: 'done' }])
  })

  test('an error under a status of success is that error', async () => {
    expect(await failureFor('[[fault:said retry-after:7]]')).toMatchObject({ code: 'rate_limited' })
  })

  test('a stream that does not say it is one is read as one', async () => {
    expect(textIn(await ask('[[words:3 fault:untyped]]'))).toBe('word1 word2 word3')
  })
})

describe('[R92] reasoning and labels inside an answer', () => {
  test.each([1, 3, 7])('in pieces of %i characters', async (size) => {
    const chunks = await ask(`[[echo split:${size}]][#2 agent Parley] <think>hm</think> Parley: Yes.`)
    expect(chunks.filter(({ type }) => type.endsWith('-start'))).toEqual([{ type: 'reasoning-start' }, { type: 'text-start' }])
    expect(textIn(chunks)).toBe('Yes.')
    expect(chunks.at(-1)).toEqual({ type: 'done' })
  })

  test('reasoning alone is an empty answer, and so is what nobody sees', async () => {
    expect((await failureFor('[[echo]]<think>hm</think>')).code).toBe('empty')
    expect((await failureFor('[[echo]]\u200b\u2800')).code).toBe('empty')
  })
})

describe('[R94] what a provider refuses is said for what it is', () => {
  test('moderation is not the key', async () => {
    expect(await failureFor('[[fault:moderated]]')).toMatchObject({ code: 'provider', text: expect.stringContaining('content filter') })
  })

  test('a refusal in words of its own is an answer, and no filter has stopped it', async () => {
    const chunks = await ask('[[words:3 fault:refusal]]')
    expect(textIn(chunks)).toBe('word1 word2 word3')
    expect(chunks.at(-1)).toEqual({ type: 'done' })
    expect(await failureFor('[[fault:filter]]')).toEqual(FILTERED)
  })

  test.each([
    ['refusal', '', REFUSED],
    ['refusal', 'The first half', REFUSED],
    ['stop', '', REFUSED],
    [undefined, '', REFUSED],
    ['content_filter', 'The first half', FILTERED],
    ['SAFETY', '', FILTERED],
  ])('a provider that calls its end %s after “%s”', (raw, text, failure) => {
    const reading = new Reading(() => 0)
    if (text !== '') reading.read({ type: 'text-delta', id: '0', text })
    const chunks = reading.read({ type: 'model-call-end', finishReason: 'content-filter', rawFinishReason: raw, usage: NOTHING_USED, performance: UNMEASURED })
    expect(chunks.at(-1)).toEqual({ type: 'failed', failure })
  })

  test('an address without /v1 is not the model', async () => {
    expect((await failureFor('hello', { model: modelAt(fake.current.url.replace('/v1', '')) })).text).toContain('OPENAI_BASE_URL end in /v1')
    expect((await failureFor('hello', { model: modelAt(`${fake.current.url}/other/v1`) })).text).toContain('Is OPENAI_BASE_URL right?')
    expect((await failureFor('[[fault:unknown]]')).text).toContain('does not know the language model')
  })

  test('whoever runs this is told of what went wrong in the middle, too, and of a gap', async () => {
    const reports: string[] = []
    for (const prompt of ['[[fault:error]]', '[[words:4 fault:malformed]]', '[[fault:empty]]', '[[fault:cut delay:5]]'])
      await ask(prompt, { onFailure: (failure, thrown) => reports.push(reportOf('openai:fake', failure, thrown)) })
    expect(reports).toEqual([
      'openai:fake failed as provider: in the middle of its answer, "Overloaded, key (left out)"',
      'openai:fake failed as gap: an event that cannot be read',
      'openai:fake failed as empty: The language model gave an empty answer.',
      expect.stringMatching(/^openai:fake failed as cut_off: /),
    ])
  })

  test('whoever runs this is told what the provider said, without keys and without what people wrote', async () => {
    const reports: string[] = []
    await ask('a secret of mine [[fault:moderated]]', { onFailure: (failure, thrown) => reports.push(reportOf('openai:fake', failure, thrown)) })
    await ask('[[fault:401]]', { onFailure: (failure, thrown) => reports.push(reportOf('openai:fake', failure, thrown)) })
    expect(reports[0]).toMatch(/^openai:fake failed as provider: status 403, asked http:\/\/[^,]*\/v1\/chat\/completions, "Your input was flagged\.", "403"$/)
    expect(reports[1]).toMatch(/status 401.*"Asked to fail; the key was \(left out\)/)
    expect(reports.join()).not.toMatch(/secret/)
  })
})

const NONE = undefined
const UNMEASURED = {
  responseTimeMs: 0,
  effectiveOutputTokensPerSecond: 0,
  outputTokensPerSecond: NONE,
  inputTokensPerSecond: NONE,
  effectiveTotalTokensPerSecond: 0,
  timeToFirstOutputMs: NONE,
}
const NOTHING_USED = {
  inputTokens: NONE,
  inputTokenDetails: { noCacheTokens: NONE, cacheReadTokens: NONE, cacheWriteTokens: NONE },
  outputTokens: NONE,
  outputTokenDetails: { textTokens: NONE, reasoningTokens: NONE },
  totalTokens: NONE,
}
