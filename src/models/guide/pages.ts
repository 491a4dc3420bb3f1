// Where in the room something is seen and changed: the name of its page, and its address where the guide knows the room.
import type { Means } from './means'

const NAMES = { schedules: 'Schedules', memory: 'Memory', 'agents-settings': 'Agents' } as const

export function pageOf({ room }: Pick<Means, 'room'>, page: keyof typeof NAMES): string {
  return room === null ? `**${NAMES[page]}** of this room` : `**${NAMES[page]}** (\`/rooms/${room}/${page}\`)`
}
