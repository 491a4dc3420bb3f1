// Reads what was said in the room: lately, around a message, by somebody, or in a time.
import { z } from 'zod'
import { NO_RIGHT } from './search-room'
import { shown } from './shown-message'
import type { Tool } from './tool'

const MOST_READ = 50
const USUALLY = 20
/** Of all of them together, in characters, and of what stands around the words of each: all that a model reads of one result. */
const LONGEST_TOGETHER = 14_000
const AROUND = 180
const SHORTEST = 60

const moment = z.iso.datetime({ offset: true })
const input = z.object({
  around: z.int().min(1).optional().describe('The number of a message, which is read with those around it.'),
  before: z.int().min(1).optional().describe('Only messages with a smaller number.'),
  author: z.string().trim().min(1).max(100).optional().describe('Only messages of somebody of this name.'),
  from: moment.optional().describe('Only messages since this moment, as in 2026-03-03T12:00:00Z.'),
  to: moment.optional().describe('Only messages until this moment.'),
  limit: z.int().min(1).max(MOST_READ).optional().describe(`Messages at most; ${USUALLY} where you do not say.`),
})

export const READ_MESSAGES: Tool<z.infer<typeof input>> = {
  name: 'read_messages',
  description: 'Reads messages of this room, oldest first: the newest ones, or those around a message, of an author, or of a time.',
  input,
  effect: 'none',
  run({ around, before, author, from, to, limit = USUALLY }, { room }) {
    if (!room.may()) return NO_RIGHT
    const last = around === undefined ? undefined : around + Math.floor(limit / 2)
    const upTo = Math.min(last ?? Infinity, (before ?? Infinity) - 1)
    const found = room.read({
      limit,
      ...(Number.isFinite(upTo) ? { upTo } : {}),
      ...(author === undefined ? {} : { author }),
      ...(from === undefined ? {} : { from: Date.parse(from) }),
      ...(to === undefined ? {} : { to: Date.parse(to) }),
    })
    const most = Math.max(SHORTEST, Math.floor(LONGEST_TOGETHER / Math.max(1, found.length)) - AROUND)
    return { ok: true, output: { found: found.map((message) => shown(message, '', most)) } }
  },
}
