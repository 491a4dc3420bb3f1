import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { highlight } from './highlight'
import { isColourable } from './use-highlight'

test('known languages are coloured, by any of their names', () => {
  for (const name of ['ts', 'JavaScript', 'py', 'sh', 'html', 'yml', 'golang'])
    expect(renderToStaticMarkup(<>{highlight('return "x"', name)}</>)).toContain('return')
  expect(renderToStaticMarkup(<>{highlight('const a = "<b>"', 'ts')}</>)).toContain('<span class="hljs-string">&quot;&lt;b&gt;&quot;</span>')
})

test('an unknown language stays plain', () => {
  expect(highlight('x', 'klingon')).toBeNull()
  expect(highlight('x', 'constructor')).toBeNull()
})

test('[R40] only code is coloured of which that is sure to be quick: not too long, not of too long or too many lines', () => {
  expect(isColourable('let a = 1\n'.repeat(1_900))).toBe(true)
  for (const code of ['x\n'.repeat(10_001), '[]('.repeat(200), `a\n${'aA'.repeat(300)}\nb`, '\n'.repeat(3_000)]) expect(isColourable(code)).toBe(false)
  // The dearest that is still coloured. As one line, a tenth of it took longer than this.
  const before = process.cpuUsage()
  for (const [language, piece] of [
    ['markdown', '[]('],
    ['typescript', 'aA'],
    ['bash', '"'],
  ] as const) {
    const code = `${piece.repeat(400 / piece.length)}\n`.repeat(45)
    expect(isColourable(code)).toBe(true)
    expect(highlight(code, language)).not.toBeNull()
  }
  const { user } = process.cpuUsage(before)
  expect(user / 1_000).toBeLessThan(3_000)
})
