import { describe, expect, test, vi } from 'vitest'
import { refuse } from '../../conversation/refusal'
import type { AnswerChunk } from '../../models/answer'
import { LONGEST_KEPT, MOST_CALLS, MOST_STEPS } from '../tools/bounds'
import { toolCalled } from '../../../tests/support/tools'
import { ScriptedTurn } from '../../../tests/support/scripted-turn'

const text = (said: string) => ({ type: 'text', text: said }) as const
const shapeOf = (turn: ScriptedTurn) => turn.parts.map((part) => (part.type === 'dynamic-tool' ? part.toolName : part.text))
/** What a model was told in its last step but for the system's words, as JSON. */
const lastTold = (turn: ScriptedTurn) => JSON.stringify(turn.prompts.at(-1)?.prompt.filter(({ role }) => role !== 'system'))

describe('[R180] a turn is steps', () => {
  test('in each the model is told what the tools of those before answered, until it calls none', async () => {
    const turn = new ScriptedTurn([
      ['Let me look.', ['look', '{"for":"it"}']],
      ['And there.', ['find', '{}'], ['look', '{}']],
    ])
    expect(await turn.take([toolCalled('look'), toolCalled('find')])).toEqual({ type: 'done' })
    expect(shapeOf(turn)).toEqual(['Let me look.', 'look', 'And there.', 'find', 'look', 'Done.'])
    expect(turn.calls.map(([, state]) => state)).toEqual(['output-available', 'output-available', 'output-available'])
    expect(turn.prompts).toHaveLength(3)
    expect(turn.prompts.at(-1)?.prompt.slice(2)).toMatchObject([
      { role: 'assistant', content: [text('Let me look.'), { type: 'tool-call', toolCallId: 'call00001', toolName: 'look', input: { for: 'it' } }] },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'call00001', output: { type: 'text', value: 'look did' } }] },
      { role: 'assistant', content: [text('And there.'), { type: 'tool-call', toolCallId: 'call00002' }, { type: 'tool-call', toolCallId: 'call00003' }] },
      { role: 'tool', content: [{ toolCallId: 'call00002' }, { toolCallId: 'call00003' }] },
    ])
  })

  test('whatever a provider calls its calls, each has an id of its own in the reply', async () => {
    const turn = new ScriptedTurn([
      [
        ['a', '{}'],
        ['a', '{}'],
      ],
      [['a', '{}']],
    ])
    await turn.take([toolCalled('a')])
    const ids = turn.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [part.toolCallId] : []))
    expect(ids).toEqual(['c00010001', 'c00010002', 'c00020001'])
  })

  test('the calls of a step run side by side, and each result is told as it comes', async () => {
    const finish: (() => void)[] = []
    const slow = toolCalled('slow', () => new Promise((resolve) => finish.push(() => resolve({ ok: true, output: 'at last' }))))
    const quick = toolCalled('quick', () => {
      // Only now: both are under way.
      setTimeout(() => finish[0]?.())
      return { ok: true, output: 'at once' }
    })
    const turn = new ScriptedTurn([
      [
        ['slow', '{}'],
        ['quick', '{}'],
      ],
    ])
    await turn.take([slow, quick])
    const told = turn.chunks.flatMap((chunk) => (chunk.type === 'tool' && chunk.part.state === 'output-available' ? [chunk.part.output] : []))
    expect(told).toEqual(['at once', 'at last'])
  })

  test('what each took is settled by itself, and the budget is asked before each', async () => {
    const turn = new ScriptedTurn([[['a', '{}']], [['a', '{}']]])
    await turn.take([toolCalled('a')])
    expect(turn.took.map(({ input, output }) => [input, output])).toEqual([
      [100, 10],
      [100, 10],
      [100, 10],
    ])
  })

  test('a budget that is gone in the middle ends it, and what was said and done stays', async () => {
    const turn = new ScriptedTurn([['First.', ['a', '{}']]])
    let asked = 0
    const granted = { longest: 100, end: null, hear: () => null, settle: () => {} }
    const grant = () => Promise.resolve((asked += 1) === 1 ? ({ ok: true, value: granted } as const) : refuse('budget_spent', 'No more today.'))
    expect(await turn.take([toolCalled('a')], { grant })).toEqual({ type: 'limited', failure: { code: 'budget', text: 'No more today.' } })
    expect(shapeOf(turn)).toEqual(['First.', 'a'])
  })

  test('a model that says nothing more after its tools has said what it had to say; one that said nothing at all has not', async () => {
    const spoke = new ScriptedTurn([['I note that.', ['a', '{}']], []])
    expect(await spoke.take([toolCalled('a')])).toEqual({ type: 'done' })
    const silent = new ScriptedTurn([[['a', '{}']], []])
    expect(await silent.take([toolCalled('a')])).toMatchObject({ type: 'failed', failure: { code: 'empty' } })
  })
})

