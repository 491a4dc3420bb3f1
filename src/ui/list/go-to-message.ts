// Brings a reader to a message, and asks for older pages where it is not there yet.

/** Pages that are asked for, at most. */
const MAX_PAGES = 40
/** An older page that is not in the document by then could not be had, ms. */
const LONGEST_WAIT_MS = 10_000

/** `loadEarlier` asks for the page before, `bring` scrolls to a row. Nothing happens where there is no such message. */
export async function goToMessage(list: HTMLElement | null, seq: number, loadEarlier: () => Promise<void>, bring: (row: Element) => void): Promise<void> {
  if (!list) return
  for (let pages = 0; pages < MAX_PAGES && firstSeq(list) > seq; pages++) {
    const before = firstSeq(list)
    await loadEarlier()
    if (!(await changed(list, () => firstSeq(list) < before))) break
  }
  const row = list.querySelector<HTMLElement>(`[data-message-id][data-seq="${seq}"]`)
  if (!row) return
  bring(row)
  row.tabIndex = -1
  row.focus({ preventScroll: true })
}

function firstSeq(list: HTMLElement): number {
  return Number(list.querySelector<HTMLElement>('[data-message-id]')?.dataset['seq'] ?? 0)
}

/** Whether this came to be within a while. */
function changed(list: HTMLElement, isSo: () => boolean): Promise<boolean> {
  if (isSo()) return Promise.resolve(true)
  return new Promise((resolve) => {
    const end = (is: boolean) => {
      clearTimeout(timer)
      observer.disconnect()
      resolve(is)
    }
    const observer = new MutationObserver(() => isSo() && end(true))
    const timer = setTimeout(() => end(false), LONGEST_WAIT_MS)
    observer.observe(list, { childList: true, subtree: true })
  })
}
