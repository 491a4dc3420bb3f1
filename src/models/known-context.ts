// How much a model can take, where the kept registry knows [R162]: a model that takes less than is usual is asked for less, and one at an
// address of which nothing is known is asked for what is safe there.
import { type ChosenModel, LARGE_CONTEXT, type ModelChoice } from './choose-model'
import { isNearby } from './nearby'

/** The same model, with the context that the registry knows of it; no more than a chat needs, because every token is paid for on each turn. */
export async function withKnownContext(choice: ModelChoice, at: number): Promise<ModelChoice> {
  if (!choice.ok) return choice
  const known = await contextOf(choice.chosen, at)
  if (known === null) return choice
  const contextTokens = Math.min(known, LARGE_CONTEXT)
  // An answer that takes all there is leaves no room for what it answers.
  return { ok: true, chosen: { ...choice.chosen, contextTokens, maxOutputTokens: Math.min(choice.chosen.maxOutputTokens, Math.floor(known / 2)) } }
}

async function contextOf({ settings, id }: ChosenModel, at: number): Promise<number | null> {
  if (settings.provider === 'guide') return null
  // The registry takes a moment to load, and knows nothing of a machine of one's own.
  if ('baseUrl' in settings && settings.baseUrl !== undefined && isNearby(settings.baseUrl)) return null
  try {
    const { factsOf } = await import('./price')
    return factsOf(settings, { inputTokens: 0, outputTokens: 0 }, at).contextTokens
  } catch (cause) {
    console.error('what a model can take could not be looked up', { model: id }, cause)
    return null
  }
}
