// The people that are ticked in the form of a policy, as its fields and as an address say them.
import { isMemberId, type MemberId } from '../../conversation/ids'
import { MOST_DECIDERS } from '../../conversation/policy'

/** What a person's box is called. */
export const PERSON = 'person:'

export function tickedIn(fields: Readonly<Record<string, string>>): readonly MemberId[] {
  return Object.keys(fields).flatMap((field) => {
    const id = field.slice(PERSON.length)
    return field.startsWith(PERSON) && isMemberId(id) ? [id] : []
  })
}

export function peopleIn(address: URLSearchParams): readonly MemberId[] {
  return address.getAll('person').filter(isMemberId).slice(0, MOST_DECIDERS)
}
