// What members have agents do later: made by anybody, cancelled by its maker and the owner, by clocks that the owner sets.
import type { Command } from '../../conversation/command'
import type { MemberId } from '../../conversation/ids'
import { accept, type Result } from '../../conversation/refusal'
import type { PostingPort } from './posting'

export type Later = Extract<Command, { type: 'add-schedule' | 'cancel-schedule' | 'set-time-zone' }>

/** Refuses as the room's schedules do. */
export function laterOn({ schedules }: PostingPort, person: MemberId, command: Later): Result<null> {
  if (command.type === 'cancel-schedule') return schedules.cancel(person, command.id)
  if (command.type === 'set-time-zone') return schedules.setZone(person, command.zone)
  const added = schedules.add(person, command)
  return added.ok ? accept(null) : added
}
