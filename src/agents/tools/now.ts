// What time it is, by the room's clock.
import { z } from 'zod'
import type { Tool } from './tool'

export const NOW: Tool<Record<string, never>> = {
  name: 'now',
  description: 'Tells the time and the date, in UTC.',
  input: z.object({}),
  effect: 'none',
  run(_input, { now }) {
    const at = now()
    const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(at)
    return { ok: true, output: { at: new Date(at).toISOString(), weekday, zone: 'UTC' } }
  },
}
