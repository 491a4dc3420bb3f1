// What a person typed is what stands on the screen: only unmistakable markup vanishes [R80].
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { AS_TYPED, MARKUP, SIGNS_ALONE } from '../../../tests/text/own-words'
import { GFM } from '../../../tests/text/gfm'
import { MATHS } from '../../../tests/text/maths'
import { Markdown } from './Markdown'
import { MarkdownReader } from './markdown/reader'
import { StandingContext } from './standing'
import { Words } from './Words'

const html = (text: string) =>
  renderToStaticMarkup(<Markdown text={text} />)
    .replace(/^<div class="prose-message">/, '')
    .replace(/<\/div>$/, '')
const words = (markup: string) =>
  markup
    .replaceAll('<br/>', '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

describe(`[R80] ${AS_TYPED.length} texts stand as they were typed`, () => {
  test.each(AS_TYPED)('%j', (text) => {
    expect(words(html(text))).toBe(text)
    expect(html(text)).not.toMatch(/<(?:em|strong|del)>/)
  })
})

test.each(SIGNS_ALONE)('[R80] %j alone stands as it was typed', (text) => expect(words(html(text))).toBe(text))

test.each(['a word ', 'a word\n\n', '  two lines\nof it \n\t '])('[R50] %j is as long in plain words as it is once Markdown is here', (text) => {
  const plain = renderToStaticMarkup(
    <StandingContext value="plain">
      <Words text={text} streaming />
    </StandingContext>,
  )
  expect(plain).toContain('whitespace-pre-wrap')
  expect(words(plain)).toBe(words(html(text)))
})

test.each(MARKUP)('[R80] %j is markup', (text, shown) => expect(html(text)).toContain(shown))

test.each(GFM)('[R81] %j is read as GitHub reads it', (text, shown) => expect(html(text)).toContain(shown))

test.each(MATHS)('[R83] %j', (text, formulas) => {
  expect(html(text).match(/data-maths/g) ?? []).toHaveLength(formulas)
  expect(words(html(text)).replace(/\n/g, '')).toContain(formulas === 0 && !text.startsWith('`') ? text.replace(/\n/g, '') : '')
})

describe('[R83] a formula is its source until it is whole, and never changes what is around it', () => {
  test.each(MATHS.filter(([, formulas]) => formulas > 0))('%j', (text) => {
    const reader = new MarkdownReader()
    for (let end = 1; end < text.length; end += 1) {
      const shown = reader.blocksOf(text.slice(0, end), true).flatMap(({ tokens }) => tokens)
      expect(shown.flatMap(({ type }) => (/^(?:bullet_list|heading)_open$/.test(type) ? [type] : [])).length, text.slice(0, end)).toBeLessThan(
        /^[-*]/.test(text) ? 9 : 1,
      )
    }
  })
})

test.each([
  ['https://example.com/a', true],
  ['www.example.com', true],
  ['<https://example.com>', true],
  ['http://example.com/', true],
  ['[example.com](https://example.com/)', true],
  ['[its words](https://example.com/)', false],
  ['[https://example.com/a](https://example.com/b)', false],
  ['[**example.com**](https://example.com/)', false],
])('[R111] whether paper need not say where %s leads', (text, isBare) => {
  expect(html(text).includes('data-bare')).toBe(isBare)
})
