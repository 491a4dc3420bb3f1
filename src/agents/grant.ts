// Leave to call a model once.
import type { Result } from '../conversation/refusal'

/**
 * Asks for one call that may take so many tokens. Granted, it answers with a function to be told what the call took in the
 * end. Refuses: budget_spent.
 */
export type Grant = (tokens: number) => Promise<Result<(took: number) => void>>
