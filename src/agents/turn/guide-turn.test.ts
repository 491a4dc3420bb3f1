import { describe, expect, test } from 'vitest'
import { ScriptedTurn } from '../../../tests/support/scripted-turn'
import { Guide } from '../../models/guide/guide'
import type { RoomReader } from '../../models/room-reader'
import { page, webOf } from '../../outside/testing/web'
import { BUILT_IN } from '../tools/built-in'
import { fetchPage } from '../tools/fetch-page'
import { offered } from '../tools/offered'
import type { RoomView } from '../tools/room-view'
import type { OfferedTool } from '../tools/tool'

const NOON = Date.UTC(2026, 2, 3, 12, 0)
const FOUND = [{ seq: 0, author: 'Bo', kind: 'person', text: 'Deploy is on Friday, at the harbour.', createdAt: NOON }] as const
const VIEW: RoomView = {
  may: () => true,
  reach: () => 7,
  search: (query, _limit, match) =>
    FOUND.filter(({ text }) => query.split(' ')[match === 'any' ? 'some' : 'every']((word) => text.toLowerCase().includes(word))),
  read: () => FOUND,
  here: () => ({
    members: [
      { name: 'Ann', kind: 'person' },
      { name: 'Scout', kind: 'agent' },
    ],
    count: 2,
  }),
}

/** What the guide knows by its own hand: nothing, so that all that it says comes from its tools. */
const NOTHING: RoomReader = { count: () => 0, search: () => [], newest: () => [], here: () => [] }

async function ask(text: string, { as, tools = BUILT_IN }: { readonly as?: RoomReader['as']; readonly tools?: readonly OfferedTool[] } = {}) {
  const turn = new ScriptedTurn([])
  const model = new Guide(as ? { ...NOTHING, as } : NOTHING, { wordDelayMs: 0, now: () => 0 })
  const ending = await turn.ask(text, model, tools, VIEW, NOON)
  const said = turn.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
  const calls = turn.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [[part.toolName, part.input] as const] : []))
  return { ending, said, calls, steps: turn.took.length }
}

describe('[R188] the guide uses the tools that models use', () => {
  test.each([
    ['search for deploy', [['search_room', { query: 'deploy', match: 'all', limit: 20, people_only: true, before: 1 }]], '1 message with "deploy" in it'],
    ['what is 3*7?', [['calculate', { sum: '3*7' }]], '`3*7` = **21**'],
    ['who is here?', [['who_is_here', {}]], 'Here is **Ann**; of the agents, **Scout**.'],
    ['what time is it?', [['now', {}]], 'It is **12:00** on **Tuesday, 3 March 2026**'],
    ['search for unicorns', [['search_room', expect.objectContaining({ query: 'unicorns' })]], 'I looked through 7 messages'],
  ])('for “%s”, in two steps', async (text, calls, said) => {
    const asked = await ask(text)
    expect(asked.ending).toEqual({ type: 'done' })
    expect(asked.calls).toEqual(calls)
    expect(asked.said).toContain(said)
    expect(asked.steps).toBe(2)
  })

  test('for several questions at once, all in one step', async () => {
    const { calls, said, steps } = await ask('Who is here? And what is 3*7?')
    expect(calls.map(([tool]) => tool)).toEqual(['who_is_here', 'calculate'])
    expect(said).toMatch(/Ann[^]*21/)
    expect(steps).toBe(2)
  })

  test('as Scout it searches by the words that say most, in one call', async () => {
    const { calls, said } = await ask('When do we deploy, and at which harbour?', { as: { name: 'Scout', handle: 'scout' } })
    expect(calls.map(([tool]) => tool)).toEqual(['search_room'])
    expect(said).toContain('Deploy is on Friday')
  })

  test('and none for what it knows by heart', async () => {
    const { calls, steps } = await ask('what are the lanes?')
    expect([calls, steps]).toEqual([[], 1])
  })

  test('and answers by its own hand where it is offered none', async () => {
    expect(await ask('what is 3*7?', { tools: [] })).toMatchObject({ calls: [], said: expect.stringContaining('**21**'), steps: 1 })
  })

  test('says so when a tool does not work, and answers the rest', async () => {
    const broken: OfferedTool[] = BUILT_IN.map((tool) =>
      tool.name === 'who_is_here' ? { ...tool, run: async () => ({ ok: false, text: 'Nobody may know.' }) } : tool,
    )
    const { said } = await ask('Who is here? What is 3*7?', { tools: broken })
    expect(said).toMatch(/did not work: Nobody may know\.[^]*21/)
  })

  test('a sum without a result has none, whoever calculates it', async () => {
    expect((await ask('what is 1/0?')).said).toContain('no result')
  })
})

describe('[R222] the guide reads a page that it is asked to read', () => {
  const HOME = 'https://www.example.com/'
  const reading = (html: string) => [...BUILT_IN, offered(fetchPage(webOf({ [HOME]: page(html) }).ask, false))]
  const long = `<title>Long "one" \\</title><p>${'Words and "more" words. \u00e9'.repeat(2_000)}</p>`

  test.each([
    [
      'read https://www.example.com/',
      '<title>Tea &amp; co</title><h1>Tea</h1><p>It is *hot*.',
      '**Tea &#38; co** (<https://www.example.com/>) begins:\n\n> &#35; Tea It is &#92;&#42;hot',
    ],
    ['please summarise the page at https://www.example.com/.', '<p>Nothing but this.', '<https://www.example.com/> begins:\n\n> Nothing but this.'],
    ['fetch https://www.example.com/', long, '**Long "one" '],
    ['open https://www.example.com/', '<title>Empty</title>', '**Empty** (<https://www.example.com/>) has no text that I can read.'],
  ])('for “%s”', async (text, html, said) => {
    const asked = await ask(text, { tools: reading(html) })
    expect(asked.calls).toEqual([['fetch_page', { address: HOME }]])
    expect(asked.said).toContain(said)
  })

  test('and says what stands in the way; an address that nobody asks it to read is left alone', async () => {
    expect((await ask('read http://10.0.0.1/', { tools: reading('x') })).said).toBe(
      'That did not work: Only public addresses are asked, nothing on this machine or in its network.',
    )
    expect((await ask('https://www.example.com/', { tools: reading('x') })).said).toContain('Write “read <https://www.example.com/>”')
    for (const text of ['look, https://www.example.com/', 'https://www.example.com/', 'do not read it'])
      expect((await ask(text, { tools: reading('x') })).calls).toEqual([])
    expect((await ask('read https://www.example.com/')).calls).toEqual([])
  })
})
