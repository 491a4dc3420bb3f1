// What a client may ask for itself alone: the rest of the room hears nothing of it [L7].
import { z } from 'zod'
import { isLongCommand } from '../../conversation/command'
import { isMessageId } from '../../conversation/ids'
import { MAX_QUESTION_LENGTH } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'
import type { Question } from './frames'

type Held = Extract<Question, { type: 'growth' }>['held']

/** Open replies that a question may name: as many as a page has messages. */
const MAX_OPEN = PAGE_SIZE
/** Parts of one reply, at most (R42). */
const MAX_PARTS = 1_000
/** Values of any kind in one frame: eight replies that are being written (R13), each with all the parts that it may have. */
export const MAX_VALUES = 8 * MAX_PARTS + 8 * MAX_OPEN

const count = z.int().min(0)

const schema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sync'), id: z.string().max(64), ask: z.int().min(0).max(7), body: z.unknown() }),
  z.strictObject({ type: z.literal('since'), version: count }),
  // One check for all of it: zod would write down what is wrong with each of thousands.
  z.strictObject({ type: z.literal('growth'), held: z.custom<Held>(isHeld) }),
  z.strictObject({ type: z.literal('before'), seq: count }),
])

/** Null when it is no question: then it may be a command. Only a question that names what is held may be long. */
export function parseQuestion(input: unknown, length: number): Question | null {
  if (isLongCommand(input)) return null
  const parsed = schema.safeParse(input)
  if (!parsed.success) return null
  const mayBeLong = parsed.data.type === 'growth' || parsed.data.type === 'sync'
  return mayBeLong || length <= MAX_QUESTION_LENGTH ? parsed.data : null
}

function isHeld(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MAX_OPEN && value.every(isReplyHeld)
}

function isReplyHeld(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [id, lengths] = value as readonly unknown[]
  return isMessageId(id) && Array.isArray(lengths) && lengths.length <= MAX_PARTS && lengths.every(isLength)
}

function isLength(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
