import { expect, test } from 'vitest'
import { typingInWords } from './TypingLine'

test('those who type are named, up to three', () => {
  expect(typingInWords(['Ana'])).toBe('Ana is typing…')
  expect(typingInWords(['Ana', 'Ben'])).toBe('Ana and Ben are typing…')
  expect(typingInWords(['Ana', 'Ben', 'Cy'])).toBe('Ana, Ben and Cy are typing…')
  expect(typingInWords(['Ana', 'Ben', 'Cy', 'Di'])).toBe('Several people are typing…')
})
