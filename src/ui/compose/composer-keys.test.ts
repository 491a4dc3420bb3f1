import { describe, expect, test } from 'vitest'
import { beginsLine, enterSends, isHardKey, type KeyPress, sends, suggestionKey, type Typist } from './composer-keys'

const enter = { key: 'Enter', shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, isComposing: false, keyCode: 13 }

describe('[R100] a key press', () => {
  test.each([
    ['Enter', {}, true, false],
    ['Shift+Enter', { shiftKey: true }, false, false],
    ['Alt+Enter', { altKey: true }, false, false],
    ['Ctrl+Enter', { ctrlKey: true }, true, true],
    ['Cmd+Enter', { metaKey: true }, true, true],
    ['Ctrl+Shift+Enter', { ctrlKey: true, shiftKey: true }, false, false],
    ['an Enter that ends a composition', { isComposing: true }, false, false],
    ['the same in Safari, where the composition is over before its Enter is told', { keyCode: 229 }, false, false],
    ['Ctrl+Enter within a composition', { ctrlKey: true, isComposing: true }, false, false],
    ['another key', { key: 'a', keyCode: 65 }, false, false],
  ])('%s', (_, press, atKeys, onGlass) => {
    expect(sends({ ...enter, ...press }, true)).toBe(atKeys)
    expect(sends({ ...enter, ...press }, false)).toBe(onGlass)
  })
})

describe('[R178] a key press in an open list of suggestions', () => {
  test.each([
    ['Enter', {}, 'take'],
    ['Tab', {}, 'take'],
    ['Escape', {}, 'close'],
    ['ArrowDown', {}, 'next'],
    ['ArrowUp', {}, 'previous'],
    ['ArrowLeft', {}, null],
    ['Home', {}, null],
    ['a', {}, null],
    ['Enter', { shiftKey: true }, null],
    ['Tab', { shiftKey: true }, null],
    ['Enter', { ctrlKey: true }, null],
    ['Enter', { metaKey: true }, null],
    ['Enter', { altKey: true }, null],
    ['ArrowDown', { isComposing: true }, null],
    ['Enter', { isComposing: true }, null],
    ['Enter', { keyCode: 229 }, null],
    ['Escape', { keyCode: 229 }, null],
  ] as const)('%s %j', (key, press, does) => expect(suggestionKey({ ...enter, key, ...press })).toBe(does))
})

const desk: Typist = { hasMouseFirst: true, hasMouse: true, touchedLast: false, screenKeyboard: false, pressedHardKey: false }
const phone: Typist = { hasMouseFirst: false, hasMouse: false, touchedLast: true, screenKeyboard: true, pressedHardKey: false }

describe('[R100] whether Enter sends', () => {
  test.each<[string, Typist, boolean]>([
    ['at a desk', desk, true],
    ['at a desk whose window was made lower', { ...desk, screenKeyboard: true }, true],
    ['at a desk with a touch screen that was touched', { ...desk, touchedLast: true }, true],
    ['on a laptop turned into a tablet, typing on its screen', { ...desk, touchedLast: true, screenKeyboard: true }, false],
    ['on a phone', phone, false],
    ['on a phone before its keyboard is there', { ...phone, screenKeyboard: false }, false],
    ['on a phone with a pen', { ...phone, hasMouse: true }, false],
    ['on a tablet with keys and a pointer', { ...phone, hasMouse: true, screenKeyboard: false }, true],
    ['on a tablet with keys and no pointer, once one of them was pressed', { ...phone, screenKeyboard: false, pressedHardKey: true }, true],
    ['on a tablet with keys that are put aside for those on the screen', { ...phone, pressedHardKey: true }, false],
    ['on a tablet with a keyboard that floats over the page', { ...phone, screenKeyboard: false }, false],
  ])('%s', (_, typist, sent) => {
    expect(enterSends(typist)).toBe(sent)
  })
})

test.each<[string, Partial<KeyPress>, boolean]>([
  ['Enter', {}, false],
  ['Alt+Enter', { altKey: true }, true],
  ['Alt+Shift+Enter', { altKey: true, shiftKey: true }, true],
  ['AltGr+Enter', { altKey: true, ctrlKey: true }, true],
  ['Alt+Enter that ends a composition', { altKey: true, isComposing: true }, false],
  ['the same in Safari', { altKey: true, keyCode: 229 }, false],
  ['Alt+a', { altKey: true, key: 'a', keyCode: 65 }, false],
  ['Shift+Enter, of which browsers make a line themselves', { shiftKey: true }, false],
])('[R100] whether %s begins a line', (_, press, begun) => {
  expect(beginsLine({ ...enter, ...press })).toBe(begun)
})

test('[R100] keys that keyboards on the screen have prove nothing', () => {
  for (const key of ['Enter', 'Backspace', 'Shift', 'a', 'Unidentified', 'Process']) expect(isHardKey({ key, keyCode: 13 })).toBe(false)
  for (const key of ['ArrowLeft', 'Escape', 'Tab', 'Control', 'Meta']) expect(isHardKey({ key, keyCode: 37 })).toBe(true)
  expect(isHardKey({ key: 'ArrowLeft', keyCode: 229 })).toBe(false)
})
