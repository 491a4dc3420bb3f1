// What a room's owner does with its servers of tools. What comes of it is in the record, once the server has answered.
import type { Command } from '../../conversation/command'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

export type ServerCommand = Extract<Command, { type: 'add-server' | 'check-server' | 'accept-tools' | 'set-policy' | 'remove-server' }>

/** Refuses: not_owner, malformed, name_taken, too_many, too_late, no_such_message. */
export function changeServers({ servers }: PostingPort, { role }: Membership, command: ServerCommand): Result<null> {
  if (role !== 'owner') return refuse('not_owner', 'Only the owner of this room changes its servers.')
  switch (command.type) {
    case 'add-server': {
      const added = servers.add(command)
      return added.ok ? accept(null) : added
    }
    case 'check-server':
      return servers.check(command.server)
    case 'accept-tools':
      return servers.acceptTools(command.server, command.print, command.policies ?? {})
    case 'set-policy':
      return servers.setPolicies(command.server, command.policies)
    case 'remove-server':
      return servers.remove(command.server)
    default:
      return command satisfies never
  }
}
