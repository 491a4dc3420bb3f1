// What a client may ask for itself alone: the rest of the room hears nothing of it [L7].
import { z } from 'zod'
import { isMessageId, type MessageId } from '../../conversation/ids'
import type { Question } from './frames'

/** Replies open at once, and parts of one reply, that a question may name; far above what a room has. */
const MAX_OPEN = 200
const MAX_PARTS = 1_000

const count = z.int().min(0)
const messageId = z.custom<MessageId>(isMessageId)

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sync'), id: z.string().max(64), ask: z.int().min(0).max(7), body: z.unknown() }),
  z.strictObject({ type: z.literal('since'), version: count }),
  z.strictObject({ type: z.literal('growth'), held: z.array(z.tuple([messageId, z.array(count).max(MAX_PARTS)])).max(MAX_OPEN) }),
  z.strictObject({ type: z.literal('before'), seq: count }),
])

/** Null when it is no question: then it may be a command. */
export function parseQuestion(input: unknown): Question | null {
  const parsed = schema.safeParse(input)
  return parsed.success ? parsed.data : null
}
