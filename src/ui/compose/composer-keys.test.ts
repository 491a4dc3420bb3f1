import { expect, test } from 'vitest'
import { sends } from './composer-keys'

const enter = { key: 'Enter', shiftKey: false, altKey: false, isComposing: false, keyCode: 13 }

test('Enter sends', () => {
  expect(sends(enter)).toBe(true)
})

test('Shift+Enter and Alt+Enter are new lines', () => {
  expect(sends({ ...enter, shiftKey: true })).toBe(false)
  expect(sends({ ...enter, altKey: true })).toBe(false)
})

test('an Enter that ends a composition does not send', () => {
  expect(sends({ ...enter, isComposing: true })).toBe(false)
})

test('nor does it in Safari, where the composition is over before its Enter is told', () => {
  expect(sends({ ...enter, keyCode: 229 })).toBe(false)
})

test('no other key sends', () => {
  expect(sends({ ...enter, key: 'a', keyCode: 65 })).toBe(false)
})
