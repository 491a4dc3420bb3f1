import { expect, test, vi } from 'vitest'
import { toolCalled } from '../../../tests/support/tools'
import { MOST_TOOLS } from '../../agents/tools/bounds'
import { toolsFor, type ToolSource, type TurnFacts } from './tools-for'

const turn = { reply: { id: 'reply' }, agent: { id: 'parley' }, asker: null } as unknown as TurnFacts
const namesOf = async (sources: readonly ToolSource[]) => (await toolsFor(turn, sources)).map(({ name, description }) => `${name}: ${description}`)

test('[R180] a turn is offered the tools of all sources, each name once: the first source has it', async () => {
  const first = () => [toolCalled('a'), toolCalled('b')]
  const second = async () => [{ ...toolCalled('b'), description: 'Another.' }, toolCalled('c')]
  expect(await namesOf([first, second])).toEqual(['a: Does a.', 'b: Does b.', 'c: Does c.'])
})

test('[R180] a source that fails costs its own tools, and no others', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  const breaks = () => {
    throw new Error('at once')
  }
  expect(await namesOf([breaks, () => Promise.reject(new Error('later')), () => [toolCalled('a')]])).toEqual(['a: Does a.'])
  expect(errors).toHaveBeenCalledTimes(2)
  errors.mockRestore()
})

test('[R180] there is an end to them', async () => {
  expect(await toolsFor(turn, [() => Array.from({ length: 1_000 }, (_, n) => toolCalled(`tool_${n}`))])).toHaveLength(MOST_TOOLS)
})
