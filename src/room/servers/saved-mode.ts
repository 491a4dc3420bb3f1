// What a room's `policy` record says of a tool, in one word.
import { POLICIES, type PolicyMode } from '../../conversation/policy'

/** Null where there is no such record. */
export function modeIn(value: unknown): PolicyMode | null {
  const mode = typeof value === 'object' && value !== null && 'mode' in value ? value.mode : null
  return POLICIES.find((each) => each === mode) ?? null
}
