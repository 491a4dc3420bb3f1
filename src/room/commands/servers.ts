// What a room's owner does with its servers of tools. What comes of it is in the record, once the server has answered.
import type { Command } from '../../conversation/command'
import type { PolicyMode } from '../../conversation/policy'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Membership } from '../members/members'
import type { PostingPort } from './posting'

export type ServerCommand = Extract<Command, { type: 'add-server' | 'check-server' | 'accept-tools' | 'set-policy' | 'remove-server' }>

/** Refuses: not_owner, malformed, name_taken, too_many, too_late, no_such_message. */
export function changeServers({ servers, approvals, asking }: PostingPort, { role }: Membership, command: ServerCommand): Result<null> {
  if (role !== 'owner') return refuse('not_owner', 'Only the owner of this room changes its servers.')
  const changed = change(servers, command)
  // What waits for people by then waits for what is there now.
  if (changed.ok) for (const reply of approvals.review()) asking.goOn(reply)
  return changed
}

function change(servers: PostingPort['servers'], command: ServerCommand): Result<null> {
  switch (command.type) {
    case 'add-server': {
      const added = servers.add(command)
      return added.ok ? accept(null) : added
    }
    case 'check-server':
      return servers.check(command.server)
    case 'accept-tools':
      return servers.acceptTools(command.server, command.print, byName(command.policies ?? {}))
    case 'set-policy':
      return servers.setPolicies(command.server, byName(command.policies))
    case 'remove-server':
      return servers.remove(command.server)
    default:
      return command satisfies never
  }
}

/** A server names its tools as it likes: also as what every object has. */
function byName(policies: Readonly<Record<string, PolicyMode>>): ReadonlyMap<string, PolicyMode> {
  return new Map(Object.entries(policies))
}
