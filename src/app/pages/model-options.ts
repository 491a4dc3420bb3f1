// The models among which an agent's form chooses: the instance's default first, then all that there are, and last what an agent
// has that is there no more.
import { DEFAULT, type OfferedModel } from '../../models/offer/offer'

/** What people call a model that an agent names. */
export function modelInWords(models: readonly OfferedModel[], named: string): string {
  return models.find(({ id }) => id === named)?.label ?? `${withoutPlace(named)} (not here any more)`
}

/** An id that was made before ids were marks may end in an address, which is nobody's to read. */
function withoutPlace(id: string): string {
  return id.replace(/@[^@/]*[.:][^@]*$/, '')
}

/** Values and words of a select. `chosen` is one of the values. */
export function modelOptions(models: readonly OfferedModel[], chosen: string): readonly (readonly [value: string, words: string])[] {
  const standard = models.find(({ isDefault }) => isDefault)
  const offered = models.map(({ id, label }) => [id, label] as const)
  const gone = chosen === DEFAULT || models.some(({ id }) => id === chosen) ? [] : [[chosen, `${withoutPlace(chosen)} (not here any more)`] as const]
  return [[DEFAULT, standard ? `default: ${standard.label}` : DEFAULT], ...offered, ...gone]
}
