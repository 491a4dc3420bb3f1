// How long a model is waited for.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { gathered } from '../../tests/support/fake-model/gathered'
import { answer, type StepChunk } from './answer'
import { modelAt, requestFor, textIn, useFakeModel } from './testing/asking'
import { Wire } from './wire'

const fake = useFakeModel()

describe('by a clock that stands while words are on their way', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  async function askSlowly(prompt: string, afterText: (soFar: string) => void): Promise<readonly StepChunk[]> {
    const chunks: StepChunk[] = []
    for await (const chunk of answer(requestFor(prompt, { silenceMs: 60_000 }))) {
      chunks.push(chunk)
      if (chunk.type === 'text') afterText(textIn(chunks))
    }
    return chunks
  }

  test('a model that falls silent in the middle keeps what it said', async () => {
    const chunks = await askSlowly('[[words:6 fault:silence after:3]]', (soFar) => {
      if (soFar === 'word1 word2 word3 ') vi.advanceTimersByTime(60_000)
    })
    expect(textIn(chunks)).toBe('word1 word2 word3 ')
    expect(chunks.at(-1)).toMatchObject({ type: 'failed', failure: { code: 'silent' } })
    vi.useRealTimers()
    await expect.poll(() => fake.current.requests.at(-1)?.abandoned).toBe(true)
  })

  /** Asks a model that does not begin, and lets so much time pass at each sign of life until it is let go, after so many, or has been given up. */
  async function askPatiently(signs: string, patienceMs: number, passing: number, until = 10): Promise<readonly StepChunk[]> {
    const wire = new Wire()
    const before = fake.current.requests.length
    const prompt = `[[hold after:0 signs:${signs} words:2]]`
    const answered = gathered(answer({ ...requestFor(prompt, { silenceMs: 60_000, patienceMs }), model: modelAt(fake.current.url, wire), wire }))
    await expect.poll(() => fake.current.requests.length).toBe(before + 1)
    const watched = wire.onLife
    let seen = 0
    wire.onLife = () => {
      watched()
      seen += 1
      if (seen > until) fake.current.release()
      else vi.advanceTimersByTime(passing)
    }
    if (signs === 'none') {
      vi.advanceTimersByTime(passing)
      fake.current.release()
    }
    return answered
  }

  test.each(['comments', 'empty'])('[R90] %s are signs of life: the first word may come after ten times the patience', async (signs) => {
    expect(textIn(await askPatiently(signs, 60_000, 59_000))).toBe('word1 word2')
  })

  test('[R90] without any, not even headers, patience for the first word decides, and no other', async () => {
    expect(textIn(await askPatiently('none', 600_000, 599_000))).toBe('word1 word2')
    expect((await askPatiently('none', 30_000, 30_000)).at(-1)).toMatchObject({ type: 'failed', failure: { code: 'silent' } })
  })

  test('[R90] however lively, a model that says nothing for half an hour is silent', async () => {
    expect((await askPatiently('comments', 60_000, 59_000, 100)).at(-1)).toMatchObject({ type: 'failed', failure: { code: 'silent' } })
  })

  test('a slow model is not silent as long as it says something', async () => {
    const chunks = await askSlowly('[[words:5]]', () => void vi.advanceTimersByTime(59_999))
    expect(textIn(chunks)).toBe('word1 word2 word3 word4 word5')
    expect(chunks.at(-1)).toEqual({ type: 'done' })
  })
})
