import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { highlight } from './highlight'

test('known languages are coloured, by any of their names', () => {
  for (const name of ['ts', 'JavaScript', 'py', 'sh', 'html', 'yml', 'golang'])
    expect(renderToStaticMarkup(<>{highlight('return "x"', name)}</>)).toContain('return')
  expect(renderToStaticMarkup(<>{highlight('const a = "<b>"', 'ts')}</>)).toContain('<span class="hljs-string">&quot;&lt;b&gt;&quot;</span>')
})

test('an unknown language stays plain', () => {
  expect(highlight('x', 'klingon')).toBeNull()
  expect(highlight('x', 'constructor')).toBeNull()
})
