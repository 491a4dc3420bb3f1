// Which articles came with the HTML, and whether they are still the same elements once scripts run the page.
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** The first element that bore each message id. */
    firstArticles?: Map<string, Element>
    /** How many of them stood in the document before any script of the page ran. */
    articlesFromHtml?: number
  }
}

/** Runs before the page's scripts. */
export function watchArticles(): void {
  const first = new Map<string, Element>()
  window.firstArticles = first
  const note = () => {
    for (const article of document.querySelectorAll('article')) {
      const id = article.dataset.messageId ?? ''
      if (!first.has(id)) first.set(id, article)
    }
    // Buttons that need scripts are disabled until scripts run.
    if (document.querySelector('form button[type="submit"]:disabled')) window.articlesFromHtml = first.size
  }
  new MutationObserver(note).observe(document, { subtree: true, childList: true })
}

/** Runs before the page's scripts. React works in turns that it asks for by a message; here each comes late, so that what it waits for comes between two. */
export function pauseBetweenTurns(): void {
  const post = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown) {
    setTimeout(() => post.call(this, message), 30)
  }
}

export function survivors(page: Page): Promise<{ readonly shown: number; readonly fromHtml: number; readonly kept: number }> {
  return page.evaluate(() => {
    const articles = [...document.querySelectorAll('article')]
    const kept = articles.filter((article) => window.firstArticles?.get(article.dataset.messageId ?? '') === article)
    return { shown: articles.length, fromHtml: window.articlesFromHtml ?? 0, kept: kept.length }
  })
}
