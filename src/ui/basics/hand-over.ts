// Where the focus goes when the element that has it goes away: to what its person does next, never to the page as a whole.
// Each is a ref for an element that may leave, alone or with what is in it.
import { matches } from './browser'

type Leaving = (element: HTMLElement | null) => (() => void) | undefined

/** To the box where one writes; on a touch screen, where that would open a keyboard over the messages, to the messages. */
export const toComposer: Leaving = (element) => leaving(element, () => (hasMouse() ? composer() : null) ?? log(element))

/** To the message that it is part of, so that whoever reads on goes on from there. */
export const toMessage: Leaving = (element) => {
  const message = element?.closest<HTMLElement>('[data-message-id]')
  return leaving(element, () => (message?.isConnected ? message : log(element)))
}

/** To the list of messages. */
export const toMessages: Leaving = (element) => leaving(element, () => log(element))

/** To the panel that it stands in. */
export const toPanel: Leaving = (element) => {
  const panel = element?.closest<HTMLElement>('[popover]')
  return leaving(element, () => panel ?? null)
}

/** React calls what is answered before it takes the element away, when it still has the focus. */
function leaving(element: HTMLElement | null, next: () => HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined
  return () => {
    if (element.contains(document.activeElement)) giveFocus(next())
  }
}

/** What cannot be reached with Tab can still be given the focus. */
export function giveFocus(element: HTMLElement | null): void {
  if (!element) return
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) element.tabIndex = -1
  element.focus({ preventScroll: true })
}

function composer(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.composer > textarea')
}

function log(near: HTMLElement | null): HTMLElement | null {
  const beside = near?.closest('[role="log"]') ?? near?.parentElement?.querySelector('[role="log"]')
  return beside instanceof HTMLElement ? beside : document.querySelector<HTMLElement>('[role="log"]')
}

function hasMouse(): boolean {
  return matches('(hover: hover) and (pointer: fine)')
}
