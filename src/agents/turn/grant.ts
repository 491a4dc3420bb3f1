// Leave to call a model once, and the account of what it took.
import type { Failure } from '../../conversation/message'
import type { Result } from '../../conversation/refusal'

/** A call as it is asked for. */
export interface WantedCall {
  /** Tokens of the prompt, as estimated. */
  readonly asked: number
  /** Tokens that the answer may have, as its model has it. */
  readonly longest: number
  /** `provider:model`, or `guide`. */
  readonly model: string
  /** Whether it costs whoever runs this anything: the guide does not. */
  readonly isMetered: boolean
}

/** What a call took in the end, in tokens. */
export interface Took {
  readonly input: number
  readonly output: number
  /** Of the input: read from a cache. */
  readonly cached: number
  /** Of the output: what it thought. */
  readonly reasoning: number
  /** The provider did not say all of it. */
  readonly isEstimated: boolean
  /** US dollars; null where the price is not known. */
  readonly dollars: () => Promise<number | null>
}

export interface GrantedCall {
  /** Tokens that the answer may have. */
  readonly longest: number
  /** Why an answer ends that is as long as that; null where it is the model's own limit. */
  readonly end: Failure | null
  /** So many tokens more were heard, as estimated; answers why the turn ends here, null while it may go on. */
  hear(tokens: number, isWord: boolean): Failure | null
  /** Told once what it took, before its end is. */
  settle(took: Took): void
}

/** Asks for one call. Refuses: budget_spent. */
export type Grant = (call: WantedCall) => Promise<Result<GrantedCall>>
