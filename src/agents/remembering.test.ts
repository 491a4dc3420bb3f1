import { expect, test } from 'vitest'
import { remembering } from './remembering'

test('[R41] a text is worked out once, and again when as many others came since', () => {
  const worked: string[] = []
  const length = remembering(2, (text) => (worked.push(text), text === '' ? null : text.length))
  expect(['a', '', 'a', ''].map(length)).toEqual([1, null, 1, null])
  expect(worked).toEqual(['a', ''])
  expect(['bb', '', 'a'].map(length)).toEqual([2, null, 1])
  expect(worked).toEqual(['a', '', 'bb', 'a'])
})
