import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from './Markdown'

const html = (text: string, streaming = false) => renderToStaticMarkup(<Markdown text={text} streaming={streaming} />)
const words = (markup: string) => markup.replace(/<[^>]*>/g, '')

describe('safety', () => {
  test('HTML is shown as it was typed', () => {
    expect(html('<script>alert(1)</script>')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html('hi <img src=x onerror=alert(1)> there')).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html('<div onclick="x()">\n\n**bold**\n\n</div>')).not.toContain('<div onclick')
  })

  test.each([
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](<javascript:alert(1)>)',
    '[x](data:text/html,hi)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](/rooms/lobby)',
    '[x](//example.org)',
    '![x](javascript:alert(1))',
    '<javascript:alert(1)>',
    '[x][1]\n\n[1]: javascript:alert(1)',
  ])('%j is not a link', (text) => {
    expect(html(text)).not.toContain('<a')
  })

  test('links lead to the web or a mailbox, elsewhere, and tell nothing', () => {
    expect(html('[x](https://example.org/a)')).toContain('<a href="https://example.org/a" target="_blank" rel="noopener noreferrer nofollow">x</a>')
    expect(html('see https://example.org/?a=1&b=2 now')).toContain('href="https://example.org/?a=1&amp;b=2"')
    expect(html('ana@example.org')).toContain('href="mailto:ana@example.org"')
  })

  test('images are links and are never loaded', () => {
    const markup = html('![a cat](https://example.org/cat.png)')
    expect(markup).not.toContain('<img')
    expect(markup).toContain('>a cat</a>')
  })
})

describe('reading', () => {
  test('character references are read in text, not in code', () => {
    expect(words(html('a &amp;&amp; b &copy; `&amp;`'))).toBe('a &amp;&amp; b © &amp;amp;')
  })

  test('a line break is one on the screen', () => {
    expect(html('one\ntwo')).toContain('one<br/>two')
  })

  test('mentions are marked, addresses are not', () => {
    expect(html('ask @Guide about it')).toContain('<span data-mention="">@Guide</span>')
    expect(html('`@Guide` a@b')).not.toContain('data-mention')
  })

  test('tables, task lists and code in an unknown language render', () => {
    expect(html('|a|b|\n|-|-:|\n|1|2|')).toContain('<td data-align="right">2</td>')
    expect(html('- [x] done')).toContain('aria-label="Done"')
    expect(html('```klingon\nnuqneH\n```')).toContain('<code>nuqneH</code>')
  })
})

describe('streaming', () => {
  test('markup that is still open is closed', () => {
    expect(html('this is **bold', true)).toContain('<strong>bold</strong>')
    expect(html('run `npm', true)).toContain('<code>npm</code>')
  })

  test('half a link is only its words', () => {
    const markup = html('see [the docs](https://exam', true)
    expect(markup).not.toContain('<a')
    expect(words(markup)).toBe('see the docs')
  })

  test('a settled message is never changed', () => {
    expect(words(html('2 ** 3 and `tick'))).toBe('2 ** 3 and `tick')
  })

  test('every beginning of a text renders', () => {
    const text = '# A\n\n- one **two**\n  - `x`\n\n|a|b|\n|-|-|\n|1|2|\n\n```ts\nlet a = 1\n```\n\n> [q](https://a.b) ![i](https://c.d/e.png) <b>h</b> ~~s~~'
    for (let length = 0; length <= text.length; length++) expect(() => html(text.slice(0, length), true)).not.toThrow()
  })
})

describe('hostile text is shown as it was typed, soon', () => {
  test.each([
    ['quotes', '>'.repeat(32_000)],
    ['lists', '- '.repeat(16_000)],
    ['numbers', '1. '.repeat(10_000)],
    ['underscores', '_a'.repeat(16_000)],
    ['stars', '**a'.repeat(10_000)],
    ['brackets', '['.repeat(32_000)],
    ['indented lists', Array.from({ length: 240 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n')],
  ])('%s', (_name, text) => {
    const before = performance.now()
    expect(words(html(text)).length).toBeGreaterThan(0)
    // Two seconds on any machine; honest Markdown of this length takes a few milliseconds.
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
