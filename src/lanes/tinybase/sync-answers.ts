// The room's end of the synchronizer. It answers questions and does nothing else: it neither loads nor listens, so that
// content which a client sends cannot get in, and it never asks, so that no timer keeps the room from hibernating.
import { createCustomSynchronizer } from 'tinybase/synchronizers'
import type { Question, TakeIn } from './frames'
import type { Window } from './window'

/** TinyBase's message numbers from here on ask for differences; those below carry hashes and content. */
const FIRST_QUESTION = 4

export class SyncAnswers {
  private takeIn: TakeIn | null = null
  private answered: unknown

  constructor(window: Window) {
    createCustomSynchronizer(
      window.store,
      (_client, _id, _message, body) => (this.answered = body),
      (receive) => (this.takeIn = receive),
      () => {},
      1,
    )
  }

  /** `ignored` for content, null for what is not well formed. The synchronizer answers before `takeIn` returns. */
  answer({ id, ask, body }: Extract<Question, { type: 'sync' }>): { readonly body: unknown } | 'ignored' | null {
    if (ask < FIRST_QUESTION) return 'ignored'
    this.answered = undefined
    this.takeIn?.('client', id, ask, body)
    return this.answered === undefined ? null : { body: this.answered }
  }
}
