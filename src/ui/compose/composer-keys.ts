// What a key press in the composer does. Pure, because input methods and keyboards on glass make it subtle.

export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly isComposing: boolean
  readonly keyCode: number
}

/** What browsers report while an input method handles the key. Safari ends a composition before the Enter that ended it. */
const HANDLED_BY_INPUT_METHOD = 229

/**
 * Enter sends where there are keys to press, and begins a line on glass; with Ctrl or Cmd it sends everywhere. Shift+Enter and
 * Alt+Enter begin a line; an Enter that ends a composition only ends it.
 */
export function sends({ key, shiftKey, altKey, ctrlKey, metaKey, isComposing, keyCode }: KeyPress, enterSends: boolean): boolean {
  if (key !== 'Enter' || shiftKey || altKey || isComposing || keyCode === HANDLED_BY_INPUT_METHOD) return false
  return enterSends || ctrlKey || metaKey
}

/** Whether a press begins a line where browsers do nothing by themselves. */
export function beginsLine({ key, altKey, isComposing, keyCode }: KeyPress): boolean {
  return key === 'Enter' && altKey && !isComposing && keyCode !== HANDLED_BY_INPUT_METHOD
}

/** What is known of how somebody types. */
export interface Typist {
  /** The first pointer of the device is a mouse or the like. */
  readonly hasMouseFirst: boolean
  /** There is one at all, as beside a tablet on a stand with keys. */
  readonly hasMouse: boolean
  /** The pointer that was used last was a finger. */
  readonly touchedLast: boolean
  /** A keyboard on the screen takes part of the window. */
  readonly screenKeyboard: boolean
  /** A key was pressed that keyboards on the screen do not have. */
  readonly pressedHardKey: boolean
}

/** Whether Enter sends: only where a real keyboard is meant, because a keyboard on the screen has no other way to a second line. */
export function enterSends({ hasMouseFirst, hasMouse, touchedLast, screenKeyboard, pressedHardKey }: Typist): boolean {
  // Whoever resizes a window at a desk makes it lower as well.
  if (hasMouseFirst) return !(touchedLast && screenKeyboard)
  return !screenKeyboard && (hasMouse || pressedHardKey)
}

const HARD_KEYS: readonly string[] = [
  'Escape',
  'Tab',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Control',
  'Alt',
  'Meta',
]

/** Whether keyboards on the screen lack this key. */
export function isHardKey({ key, keyCode }: Pick<KeyPress, 'key' | 'keyCode'>): boolean {
  return keyCode !== HANDLED_BY_INPUT_METHOD && HARD_KEYS.includes(key)
}

/** What a press does in an open list of suggestions; null where it is none of its business. */
export function suggestionKey({ key, shiftKey, altKey, ctrlKey, metaKey, isComposing, keyCode }: KeyPress): 'next' | 'previous' | 'take' | 'close' | null {
  if (shiftKey || altKey || ctrlKey || metaKey || isComposing || keyCode === HANDLED_BY_INPUT_METHOD) return null
  return SUGGESTION_KEYS.get(key) ?? null
}

const SUGGESTION_KEYS: ReadonlyMap<string, 'next' | 'previous' | 'take' | 'close'> = new Map([
  ['ArrowDown', 'next'],
  ['ArrowUp', 'previous'],
  ['Enter', 'take'],
  ['Tab', 'take'],
  ['Escape', 'close'],
])
