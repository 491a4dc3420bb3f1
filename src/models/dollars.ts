// What an answer cost in money, as far as the kept registry knows [R130]. The registry is loaded when the first answer of a server
// has ended, and not before.
import type { ModelSettings } from './model-settings'
import type { Usage } from './price'

/** US dollars at this time (ms since 1970); null where the price is not known. Never throws: a registry that cannot be had knows no price. */
export async function dollarsOf(settings: ModelSettings, usage: Usage, at: number): Promise<number | null> {
  if (settings.provider === 'guide') return 0
  try {
    const { factsOf } = await import('./price')
    return factsOf(settings, usage, at).dollars
  } catch (cause) {
    console.error('a price could not be looked up', { model: settings.model }, cause)
    return null
  }
}
