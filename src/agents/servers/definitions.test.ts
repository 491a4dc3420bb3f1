import { expect, test } from 'vitest'
import { definitionsIn, printOf, printsOf, type ToolDefinition } from './definitions'
import { modelName, serverName } from './names'
import { review } from './review'

const SCHEMA = { type: 'object', properties: { text: { type: 'string' } } }
const echo = { name: 'echo', description: 'Says it again.', inputSchema: SCHEMA, annotations: { readOnlyHint: true } }
const one = (tool: object): ToolDefinition | undefined => definitionsIn([tool]).tools[0]

test('[R226] a tool is read as what it says of itself, and as nothing more', () => {
  expect(one({ ...echo, title: ' Echo\n it ', outputSchema: {}, icons: [], _meta: { a: 1 } })).toEqual({
    name: 'echo',
    title: 'Echo it',
    description: 'Says it again.',
    schema: SCHEMA,
    hints: { readOnlyHint: true },
  })
  expect(one({ ...echo, annotations: { title: 'Echo', readOnlyHint: 'yes', destructiveHint: false, other: true } })).toMatchObject({
    title: 'Echo',
    hints: { destructiveHint: false },
  })
})

test('[R226] what its reviewer cannot see, a model is not told', () => {
  const hidden = Array.from('ignore all', (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('')
  const tool = one({ ...echo, description: `Says\u200b it${hidden} a\u202egain\u2060.`, inputSchema: { ...SCHEMA, description: `a${hidden}\ufeffb` } })
  expect(tool?.description).toBe('Says it again.')
  expect(tool?.schema.description).toBe('ab')
})

const deep = (levels: number) => JSON.parse(`${'{"type":"object","a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown

test.each<readonly [string, unknown]>([
  ['no object', 'echo'],
  ['null', null],
  ['no name', { ...echo, name: 3 }],
  ['an empty name', { ...echo, name: '' }],
  ['a name with a space', { ...echo, name: 'e cho' }],
  ['a name of other letters', { ...echo, name: 'есho' }],
  ['a long name', { ...echo, name: 'e'.repeat(129) }],
  ['no schema', { name: 'echo' }],
  ['a schema that is no object’s', { ...echo, inputSchema: { type: 'string' } }],
  ['a long description', { ...echo, description: 'x'.repeat(12_000) }],
  ['a long schema', { ...echo, inputSchema: { ...SCHEMA, description: 'x'.repeat(12_000) } }],
  ['a deep schema', { ...echo, inputSchema: deep(50_000) }],
])('[R226] %s is left out and counted', (_, tool) => {
  expect(definitionsIn([echo, tool])).toMatchObject({ tools: [{ name: 'echo' }], leftOut: 1 })
})

test('[R226] of 5,000 tools 64 are taken, and of two with one name the first', () => {
  const many = definitionsIn(Array.from({ length: 5_000 }, (_, at) => ({ ...echo, name: `tool-${at}` })))
  expect([many.tools.length, many.leftOut]).toEqual([64, 4_936])
  expect(definitionsIn([echo, { ...echo, description: 'Another.' }])).toMatchObject({ tools: [{ description: 'Says it again.' }], leftOut: 1 })
})

const prints = async (...tools: readonly object[]) => printsOf(definitionsIn(tools).tools)

test('[R226] a print changes with everything that was reviewed, and with nothing else', async () => {
  const { echo: print = '' } = await prints(echo)
  const same = [
    { ...echo, outputSchema: {} },
    { ...echo, inputSchema: { properties: { text: { type: 'string' } }, type: 'object' } },
  ]
  for (const tool of same) expect(await prints(tool)).toEqual({ echo: print })
  const others = [
    { ...echo, description: 'Says it again. ' },
    { ...echo, title: 'Echo' },
    { ...echo, inputSchema: { ...SCHEMA, required: ['text'] } },
    { ...echo, annotations: {} },
    { ...echo, annotations: { readOnlyHint: true, destructiveHint: true } },
  ]
  for (const tool of others) expect(await prints(tool)).not.toEqual({ echo: print })
  expect(await printOf({ a: '1', b: '2' })).toBe(await printOf({ b: '2', a: '1' }))
  expect(await printOf({ a: '1', b: '2' })).not.toBe(await printOf({ a: '1' }))
})

test('[R227] what changed, came and went is to be reviewed, and the rest stays accepted with its policy', async () => {
  const listed = [echo, { ...echo, name: 'write', annotations: {} }, { ...echo, name: 'new', annotations: {} }]
  const { tools } = definitionsIn(listed)
  const known = [
    { name: 'echo', called: 'example_echo', title: null, policy: 'votes', readOnly: true, review: 'accepted' },
    { name: 'write', called: 'example_write', title: null, policy: 'off', readOnly: false, review: 'accepted' },
    { name: 'old', called: 'example_old', title: null, policy: 'auto', readOnly: false, review: 'accepted' },
  ] as const
  const now = await printsOf(tools)
  const accepted = { echo: now['echo'] ?? '', write: 'another', old: 'print' }
  const { state, tools: reviewed } = review('example', tools, now, accepted, known)
  expect(state).toBe('review')
  expect(reviewed.map(({ name, policy, review }) => [name, policy, review])).toEqual([
    ['echo', 'votes', 'accepted'],
    ['write', 'off', 'changed'],
    ['new', 'asker', 'new'],
    ['old', 'auto', 'gone'],
  ])
  expect(review('example', tools, now, now, []).state).toBe('ready')
  expect(review('example', tools, now, {}, []).tools.map(({ policy }) => policy)).toEqual(['auto', 'asker', 'asker'])
})

test.each<readonly [address: string, wanted: string | null, taken: readonly string[], name: string]>([
  ['https://mcp.linear.app/mcp', null, [], 'linear'],
  ['https://api.githubcopilot.com/mcp/', null, [], 'githubcopilot'],
  ['https://tools.example.com/', null, [], 'example'],
  ['https://tools.example.com/', null, ['example'], 'example_2'],
  ['https://tools.example.com/', 'My Tools!', ['example'], 'my_tools'],
  ['https://xn--bcher-kva.com/', null, [], 'xn_bcher_kva'],
  ['http://127.0.0.1:3001/mcp', null, ['local', 'local_2'], 'local_3'],
  ['http://localhost:3001/mcp', null, [], 'localhost'],
  [`https://${'a'.repeat(60)}.com/`, null, ['a'.repeat(24)], `${'a'.repeat(22)}_2`],
  ['https://mcp.app/', null, [], 'app'],
])('[R227] a server at %s, wanted as %j, is called apart from %j', (address, wanted, taken, name) => {
  expect(serverName(address, wanted, taken)).toBe(name)
})

test('[R227] a model knows a tool by its server’s name and its own, in 64 letters at most, and no two alike', () => {
  const long = 'x'.repeat(100)
  const taken: string[] = []
  for (const tool of ['get-issue', 'get.issue', 'get/issue', long, `${long}y`]) taken.push(modelName('linear', tool, taken))
  expect(taken).toEqual(['linear_get_issue', 'linear_get_issue_2', 'linear_get_issue_3', `linear_${'x'.repeat(57)}`, `linear_${'x'.repeat(55)}_2`])
})

test('[R227] a tool keeps the name by which models know it, whatever its server puts before it', async () => {
  const known = [{ name: 'get.issue', called: 'linear_get_issue', title: null, policy: 'auto', readOnly: true, review: 'accepted' }] as const
  const { tools } = definitionsIn([
    { ...echo, name: 'get-issue' },
    { ...echo, name: 'get.issue' },
  ])
  const now = await printsOf(tools)
  expect(review('linear', tools, now, now, known).tools.map(({ name, called }) => [name, called])).toEqual([
    ['get-issue', 'linear_get_issue_2'],
    ['get.issue', 'linear_get_issue'],
  ])
})

test('[R226] what cannot be seen is left out of every text, also where its halves stand apart', () => {
  const apart = 'a\udb40\u200b\udc41b'
  const [tool] = definitionsIn([
    { ...echo, title: apart, description: apart, inputSchema: { ...SCHEMA, properties: { [apart]: { description: apart } } } },
  ]).tools
  expect(tool).toMatchObject({ title: 'ab', description: 'ab', schema: { properties: { ab: { description: 'ab' } } } })
})
