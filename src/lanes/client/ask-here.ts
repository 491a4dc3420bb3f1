// Who else is here, by name: asked for when somebody opens the list, in every lane by the same address [L7].
import type { Member } from '../../conversation/member'
import type { ClientOptions } from './client-options'

/** People from this place on; none when there are no more, null when they could not be had. */
export async function askHere({ origin, roomId, fetch = globalThis.fetch }: ClientOptions, from: number): Promise<readonly Member[] | null> {
  try {
    const response = await fetch(`${origin}/rooms/${roomId}/here?from=${from}`)
    return response.ok ? await response.json<readonly Member[]>() : null
  } catch {
    return null
  }
}
