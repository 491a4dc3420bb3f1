// What a client may ask for itself alone: the rest of the room hears nothing of it [L7].
import { z } from 'zod'
import type { Question } from './frames'

const count = z.int().min(0)

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('since'), version: count }),
  z.strictObject({ type: z.literal('before'), seq: count }),
])

/** Null when it is no question: then it may be a command. */
export function parseQuestion(input: unknown): Question | null {
  const parsed = schema.safeParse(input)
  return parsed.success ? parsed.data : null
}
