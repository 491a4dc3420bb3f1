// Why a server of tools has no answer, in words for people. Invariant: the words are ours, and hold nothing that a server said.

export class ServerFault extends Error {
  readonly state: 'failed' | 'sign-in'

  constructor(words: string, state: 'failed' | 'sign-in' = 'failed', cause?: unknown) {
    super(words, { cause })
    this.state = state
  }
}

/** It refused a call without having taken it, as one does that began anew and knows nothing of us. */
export class Forgotten extends ServerFault {}
