// Every length that a reply's text had on the screen, seen from inside the page: polling from outside would miss most.
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** By message id. */
    growth?: Map<string, number[]>
  }
}

/** Runs in the page, now or before its scripts: notes the length of each reply whenever it changes. */
export function watchGrowth(): void {
  const growth = new Map<string, number[]>()
  window.growth = growth
  const note = () => {
    for (const text of document.querySelectorAll('article[data-author-kind="agent"] [data-part="text"]')) {
      const id = text.closest('article')?.dataset.messageId ?? ''
      const lengths = growth.get(id) ?? []
      growth.set(id, lengths)
      const length = text.textContent?.length ?? 0
      if (lengths.at(-1) !== length) lengths.push(length)
    }
  }
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true })
}

/** The lengths of each reply so far, in the order in which they were first seen. */
export function growthIn(page: Page): Promise<readonly (readonly number[])[]> {
  return page.evaluate(() => [...(window.growth?.values() ?? [])])
}

/** Whether text never became shorter. */
export function onlyGrew(lengths: readonly number[]): boolean {
  return lengths.every((length, index) => length >= (lengths[index - 1] ?? 0))
}
