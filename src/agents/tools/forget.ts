// Takes a note of the room away, for whoever asked.
import { z } from 'zod'
import { MAX_FACT } from '../../conversation/memory'
import type { Notes } from './remember'
import type { Tool } from './tool'

const input = z.object({ note: z.string().min(1).max(MAX_FACT).describe('The note, or words of it that no other note has.') })

export function forget(notes: Notes): Tool<z.infer<typeof input>> {
  return {
    name: 'forget',
    description: 'Takes one of the notes of the room away, for everybody. Use it only when somebody asks you to forget something, or to put a note right.',
    input,
    effect: 'room',
    run: ({ note }) => {
      const removed = notes.remove(note)
      return removed.ok ? { ok: true, output: { forgotten: removed.value } } : { ok: false, text: removed.refusal.message }
    },
  }
}
