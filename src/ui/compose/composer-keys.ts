// Which key press in the composer sends. Pure, because input methods make it subtle.

export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly isComposing: boolean
  readonly keyCode: number
}

/** What browsers report while an input method handles the key. Safari ends a composition before the Enter that ended it. */
const HANDLED_BY_INPUT_METHOD = 229

/** Enter sends; Shift+Enter and Alt+Enter are new lines; an Enter that ends a composition only ends it. */
export function sends({ key, shiftKey, altKey, isComposing, keyCode }: KeyPress): boolean {
  return key === 'Enter' && !shiftKey && !altKey && !isComposing && keyCode !== HANDLED_BY_INPUT_METHOD
}