describe('[R181] a turn ends', () => {
  test('after 25 steps, however long its model would go on, and says that more may be asked for', async () => {
    const turn = new ScriptedTurn(Array.from({ length: 1_000 }, () => [['a', '{}'] as const]))
    expect(await turn.take([toolCalled('a')])).toMatchObject({ type: 'limited', failure: { code: 'limit', goesOn: true } })
    expect(turn.prompts).toHaveLength(MOST_STEPS)
    const more = new ScriptedTurn(
      Array.from({ length: 1_000 }, () => [['a', '{}'] as const]),
      turn.parts,
    )
    await more.take([toolCalled('a')])
    expect(more.prompts).toHaveLength(MOST_STEPS)
    expect(new Set(more.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [part.toolCallId] : []))).size).toBe(2 * MOST_STEPS)
  })

  test('after an hour, between two steps', async () => {
    const turn = new ScriptedTurn(Array.from({ length: 10 }, () => [['a', '{}'] as const]))
    const late = toolCalled('a', () => {
      turn.now += 1_300_000
      return { ok: true, output: 'late' }
    })
    expect(await turn.take([late])).toMatchObject({ type: 'limited', failure: { code: 'limit', text: expect.stringContaining('an hour') } })
    expect(turn.prompts).toHaveLength(3)
  })

  test('at once when it is stopped, whatever its tools do', async () => {
    const turn = new ScriptedTurn([[['deaf', '{}']]])
    const deaf = toolCalled('deaf', () => new Promise(() => turn.abort.abort()))
    expect(await turn.take([deaf])).toEqual({ type: 'aborted' })
    expect(turn.calls).toEqual([['deaf', 'output-error', expect.stringContaining('stopped')]])
  })
})

describe('[R182] a call that cannot be carried out says so, to its model and to people', () => {
  test.each([
    ['of a tool that there is not', 'rm', '{}', /^There is no tool called rm\. There are: look\.$/],
    ['of a name that no provider would take back', 'a b/ü', '{}', /^There is no tool called a_b__\./],
    ['with what is no JSON', 'look', '{"a', /is no JSON/],
    ['with what is no object', 'look', '[1]', /does not fit the tool/],
    ['with more than is kept', 'look', JSON.stringify({ much: 'x'.repeat(LONGEST_KEPT) }), /longer than/],
  ])('%s', async (_name, tool, input, expected) => {
    let ran = 0
    const turn = new ScriptedTurn([[[tool, input]]])
    await turn.take([toolCalled('look', () => ({ ok: true, output: (ran += 1) }))])
    expect(ran).toBe(0)
    expect(turn.calls).toEqual([[expect.stringMatching(/^[\w-]+$/), 'output-error', expect.stringMatching(expected)]])
    expect(lastTold(turn)).toContain('error-text')
    expect(JSON.stringify(turn.parts).length).toBeLessThan(2 * LONGEST_KEPT)
  })

  test('of more than 8 in one step the others are counted, and not run', async () => {
    let ran = 0
    const turn = new ScriptedTurn([Array.from({ length: 1_000 }, () => ['look', '{}'] as const)])
    await turn.take([toolCalled('look', () => ({ ok: true, output: (ran += 1) }))])
    expect(ran).toBe(MOST_CALLS)
    expect(turn.calls).toHaveLength(MOST_CALLS + 1)
    expect(turn.calls.at(-1)?.[2]).toContain('neither were the 991 after it')
  })

  test('by a tool that breaks: its words are for whoever runs this', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
    try {
      const turn = new ScriptedTurn([[['broken', '{}']]])
      await turn.take([toolCalled('broken', () => Promise.reject(new Error('password is sk-secret')))])
      expect(turn.calls).toEqual([['broken', 'output-error', 'This tool did not work.']])
      expect(lastTold(turn)).not.toContain('secret')
      expect(errors).toHaveBeenCalledTimes(1)
    } finally {
      errors.mockRestore()
    }
  })

  test('by a tool that hangs: it is given up after its time, and whoever reads of one with an effect knows that it may have happened', async () => {
    const turn = new ScriptedTurn([
      [
        ['reads', '{}'],
        ['pays', '{}'],
      ],
    ])
    const hangs = () => new Promise<never>(() => {})
    await turn.take([toolCalled('reads', hangs, 'none', 20), toolCalled('pays', hangs, 'outside', 20)])
    expect(turn.calls).toEqual([
      ['reads', 'output-error', expect.stringMatching(/did not answer within .*given up\.$/)],
      ['pays', 'output-error', expect.stringContaining('may have happened')],
    ])
  })

  test('by a tool that says so itself', async () => {
    const turn = new ScriptedTurn([[['look', '{}']]])
    await turn.take([toolCalled('look', () => ({ ok: false, text: 'Nothing is there.' }))])
    expect(turn.calls).toEqual([['look', 'output-error', 'Nothing is there.']])
  })

  test('that the gate refuses', async () => {
    const turn = new ScriptedTurn([[['pay', '{"sum":9}']]])
    const asked: unknown[] = []
    const admit = ({ input }: { readonly input: unknown }) => {
      asked.push(input)
      return { refused: 'Nobody may pay here.' }
    }
    await turn.take([toolCalled('pay', undefined, 'outside')], { admit })
    expect(asked).toEqual([{ sum: 9 }])
    expect(turn.calls).toEqual([['pay', 'output-error', 'Nobody may pay here.']])
    expect(turn.begun).toEqual([])
  })
})

