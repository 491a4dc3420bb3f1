// Where a reader was in a room, kept by their tab: through a reload, another page and back. Nothing is kept of whoever is at
// the end, where a room opens by itself.
import { keep, kept, removeKept } from '../basics/storage'
import { offsetIn, type Place } from './scroll'

/** Pages of older messages that are asked for to come back to a place, at most. */
const MAX_PAGES = 10

/** An older page that is not in the document by then could not be had, in frames. */
const MOST_FRAMES = 30

/** Written this long after the last scroll, and when the page is left, ms. */
const WRITE_AFTER = 200

interface KeptPlace {
  readonly id: string
  readonly seq: number
  /** Of its message below the top of the list, px. */
  readonly offset: number
}

export interface PlaceKeeper {
  /** The list is on the screen: brings its reader back to where they were. `settle` scrolls to a place. Answers how to end. */
  open(list: HTMLElement, place: Place, settle: () => void): () => void
  /** The reader may be elsewhere now. */
  note(list: HTMLElement, place: Place): void
}

/** `loadEarlier` resolves when the older page is on the screen, or could not be had. */
export function placeKeeper(room: string, loadEarlier: () => Promise<void>): PlaceKeeper {
  const key = `parley:place:${room}`
  let now: KeptPlace | null = null
  let returning = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function write(): void {
    clearTimeout(timer)
    timer = undefined
    if (returning) return
    if (now) keep('session', key, JSON.stringify(now))
    else removeKept('session', key)
  }

  async function comeBack(list: HTMLElement, place: Place, settle: () => void, to: KeptPlace): Promise<void> {
    for (let pages = 0; pages < MAX_PAGES && firstSeq(list) > to.seq; pages++) {
      const before = firstSeq(list)
      await loadEarlier()
      await drawn(() => firstSeq(list) < before)
      if (!returning || firstSeq(list) >= before) break
    }
    if (!returning) return
    returning = false
    const row = list.querySelector(`[data-message-id="${CSS.escape(to.id)}"]`)
    if (!row) return
    place.following = false
    place.top = list.scrollTop
    place.anchor = { row, offset: to.offset }
    settle()
  }

  return {
    open(list, place, settle) {
      const to = read(key)
      returning = to !== null
      if (to) void comeBack(list, place, settle, to)
      const scrolled = () => (returning = false)
      list.addEventListener('wheel', scrolled, { passive: true })
      list.addEventListener('touchmove', scrolled, { passive: true })
      list.addEventListener('keydown', scrolled)
      addEventListener('pagehide', write)
      return () => {
        write()
        returning = false
        list.removeEventListener('wheel', scrolled)
        list.removeEventListener('touchmove', scrolled)
        list.removeEventListener('keydown', scrolled)
        removeEventListener('pagehide', write)
      }
    },
    note(list, { following, anchor }) {
      if (returning) return
      const row = following ? null : anchor?.row.closest<HTMLElement>('[data-message-id]')
      if (row && !row.isConnected) return
      now = !row ? null : { id: row.dataset['messageId'] ?? '', seq: Number(row.dataset['seq']), offset: offsetIn(list, row) }
      timer ??= setTimeout(write, WRITE_AFTER)
    },
  }
}

function firstSeq(list: HTMLElement): number {
  return Number(list.querySelector<HTMLElement>('[data-message-id]')?.dataset['seq'] ?? 0)
}

/** Resolves when what was asked for is in the document: a screen that rests between frames draws it a few frames later. */
async function drawn(isThere: () => boolean): Promise<void> {
  for (let frames = 0; frames < MOST_FRAMES && !isThere(); frames++) await new Promise((frame) => requestAnimationFrame(frame))
}

function read(key: string): KeptPlace | null {
  const text = kept('session', key)
  if (text === null) return null
  const place: unknown = JSON.parse(text)
  const isPlace = typeof place === 'object' && place !== null && 'id' in place && 'seq' in place && 'offset' in place
  return isPlace ? { id: String(place.id), seq: Number(place.seq), offset: Number(place.offset) } : null
}
