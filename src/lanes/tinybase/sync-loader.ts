// A client's end of the synchronizer. It loads from the room, once per connection, and never saves: what is in the store
// came from the room. Each load has a synchronizer of its own, so that none outlives the connection it was made for.
import { createCustomSynchronizer } from 'tinybase/synchronizers'
import type { Question, TakeIn } from './frames'
import type { Window } from './window'

/** The room, as the synchronizer knows it. */
const ROOM = 'room'
/** How long the room may take for one answer, seconds. */
const ANSWER_WITHIN_S = 15
/** TinyBase's message numbers. */
const RESPONSE = 0
const GET_CONTENT_HASHES = 1

interface Loading {
  readonly takeIn: TakeIn
  readonly rejectAll: (error: Error) => void
}

export class SyncLoader {
  private readonly window: Window
  private readonly ask: (question: Question) => boolean
  private loading: Loading | null = null

  /** `ask` answers false when there is no connection. */
  constructor(window: Window, ask: (question: Question) => boolean) {
    this.window = window
    this.ask = ask
  }

  /** Loads what differs from the room's store, which has this hash. False when the room could not be asked. */
  async load(hash: number): Promise<boolean> {
    let failed = false
    const send = (_client: string | null, id: string | null, message: number, body: unknown): void => {
      // The room said its hash in its hello already. The second hash is that of TinyBase values: there are none.
      if (message === GET_CONTENT_HASHES) return this.loading?.takeIn(ROOM, id, RESPONSE, [hash, 0])
      if (!this.ask({ type: 'sync', id: id ?? '', ask: message, body })) throw new Error('disconnected')
    }
    const synchronizer = createCustomSynchronizer(
      this.window.store,
      send,
      (receive, rejectAll) => (this.loading = { takeIn: receive, rejectAll }),
      () => {},
      ANSWER_WITHIN_S,
      undefined,
      undefined,
      () => (failed = true),
    )
    await synchronizer.load()
    await synchronizer.destroy()
    return !failed
  }

  received(id: string, body: unknown): void {
    this.loading?.takeIn(ROOM, id, RESPONSE, body)
  }

  /** The connection is gone, and with it every answer. */
  disconnected(): void {
    this.loading?.rejectAll(new Error('disconnected'))
    this.loading = null
  }
}
