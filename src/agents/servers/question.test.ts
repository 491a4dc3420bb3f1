import { describe, expect, test } from 'vitest'
import { answerFor, MAX_FIELDS, type Question } from '../../conversation/question'
import { questionIn } from './question'
import { Questions } from './questions'

const params = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = [], message = 'Which?') => ({
  message,
  requestedSchema: { type: 'object', properties, required },
})
const read = (properties: Readonly<Record<string, unknown>>, required?: readonly string[]): Question => {
  const question = questionIn(params(properties, required))
  if (!question) throw new Error('this can be asked')
  return question
}
const many = (count: number, of: (n: number) => unknown) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, of(n)]))

describe('[R273] what a server asks', () => {
  test.each([
    ['a text', { a: { type: 'string', title: 'A', description: 'About a' } }, { label: 'A', hint: 'About a', type: 'text', isRequired: false }],
    ['a text with bounds', { a: { type: 'string', minLength: 2, maxLength: 3, format: 'email' } }, { label: 'a', min: 2, max: 3, format: 'email' }],
    ['a number', { a: { type: 'number', minimum: -1, maximum: 1, default: 0.5 } }, { type: 'number', min: -1, max: 1, usual: 0.5 }],
    ['yes or no', { a: { type: 'boolean', default: false } }, { type: 'boolean', usual: false }],
    [
      'one of some',
      { a: { type: 'string', enum: ['x', 'y'], enumNames: ['X'] } },
      {
        type: 'choice',
        options: [
          ['x', 'X'],
          ['y', 'y'],
        ],
      },
    ],
    ['one of some with titles', { a: { type: 'string', oneOf: [{ const: 'x', title: 'X' }] } }, { type: 'choice', options: [['x', 'X']] }],
    [
      'some of several',
      { a: { type: 'array', minItems: 1, items: { type: 'string', enum: ['x'] }, default: ['x'] } },
      { type: 'choices', min: 1, usual: ['x'] },
    ],
    ['some with titles', { a: { type: 'array', items: { anyOf: [{ const: 'x', title: 'X' }] } } }, { type: 'choices', options: [['x', 'X']] }],
    ['a format that nobody knows', { a: { type: 'string', format: 'colour' } }, { type: 'text', format: null }],
    ['signs that cannot be seen', { a: { type: 'string', title: 'A\u202eb\u200b' } }, { label: 'Ab' }],
  ])('may be %s', (_, properties, field) => {
    expect(read(properties).fields).toMatchObject([field])
  })

  test.each<readonly [string, unknown]>([
    ['nothing', null],
    ['a text', 'ask'],
    ['no message', { requestedSchema: { properties: {} } }],
    ['no form', { message: 'Which?' }],
    ['an address to open', { mode: 'url', message: 'Open', url: 'https://example.com/', elicitationId: '1' }],
    ['a field in a field', params({ a: { type: 'object', properties: {} } })],
    ['a list of anything', params({ a: { type: 'array', items: { type: 'string' } } })],
    ['a choice of nothing', params({ a: { type: 'string', enum: [] } })],
    ['a choice of too much', params({ a: { type: 'string', enum: Array.from({ length: 51 }, (_, n) => `${n}`) } })],
    ['too many fields', params(many(MAX_FIELDS + 1, () => ({ type: 'string' })))],
    ['too much in all', params(many(MAX_FIELDS, (n) => ({ type: 'string', enum: Array.from({ length: 40 }, (_, o) => `${n} ${o} ${'x'.repeat(20)}`) })))],
    ['a long message', params({}, [], 'x'.repeat(1_001))],
    ['a long name', params({ ['x'.repeat(121)]: { type: 'string' } })],
    ['a name that is none', JSON.parse('{"message":"Which?","requestedSchema":{"properties":{"__proto__":{"type":"string"}}}}')],
    ['a long hint', params({ a: { type: 'string', description: 'x'.repeat(301) } })],
    ['megabytes', params({ a: { type: 'string', description: 'x'.repeat(2_000_000) } })],
  ])('is told no where it is %s', (_, asked) => {
    expect(questionIn(asked)).toBeNull()
  })
})