describe('[R183] what a tool said is bounded', () => {
  test('where it is kept and as its model reads it, in words', async () => {
    const turn = new ScriptedTurn([[['much', '{}']]])
    await turn.take([toolCalled('much', () => ({ ok: true, output: { words: '😀'.repeat(100_000) } }))])
    const [, , said] = turn.calls[0] ?? []
    expect(String(said).length).toBeLessThan(LONGEST_KEPT + 100)
    expect(said).toMatch(/\[… cut: \d+ of \d+ characters are left out\]$/)
    expect(String(said).isWellFormed()).toBe(true)
    expect(lastTold(turn).length).toBeLessThan(40_000)
    expect(lastTold(turn)).toContain('cut:')
  })

  test('what is no JSON is not kept', async () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    const turn = new ScriptedTurn([[['odd', '{}']]])
    await turn.take([toolCalled('odd', () => ({ ok: true, output: circle }))])
    expect(turn.calls).toEqual([['odd', 'output-error', expect.stringContaining('cannot be kept')]])
  })

  test('20 steps of much fit the context, shortened, and the newest is always told', async () => {
    const much = toolCalled('much', () => ({ ok: true, output: 'word '.repeat(10_000) }))
    const turn = new ScriptedTurn(Array.from({ length: 20 }, () => [['much', '{}'] as const]))
    await turn.take([much])
    // Some 3.5 characters to a token, of 32,000.
    for (const { prompt } of turn.prompts) expect(JSON.stringify(prompt).length).toBeLessThan(32_000 * 3.5)
    for (const { prompt } of turn.prompts.slice(1)) expect(prompt.at(-1)?.role).toBe('tool')
  })
})

describe('[R184] a turn that broke off goes on from its parts', () => {
  const isResult = (chunk: AnswerChunk) => chunk.type === 'tool' && chunk.part.state !== 'input-available'

  test('a call that has its result is not run again', async () => {
    const ran: string[] = []
    const tools = [toolCalled('a', () => ({ ok: true, output: ran.push('a') }))]
    const first = new ScriptedTurn([['One.', ['a', '{}']]])
    await first.take(tools, {}, isResult)
    const second = new ScriptedTurn([], first.parts)
    expect(await second.take(tools)).toEqual({ type: 'done' })
    expect(ran).toEqual(['a'])
    expect(shapeOf(second)).toEqual(['One.', 'a', 'Done.'])
    expect(second.prompts[0]?.prompt.at(-1)).toMatchObject({ role: 'tool' })
  })

  test('a call that has none is run first, and keeps its place', async () => {
    const ran: string[] = []
    const tools = [toolCalled('a', () => ({ ok: true, output: ran.push('a') })), toolCalled('b', () => ({ ok: true, output: ran.push('b') }))]
    const first = new ScriptedTurn([
      [
        ['a', '{}'],
        ['b', '{}'],
      ],
    ])
    await first.take(tools, {}, (chunk) => chunk.type === 'tool' && chunk.part.toolName === 'b')
    expect(ran).toEqual([])
    const second = new ScriptedTurn([[['b', '{}']]], first.parts)
    await second.take(tools)
    expect(ran).toEqual(['a', 'b', 'b'])
    expect(shapeOf(second)).toEqual(['a', 'b', 'b', 'Done.'])
  })

  test('words that broke off are gone on with, after what the tools said', async () => {
    const first = new ScriptedTurn([[['a', '{}']], ['Half of']])
    await first.take([toolCalled('a')], {}, (chunk) => chunk.type === 'text')
    const second = new ScriptedTurn([[' a sentence.']], first.parts)
    await second.take([toolCalled('a')])
    expect(shapeOf(second)).toEqual(['a', 'Half of a sentence.'])
    expect(second.prompts[0]?.prompt.slice(-3).map(({ role }) => role)).toEqual(['tool', 'assistant', 'user'])
  })
})

test('[R180] what a provider hung on its call goes back with it, and what OpenAI keeps for itself does not', async () => {
  const turn = new ScriptedTurn([[['a', '{}', { google: { thoughtSignature: 'signed' }, openai: { itemId: 'fc_1' } }]]])
  await turn.take([toolCalled('a')])
  expect(lastTold(turn)).toContain('"providerOptions":{"google":{"thoughtSignature":"signed"}}')
  expect(lastTold(turn)).not.toContain('fc_1')
})

test('[R182] a call with an effect is noted before it runs, and one without is not', async () => {
  const seen: (readonly string[])[] = []
  const turn = new ScriptedTurn([
    [
      ['pay', '{}'],
      ['look', '{}'],
    ],
  ])
  await turn.take([toolCalled('pay', () => ({ ok: true, output: seen.push([...turn.begun]) }), 'outside'), toolCalled('look')])
  expect(seen).toEqual([['c00010001']])
  expect(turn.begun).toEqual(['c00010001'])
})
