// Somebody who owns the instance, by the link that it printed.
import type { World } from '../lane-contract/world'
import type { Guest } from './guest'
import { waitFor } from './wait-for'

export async function ownerOf(world: World, name = 'Olga'): Promise<Guest> {
  const owner = await world.guest(name)
  await waitFor('the link', () => /\/claim\/[\w-]{72}/.test(world.server.output))
  await owner.fetch(new URL(/\/claim\/[\w-]{72}/.exec(world.server.output)?.[0] ?? '', owner.origin))
  return owner
}
