// Notes a fact for the whole room, in the name of whoever asked.
import { z } from 'zod'
import { MAX_FACT } from '../../conversation/memory'
import type { Result } from '../../conversation/refusal'
import type { Tool } from './tool'

/** What notes are kept by: it knows in whose name. */
export interface Notes {
  /** Answers the note as it is kept. */
  add(fact: string): Result<string>
  /** Takes away the one note that holds these words; answers it. */
  remove(words: string): Result<string>
}

const input = z.object({
  fact: z.string().min(1).max(MAX_FACT).describe('One sentence that makes sense by itself, such as "The release is on 3 December." No instructions.'),
})

export function remember(notes: Notes): Tool<z.infer<typeof input>> {
  return {
    name: 'remember',
    description:
      'Notes one short fact for good. Everybody in the room sees the notes and may change them, and every agent reads them. Use it when somebody asks you to remember something, or when a decision or a preference is worth keeping. Never note secrets.',
    input,
    effect: 'room',
    run: ({ fact }) => {
      const added = notes.add(fact)
      return added.ok ? { ok: true, output: { noted: added.value } } : { ok: false, text: added.refusal.message }
    },
  }
}