describe('[R273] what is answered', () => {
  const whole = read(
    {
      text: { type: 'string', minLength: 2, maxLength: 4 },
      mail: { type: 'string', format: 'email' },
      site: { type: 'string', format: 'uri' },
      day: { type: 'string', format: 'date' },
      time: { type: 'string', format: 'date-time' },
      whole: { type: 'integer', minimum: 1, maximum: 9 },
      number: { type: 'number' },
      yes: { type: 'boolean' },
      one: { type: 'string', enum: ['x', 'y'] },
      some: { type: 'array', items: { type: 'string', enum: ['x', 'y', 'z'] }, minItems: 1, maxItems: 2 },
    },
    ['text'],
  )
  test.each<readonly [Record<string, unknown>, string | null]>([
    [{ text: 'ab' }, null],
    [{ text: '🦊🦊🦊🦊' }, null],
    [
      {
        text: 'ab',
        mail: 'a@b.ch',
        site: 'https://a.ch',
        day: '2026-12-24',
        time: '2026-12-24T18:00:00Z',
        whole: 9,
        number: -0.5,
        yes: false,
        one: 'y',
        some: ['x', 'z'],
      },
      null,
    ],
    [{ text: 'ab', mail: '' }, null],
    [{}, 'has to be filled in'],
    [{ text: '' }, 'has to be filled in'],
    [{ text: 'a' }, 'at least 2 characters'],
    [{ text: 'abcde' }, 'at most 4 characters'],
    [{ text: 12 }, 'is text'],
    [{ text: 'ab', mail: 'a@b' }, 'e-mail'],
    [{ text: 'ab', mail: `a@${'.a'.repeat(50_000)} ` }, 'at most 1000 characters'],
    [{ text: 'ab', site: 'a b' }, 'an address'],
    [{ text: 'ab', day: '24.12.2026' }, 'a day'],
    [{ text: 'ab', day: '2026-13-01' }, 'a day'],
    [{ text: 'ab', time: 'noon' }, 'a time'],
    [{ text: 'ab', whole: 1.5 }, 'a whole number'],
    [{ text: 'ab', whole: 0 }, 'at least 1'],
    [{ text: 'ab', whole: 10 }, 'at most 9'],
    [{ text: 'ab', number: '1' }, 'is a number'],
    [{ text: 'ab', number: Number.NaN }, 'is a number'],
    [{ text: 'ab', yes: 'true' }, 'yes or no'],
    [{ text: 'ab', one: 'z' }, 'one of what may be chosen'],
    [{ text: 'ab', some: [] }, 'at least 1'],
    [{ text: 'ab', some: ['x', 'y', 'z'] }, 'at most 2'],
    [{ text: 'ab', some: ['x', 'x'] }, 'some of what may be chosen'],
    [{ text: 'ab', some: 'x' }, 'some of what may be chosen'],
    [{ text: 'ab', other: 1 }, 'Nobody asks for "other"'],
    [{ text: 'ab', constructor: 1 }, 'Nobody asks for "constructor"'],
  ])('%j: %s', (typed, fault) => {
    const answer = answerFor(whole, typed)
    if (fault === null) expect(answer.ok).toBe(true)
    else expect(answer).toMatchObject({ ok: false, refusal: { code: 'malformed', message: expect.stringContaining(fault) } })
  })
})

describe('[R273] what a server is told', () => {
  const ask = (message: string) => params({ a: { type: 'string' } }, [], message)
  const answered = (message: string, action: 'accept' | 'decline' = 'accept') => {
    const question = questionIn(ask(message))
    if (!question) throw new Error('this can be asked')
    return { question, action, content: { a: message }, reason: null }
  }

  test('is what was answered to these very words, and nothing where they are others', () => {
    const questions = new Questions()
    const call = questions.begin([answered('Pay 10?'), answered('Sure?', 'decline')])
    expect(questions.hear(ask('Pay 10?'))).toEqual({ action: 'accept', content: { a: 'Pay 10?' } })
    expect(questions.hear(ask('Sure?'))).toEqual({ action: 'decline' })
    expect(call.outcome()).toBeNull()
    expect(questions.hear(ask('Pay 1000?'))).toEqual({ action: 'cancel' })
    expect(call.outcome()).toMatchObject({ ok: false, question: { message: 'Pay 1000?' } })
    expect(questions.hear(ask('And more?'))).toEqual({ action: 'decline' })
    expect(call.outcome()).toMatchObject({ question: { message: 'Pay 1000?' } })
  })

  test('after five answers is no more, and of nothing that is called is nothing', () => {
    const questions = new Questions()
    expect(questions.hear(ask('Nobody?'))).toEqual({ action: 'decline' })
    const call = questions.begin(['1', '2', '3', '4', '5'].map((message) => answered(message)))
    expect(questions.hear(ask('6'))).toEqual({ action: 'decline' })
    expect([call.outcome(), call.told]).toEqual([null, [expect.stringContaining('It asks too much.')]])
    questions.end(call)
    expect(questions.hear(ask('1'))).toEqual({ action: 'decline' })
  })

  test('of two calls at a time nobody is asked, and neither has the other’s answers', () => {
    const questions = new Questions()
    const [first, second] = [questions.begin([answered('Pay 10?')]), questions.begin([])]
    expect(questions.hear(ask('Pay 10?'))).toEqual({ action: 'cancel' })
    for (const call of [first, second]) expect([call.outcome(), call.told.length]).toEqual([null, 1])
    questions.end(first)
    expect(questions.hear(ask('Pay 10?'))).toEqual({ action: 'cancel' })
    expect(second.outcome()).toMatchObject({ question: { message: 'Pay 10?' } })
  })
})

test('[R273] a field may be called what every object has', () => {
  const question = read({ constructor: { type: 'string' }, toString: { type: 'string' } }, ['toString'])
  expect(answerFor(question, { toString: 'x' })).toEqual({ ok: true, value: { toString: 'x' } })
  expect(answerFor(question, {})).toMatchObject({ refusal: { message: '“toString” has to be filled in.' } })
})
