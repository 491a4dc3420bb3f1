// Members note something, write a note anew, and take one away; all of them may, and each note says who did.
import type { Command } from '../../conversation/command'
import { accept, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

export type OfMemory = Extract<Command, { type: 'remember' | 'edit-memory' | 'forget' }>

/** Refuses as the room's memory does. */
export function note({ memory }: PostingPort, { id: person }: Membership, command: OfMemory): Result<null> {
  if (command.type === 'forget') return memory.remove(person, command.id)
  const { fact, type } = command
  const kept =
    type === 'edit-memory'
      ? memory.edit(person, command.id, fact)
      : memory.add(person, { fact, ...(command.source === undefined ? {} : { source: command.source }) })
  return kept.ok ? accept(null) : kept
}
