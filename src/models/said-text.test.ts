import { describe, expect, test } from 'vitest'
import { labelOf } from './own-label'
import { SaidText } from './said-text'

/** What a text comes to in these pieces: reasoning in braces. */
function said(pieces: readonly string[], goesOn = false): string {
  const reader = new SaidText(labelOf('Parley', goesOn))
  const all = [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()]
  return all.reduce((sum, { type, text }, at) => {
    if (type === 'text') return sum + text
    const goesOn = at > 0 && all[at - 1]?.type === 'reasoning'
    return goesOn ? `${sum.slice(0, -1)}${text}}` : `${sum}{${text}}`
  }, '')
}

/** However a text is cut, it comes to the same. */
function everyCut(text: string): readonly (readonly string[])[] {
  const halves = Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)])
  const thirds = Array.from({ length: text.length }, (_, at) => [text.slice(0, at), text.slice(at, at + 3), text.slice(at + 3)])
  return [[text], Array.from(text), ...halves, ...thirds]
}

describe('[R92] reasoning between tags is reasoning, however it is cut', () => {
  test.each([
    ['<think>hm</think>Yes.', '{hm}Yes.'],
    ['<think>\nLet me see.\n</think>\n\nYes.', '{Let me see.\n}Yes.'],
    ['\n <think>hm</think> Yes.', '{hm}Yes.'],
    ['<THINK>hm</Think>Yes.', '{hm}Yes.'],
    ['<thinking>hm</thinking>Yes.', '{hm}Yes.'],
    ['<thought>hm</thought>Yes.', '{hm}Yes.'],
    ['<reasoning>hm</reasoning>Yes.', '{hm}Yes.'],
    ['<seed:think>hm</seed:think>Yes.', '{hm}Yes.'],
    ['[THINK]hm[/THINK]Yes.', '{hm}Yes.'],
    ['◁think▷hm◁/think▷Yes.', '{hm}Yes.'],
    ['<think></think>Yes.', 'Yes.'],
    ['<think>\n\n</think>\n\nYes.', 'Yes.'],
    ['<think>a</think><think>b</think>Yes.', '{ab}Yes.'],
    ['<think>1 < 2 </thin </think>Yes.', '{1 < 2 </thin }Yes.'],
    ['<think>if (a < b) return</think>\n```\n<think>\n```\n', '{if (a < b) return}```\n<think>\n```\n'],
    ['First.\n<think>hm</think>\nThen.', 'First.\n{hm}Then.'],
    ['<think>never closed', '{never closed}'],
    ['<think>hm</think>Parley: Yes.', '{hm}Yes.'],
    ['Parley: <think>hm</think>Yes.', '{hm}Yes.'],
  ])('%j is %j', (text, expected) => {
    for (const pieces of everyCut(text)) expect(said(pieces), JSON.stringify(pieces)).toBe(expected)
  })

  test.each([
    'The tag <think> begins it.',
    'Write `<think>` and `</think>` around it.',
    '```html\n<think>not mine</think>\n```\n',
    '~~~\n<think>\n~~~\nafter',
    '    <think> in an indented block',
    '<thin ice',
    '<thinker>Rodin</thinker>',
    '<',
    '1 < 2',
    ' a\n\n  b',
    'x </think> y',
    '[think about it](https://parley.example)',
    '  ',
  ])('%j stays as it is', (text) => {
    for (const pieces of everyCut(text)) expect(said(pieces), JSON.stringify(pieces)).toBe(text)
  })
})

describe("[R92] a label of the model's own before its words is left out, and nothing more", () => {
  test.each([
    ['[#2 agent Parley] Hello.', 'Hello.'],
    ['[#2 agent Parley]\nHello.', 'Hello.'],
    ['[#2 agent Parley]: Hello.', 'Hello.'],
    ['[k3v9x2qa7m #12 agent Parley]\n\nHello.', 'Hello.'],
    ['[agent Parley] Hello.', 'Hello.'],
    ['[AI agent Parley] Hello.', 'Hello.'],
    ['[Parley]: Hello.', 'Hello.'],
    ['[Parley] Hello.', 'Hello.'],
    ['[Parley (AI)] Hello.', 'Hello.'],
    ['[Parley #2] Hello.', 'Hello.'],
    ['**[#2 agent Parley]** Hello.', 'Hello.'],
    ['［#2 agent Parley］Hello.', 'Hello.'],
    ['【#2 agent Parley】你好', '你好'],
    ['Parley: Hello.', 'Hello.'],
    ['Parley:\nHello.', 'Hello.'],
    ['\n Parley: Hello.', 'Hello.'],
    ['PARLEY: Hello.', 'Hello.'],
    ['@Parley: Hello.', 'Hello.'],
    ['**Parley:** Hello.', 'Hello.'],
    ['**Parley**: Hello.', 'Hello.'],
    ['__Parley:__ Hello.', 'Hello.'],
    ['*Parley*: Hello.', 'Hello.'],
    ['Parley (AI): Hello.', 'Hello.'],
    ['Parley：你好', '你好'],
    ['[#2 agent Parley]\nParley: Hello.', 'Hello.'],
    ['Parley: Parley: Hello.', 'Hello.'],
    ['Parley:', ''],
    ['[#2 agent Parley]', ''],
  ])('%j is %j', (text, expected) => {
    for (const pieces of everyCut(text)) expect(said(pieces), JSON.stringify(pieces)).toBe(expected)
  })

  test.each([
    'Parley is a chat.',
    "Parley's rooms: two.",
    'Parley, or a talk: both.',
    'Parley',
    'Parley://rooms/lobby',
    'Parley::Room',
    'Parleys: many of them',
    'parley: a talk between enemies',
    '**Parley: a talk** between enemies',
    '[Parley](https://parley.example) is here.',
    '[Parley][1] is here.',
    '[#2 person Ann] Hello.',
    '[#2 agent Sage] Hello.',
    '[x] done',
    '[1, 2, 3]',
    '[#2] is the message I mean.',
    'Ann: Hello.',
    'Hello.\nParley: Hello.',
    '[',
    '*Pa*',
  ])('%j stays as it is', (text) => {
    for (const pieces of everyCut(text)) expect(said(pieces), JSON.stringify(pieces)).toBe(text)
  })

  test('of a reply that goes on, only with a number: a name and a colon may be its words', () => {
    for (const pieces of everyCut('[#2 agent Parley] and so on')) expect(said(pieces, true)).toBe('and so on')
    for (const text of ['Parley: a chat', ' and so on', '[Parley] and so on', '\n\nNext.']) {
      for (const pieces of everyCut(text)) expect(said(pieces, true)).toBe(text)
    }
  })
})

test('[R92] what cannot become a tag or a label is said at once', () => {
  const reader = new SaidText(labelOf('Parley', false))
  expect(reader.read('Hel')).toEqual([{ type: 'text', text: 'Hel' }])
  expect(reader.read('lo <')).toEqual([{ type: 'text', text: 'lo <' }])
  expect(reader.read('\n')).toEqual([{ type: 'text', text: '\n' }])
})

test('[R92] white space without end is not held without end', () => {
  const reader = new SaidText(labelOf('Parley', false))
  const said = Array.from({ length: 1_000 }, () => reader.read(' ')).flat()
  expect(said.length).toBeGreaterThan(700)
})
