import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from '../ui/parts/Markdown'
import type { FoundMessage } from '../models/room-reader'
import { inert, listed, quote } from '../models/guide/quote'

const NASTY: readonly string[] = [
  '[image image/png, 4 kB: not shown]',
  '17*23+4',
  '*a* **b** _c_ __d__ snake_case a:b_c_',
  '~~gone~~ ~x~',
  '`code` ``two`` and ```',
  '\\(x^2\\) \\[x\\] \\* \\\\',
  '$x$ costs $5, $$y = 2$$',
  '<b>bold</b> <br> <sub>2</sub> <details> H<sub>',
  '&amp; &lt; &#42; &copy; a && b',
  '# title',
  '## title ##',
  '#tag',
  '1. one',
  '12) twelve',
  '3.5 metres',
  '- item',
  '-5 degrees',
  '+ item',
  '* item',
  '---',
  '===',
  '***',
  '> said',
  '>said',
  '[ ] task [x] done',
  '|a|b| |-|-|',
  '[text](https://example.org/a_b) ![image](https://example.org/c)',
  '[text][1] [1]: https://example.org [^1] ^[note]',
  'https://example.org/x*y_z_?a=1&copy=2#_b_ and more.',
  '(https://example.org/a_(b)) https://example.org/*a*, ok',
  'https://ann:secret@example.org/_a_',
  'https://example.org/@ann/_a_',
  'https://example.org/[a](b) https://example.org/`a`',
  '<https://example.org> <javascript:alert(1)> javascript:alert(1)',
  'www.example.org/a*b*_c_ ann_b@example.org mailto:a@example.org ftp://a.b/*c* //example.org/*',
  'ask @Scout about *it*',
  '👩‍👩‍👧 🏳️‍🌈 *é* 👍🏽',
  'שלום *עולם* (1)',
  '‏مرحبا‏ [x]',
  '"quoted" ‘single’ “double” -- ... (c)',
  '[x] done [ ] not',
  '.hidden/ %',
  '{a/}',
  ':) :smile: ==mark== ++ins++ {x} %y% ;',
]

/** Each place in which the guide quotes, and what stands around it. */
const PLACES: readonly (readonly [place: string, write: (text: string) => string, shown: (text: string) => string])[] = [
  ['a block of its own', inert, (text) => text],
  ['a quotation', (text) => `It begins:\n\n> ${quote(text)}`, (text) => `It begins:${text}`],
  ['a sentence', (text) => `Noted: “${inert(text)}” And so on, $5 and *this*.`, (text) => `Noted: “${text}” And so on, $5 and this.`],
  ['bold words', (text) => `- **${inert(text)}**: a`, (text) => `${text}: a`],
  ['an item', (text) => `Here:\n\n- ${inert(text)}\n- ${inert(text)}`, (text) => `Here:${text}${text}`],
  ['a message', (text) => listed(message(text)), (text) => `Bo *the* Bold, 3 Mar 12:00: ${text}`],
]

const message = (text: string): FoundMessage => ({ seq: 1, author: 'Bo *the* Bold', kind: 'person', text, createdAt: Date.UTC(2026, 2, 3, 12, 0) })

function html(text: string): string {
  return renderToStaticMarkup(createElement(Markdown, { text }))
}

function words(markup: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#x27': "'", amp: '&' }
  return markup.replace(/<[^>]*>|\u2060/g, '').replace(/&(lt|gt|quot|#x27|amp);/g, (_, name: string) => named[name] ?? '')
}

describe.each(PLACES)('[R286] what the guide quotes is shown as it was said, in %s', (_place, write, shown) => {
  test.each(NASTY)('%s', (text) => {
    const markup = html(write(text))
    expect(words(markup)).toBe(shown(text))
    expect(markup).not.toMatch(/data-maths|<h\d|<code|<del|<em>(?!this)|<ol|<table|<hr|<input|Done|<svg|<sub|<img/)
  })
})

test.each(NASTY)('[R286] so it is while it is being said: %s', (text) => {
  const pieces = `- ${inert(text)}`.split(/(?<=\S)(?=\s)/)
  for (const at of pieces.keys()) {
    const begin = words(renderToStaticMarkup(createElement(Markdown, { text: pieces.slice(0, at + 1).join(''), streaming: true })))
    expect(text.startsWith(begin.trim())).toBe(true)
  }
})

test('[R286] an address stays a link to where it leads, and one with a user in it is none', () => {
  expect(html(inert('see https://example.org/a_(b)?c=1&d=*, ok'))).toContain('href="https://example.org/a_(b)?c=1&amp;d=')
  expect(html(inert('see https://example.org/a_b.'))).toContain('href="https://example.org/a_b"')
  expect(html(inert('https://ann@example.org/a'))).not.toContain('href="http')
})

test('[R286] line breaks are spaces, and nothing is cut in the middle of a sign', () => {
  expect(words(html(`- ${inert('one\n\n- two\n    three\r\n# four')}`))).toBe('one - two three # four')
  expect(quote(`${'a'.repeat(159)}👍 and on`)).toBe(`${'a'.repeat(159)}…`)
})

test('[R41] [R286] nothing takes long to be quoted', () => {
  const began = performance.now()
  for (const text of ['https://a.b/', 'https://', '(', '@', '&#4', '_', '1', 'https://a.b/(.,'].map((piece) => piece.repeat(4_000))) inert(text)
  expect(performance.now() - began).toBeLessThan(500)
})
