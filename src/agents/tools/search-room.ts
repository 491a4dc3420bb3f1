// Finds what was said in the room.
import { z } from 'zod'
import { shown } from './shown-message'
import type { Tool } from './tool'

const MOST_FOUND = 20
const USUALLY = 8
/** Looked at for each: what is sifted out afterwards is found too. */
const LOOKED_AT = 100

const input = z.object({
  query: z.string().trim().min(1).max(200).describe('Words to look for, whatever their case.'),
  match: z.enum(['all', 'any']).optional().describe('Whether a message must hold all of the words, which is usual, or any of them.'),
  limit: z.int().min(1).max(MOST_FOUND).optional().describe(`Messages at most; ${USUALLY} where you do not say.`),
  before: z.int().min(1).optional().describe('Only messages with a smaller number.'),
  people_only: z.boolean().optional().describe('Leaves out what AI agents said.'),
})

export const SEARCH_ROOM: Tool<z.infer<typeof input>> = {
  name: 'search_room',
  description: 'Looks for words in what was said in this room, the newest first. Each message that is found has its number, author, time and text.',
  input,
  effect: 'none',
  run({ query, match = 'all', limit = USUALLY, before = Infinity, people_only: peopleOnly = false }, { room }) {
    if (!room.may()) return NO_RIGHT
    const words = query.toLowerCase().split(/\s+/)
    const wanted = room
      .search(query, LOOKED_AT, match)
      .filter(({ seq, kind }) => seq < before && (!peopleOnly || kind === 'person'))
      .map((message) => ({ message, words: words.filter((word) => message.text.toLowerCase().includes(word)) }))
    // Those with the most of the words first, and of these the newest.
    const found = wanted.sort((a, b) => b.words.length - a.words.length || b.message.seq - a.message.seq)
    return {
      ok: true,
      output: {
        found: found.slice(0, limit).map(({ message, words: [first = ''] }) => shown(message, first)),
        more: Math.max(0, found.length - limit),
        searched: room.reach(),
      },
    }
  },
}

export const NO_RIGHT = { ok: false, text: 'Whoever asked for this answer has no place in this room any more.' } as const
