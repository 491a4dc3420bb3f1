// What a person typed is what stands on the screen: only unmistakable markup vanishes [R80].
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { AS_TYPED, MARKUP } from '../../../tests/text/own-words'
import { Markdown } from './Markdown'

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

test.each(MARKUP)('[R80] %j is markup', (text, shown) => expect(html(text)).toContain(shown))
