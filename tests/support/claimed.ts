// Somebody who owns the instance, by the link that it printed.
import type { Guest } from './guest'
import { waitFor } from './wait-for'

/** A world of tests, or a stage. */
interface Place {
  readonly server: { readonly output: string }
  guest(name: string): Promise<Guest>
}

export async function ownerOf(place: Place, name = 'Olga'): Promise<Guest> {
  const owner = await place.guest(name)
  await waitFor('the link', () => /\/claim\/[\w-]{72}/.test(place.server.output))
  await owner.fetch(new URL(/\/claim\/[\w-]{72}/.exec(place.server.output)?.[0] ?? '', owner.origin))
  return owner
}
