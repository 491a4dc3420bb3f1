// Whatever a provider sends, an answer takes in no more than so much, for no longer than so long, from nowhere else, and says what it was.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { gathered } from '../../tests/support/fake-model/gathered'
import { answer, type AnswerRequest } from './answer'
import { OVERTIME, TOO_MUCH } from './failure'
import { reportOf } from './failure-report'
import { ask, failureFor, modelAt, requestFor, textIn, useFakeModel } from './testing/asking'
import { Wire } from './wire'

const fake = useFakeModel()
const MIB = 1024 * 1024

const reports: string[] = []
beforeEach(() => void reports.splice(0))

/** `mostBytes`: of one response. */
function bounded(mostBytes: number): Partial<AnswerRequest> {
  const wire = new Wire(mostBytes)
  return { wire, model: modelAt(fake.current.url, wire), silenceMs: 60_000, onFailure: (...why) => reports.push(reportOf('openai:fake', ...why)) }
}

async function isHungUpOn(): Promise<void> {
  await expect.poll(() => fake.current.requests.at(-1)?.abandoned).toBe(true)
}

describe('[R97] an error is read to 64 KiB, and its status counts', () => {
  test.each([
    ['endless-error', 'provider', 'status 400', ', a body that cannot be read'],
    ['endless-key-error', 'rate_limited', 'status 429', ', a body that cannot be read'],
    ['zipped-error', 'provider', 'status 400', '"(left out)"'],
    ['deeper-error', 'provider', 'status 503', ', a body that cannot be read'],
    ['odd-status', 'provider', 'status 599', '"No such status"'],
  ])('%s', async (fault, code, status, words) => {
    expect((await failureFor(`[[fault:${fault}]]`, bounded(MIB))).code).toBe(code)
    expect(reports).toEqual([expect.stringContaining(`${status}, asked ${fake.current.url}/chat/completions`)])
    expect(reports[0]?.endsWith(words)).toBe(true)
    expect(reports[0]).not.toContain('somebody')
    if (fault.startsWith('endless') || fault.startsWith('zipped')) await isHungUpOn()
  })

  test('one that is nested is read for its message', async () => {
    expect((await failureFor('[[fault:deep-error]]', bounded(MIB))).code).toBe('provider')
    expect(reports[0]).toMatch(/status 400, .*"Deep"$/)
  })
})

describe('[R97] what has no end has one here', () => {
  test.each([
    ['endless-line', 64, 'an event of more than 1 MiB'],
    ['endless-event', 64, 'an event of more than 1 MiB'],
    ['zipped-line', 64, 'an event of more than 1 MiB'],
    ['endless-blank', 1, 'an answer of more than 1 MiB'],
    ['flood-comments', 1, 'an answer of more than 1 MiB'],
    ['flood-lines', 1, 'an answer of more than 1 MiB'],
    ['flood-empty', 1, 'an answer of more than 1 MiB'],
    ['flood-roles', 1, 'an answer of more than 1 MiB'],
  ])('%s, of at most %i MiB', async (fault, most, why) => {
    expect(await failureFor(`[[fault:${fault}]]`, bounded(most * MIB))).toEqual(TOO_MUCH)
    expect(reports).toEqual([`openai:fake failed as malformed: ${why}`])
    await isHungUpOn()
  })

  test('an answer that comes whole', async () => {
    expect((await failureFor('[[fault:endless-whole]]', bounded(64 * MIB))).code).toBe('malformed')
    await isHungUpOn()
  })

  test('while it comes, whatever waits has its turn', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await ask('[[fault:flood-comments]]', bounded(MIB))
    clearInterval(timer)
    // Once for each 16 KiB, of which a MiB has 64; fewer only because two may fall together.
    expect(turns).toBeGreaterThan(20)
  })
})

test('[R97] an event that is nested too deep costs a word about the gap, and not the answer', async () => {
  const chunks = await ask('[[fault:deep-event]]', bounded(MIB))
  expect(textIn(chunks)).toBe('Whole.')
  expect(chunks.at(-1)).toMatchObject({ type: 'done', failure: { code: 'gap' } })
})

describe('[R98] another address is not asked', () => {
  test.each([
    ['elsewhere', 'status 307', /"another address: http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions"$/],
    ['elsewhere-302', 'status 302', /"another address: http:\/\/169\.254\.169\.254\/latest\/meta-data\/"$/],
    ['elsewhere-nowhere', 'status 308', /"another address: http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions"$|"another address"$/],
  ])('%s', async (fault, status, place) => {
    const before = fake.current.requests.length
    expect(await failureFor(`[[fault:${fault}]]`, bounded(MIB))).toEqual({
      code: 'configuration',
      text: "The language model's provider answered with another address, which is not asked. Is OPENAI_BASE_URL right?",
    })
    expect(fake.current.requests).toHaveLength(before + 1)
    expect(reports).toEqual([expect.stringContaining(status)])
    expect(reports[0]).toMatch(place)
    expect(reports[0]).not.toContain('secret')
  })
})

test.each(['usage-text', 'usage-negative', 'usage-huge', 'usage-list', 'usage-deep', 'usage-whole'])(
  '[R99] what an answer took is not known when it cannot be, and the answer is whole: %s',
  async (fault) => {
    const told: unknown[] = []
    const chunks = await ask(`[[fault:${fault}]]`, { ...bounded(MIB), onUsage: (usage) => told.push(usage) })
    expect(textIn(chunks)).toBe('Whole.')
    expect(chunks.at(-1)).toEqual({ type: 'done' })
    expect(told).toEqual([])
  },
)

describe('by a clock that stands while words are on their way', () => {
  test('[R90] a model that always says something has an hour, or as long as is set, or its patience', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    try {
      for (const [setting, minutes] of [
        [{}, 60],
        [{ longestMs: 5 * 60_000 }, 5],
        [{ longestMs: 5 * 60_000, patienceMs: 10 * 60_000 }, 10],
      ] as const) {
        let words = 0
        const chunks = []
        for await (const chunk of answer(requestFor('[[words:70]]', { silenceMs: 60_000, ...setting }))) {
          chunks.push(chunk)
          if (chunk.type !== 'text') continue
          words += 1
          vi.advanceTimersByTime(59_000)
        }
        expect(chunks.at(-1)).toEqual({ type: 'failed', failure: OVERTIME })
        expect(words).toBe(Math.ceil((minutes * 60) / 59))
      }
    } finally {
      vi.useRealTimers()
    }
    expect(textIn(await gathered(answer(requestFor('[[words:100]]'))))).toContain('word100')
  })
})
