import { expect, test } from 'vitest'
import type { MemberId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import { addressed } from './testing/addressed'
import { typedMentions } from './typed-mentions'

const member = (name: string, kind: Member['kind']): Member => ({ id: name.replace(' ', '-').toLowerCase() as MemberId, name, kind })
const roster = [member('Parley', 'agent'), member('Sage', 'agent')]
const people = [
  member('Ann', 'person'),
  member('Ann Lee', 'person'),
  member('Łukasz', 'person'),
  member('Zoe\u00a0#2', 'person'),
  member('Parley\u00a0#3', 'person'),
]
const names = (text: string) => addressed(text, roster, people).map(({ name }) => name)

test.each([
  ['hello', ['Parley']],
  ['@Parley hello', ['Parley']],
  ['hello @PARLEY!', ['Parley']],
  ["that is @parley's job", ['Parley']],
  ['@Sage and @Sage', ['Sage']],
  ['@Sage, ask @Parley', ['Parley', 'Sage']],
  ['(@Sage)', ['Sage']],
  ['Thanks @Sage.', ['Sage']],
  ['@Sage-bot is another', ['Parley']],
  ['@Sager is another', ['Parley']],
  ['write to me@sage.example', ['Parley']],
  ['write to me@sage', ['Parley']],
  ['@sage.example is a site', ['Parley']],
  ['the code `@Sage` only', ['Parley']],
  ['``a ` @Sage`` only', ['Parley']],
  ['```\n@Sage\n```\nonly', ['Parley']],
  ['```\n@Sage', ['Parley']],
  ['`a` @Sage `b`', ['Sage']],
  ['```js @Sage```', ['Parley']],
  ['~~~\n@Sage\n~~~', ['Parley']],
  ['```\ncode\n```\n@Sage', ['Sage']],
  ['a lone ` and @Sage', ['Sage']],
  ['@Ann lunch?', []],
  ['  @ann lee, lunch?', []],
  ['@łukasz lunch?', []],
  ['@Ann and @Sage?', ['Sage']],
  ['lunch, @Ann?', ['Parley']],
  ['@Annie lunch?', ['Parley']],
  ['@Nobody lunch?', ['Parley']],
  ['@Zoe #2 lunch?', []],
  ['@łukаsz lunch?', []],
  ['@Ｓage lunch?', ['Sage']],
  ['@Sagе, lunch?', ['Sage']],
  ['@Sageж lunch?', ['Parley']],
  ['@Parley #2 and more', ['Parley']],
  ['**@Sage** hello', ['Sage']],
  ['> @Ann said so', ['Parley']],
  ['"@Ann" is a name', ['Parley']],
  ['- @Ann', ['Parley']],
])('%j is answered by %j', (text, expected) => {
  expect(names(text)).toEqual(expected)
})

test('a room without agents answers nothing', () => {
  expect(addressed('hello', [], people)).toEqual([])
})

test('a long message without an end to its code is read in no time', () => {
  const started = performance.now()
  names('`'.repeat(16_000) + '@'.repeat(16_000))
  names('` `` '.repeat(6_400))
  names('@Ann'.repeat(8_000))
  expect(performance.now() - started).toBeLessThan(500)
})

test('[R41] thousands of @s among 500 members cost a hundred looks, and the first are found', () => {
  const many = Array.from({ length: 500 }, (_, at) => member(`Person ${at} ${'x'.repeat(at % 40)}`, 'person'))
  const before = process.cpuUsage()
  for (const text of ['@ '.repeat(16_000), '@Person '.repeat(4_000), '@'.repeat(32_000), `@${'a'.repeat(31_999)}`]) {
    expect(addressed(`@Sage ${text}`, roster, many).map(({ name }) => name)).toEqual(['Sage'])
  }
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000).toBeLessThan(200)
  expect(addressed(`${'@ '.repeat(200)}@Sage`, roster, many).map(({ name }) => name)).toEqual(['Parley'])
})

const everybody = [
  '李雷',
  '李雷雷',
  '李',
  'Zoë',
  'Ann',
  'Ann Lee',
  'Bo Chen',
  '田中',
  'アン',
  'アンナ',
  '민수',
  'สมชาย',
  'सीता',
  'سارة',
  'Dvořák',
  'Ann\u00a0#2',
  'Straße',
  'Mass',
].map((name) => member(name, 'person'))

test.each([
  ['＠李雷 你好', ['＠李雷']],
  ['@李雷你好', ['@李雷']],
  ['@李雷雷你好', ['@李雷雷']],
  ['你好@李雷，吃饭吗', ['@李雷']],
  ['@李明 你好', []],
  ['@李 你好', ['@李']],
  ['@Zoe\u0308 hello', ['@Zoe\u0308']],
  ['@ZOË!', ['@ZOË']],
  ['@Dvor\u030ca\u0301k, hello', ['@Dvor\u030ca\u0301k']],
  ['@田中さん、こんにちは', ['@田中']],
  ['@Annさん、こんにちは', ['@Ann']],
  ['＠アン、ねえ', ['＠アン']],
  ['@アンナさん', ['@アンナ']],
  ['@アンドレ ねえ', []],
  ['@민수야 안녕', ['@민수']],
  ['@민수님께 드려요', ['@민수']],
  ['@민수진 안녕', []],
  ['@สมชายครับ', ['@สมชาย']],
  ['@सीता जी', ['@सीता']],
  ['@सीताराम जी', []],
  ['@سارة، مرحبا', ['@سارة']],
  ['@Ann Lee and @Ann', ['@Ann Lee', '@Ann']],
  ['@Ann #2 hi', ['@Ann #2']],
  ['@Ann #3 hi', ['@Ann']],
  ['@Bo, lunch? (@bo chen)', ['@Bo', '@bo chen']],
  ['@media print', []],
  ['@Annie and ann@Ann.example', []],
  ['`@Ann` only', []],
  ['**@Ann** hi', ['@Ann']],
  ['*@Ann Lee*, hi', ['@Ann Lee']],
  ['_@Ann_ hi', ['@Ann']],
  ['__@Zoë__: hi', ['@Zoë']],
  ['***@Bo Chen*** hi', ['@Bo Chen']],
  ['~~@Ann~~ @Bo hi', ['@Ann', '@Bo']],
  ['ann_@Ann and @Ann_b', []],
  ['@STRASSE hi', ['@STRASSE']],
  ['@straße, @Strasse, @STRAẞE', ['@straße', '@Strasse', '@STRAẞE']],
  ['@strasser hi', []],
  ['@MASS and @maß', ['@MASS', '@maß']],
  ['@STRАSSE with an А from elsewhere', ['@STRАSSE']],
])('[R82] %j mentions %j', (text, mentions) => {
  const agents = roster.map((agent) => ({ ...agent, handle: agent.id }))
  expect(typedMentions(text, agents, everybody)).toEqual(mentions)
  if (mentions.length > 0 && /^[*_~]*[@＠]/.test(text)) expect(addressed(text, roster, everybody)).toEqual([])
})
