// What a room's servers of tools are given, and what they answer their reviewer.
import type { ToolDefinition } from '../../agents/servers/definitions'
import type { MemberId, RoomId } from '../../conversation/ids'
import type { PolicyMode } from '../../conversation/policy'
import type { Effect } from '../../conversation/tool-part'
import type { RoomRecord } from '../../conversation/record'
import type { ServerTool } from '../../conversation/server-profile'
import type { Ask } from '../../outside/outside'
import type { Changes } from '../records/changes'
import type { StoredServers } from './stored-servers'

/** How servers are reached, and how what they want to be shown is sealed: the instance's own matter. */
export interface ServerHost {
  readonly ask: Ask
  /** Whether this very machine may be asked. */
  readonly loopback: boolean
  /** A secret of this purpose, as it is kept. */
  seal(secret: string, purpose: string): Promise<string>
  /** Null where it cannot be opened any more. */
  unseal(sealed: string, purpose: string): Promise<string | null>
}

export interface AddedServer {
  readonly address: string
  readonly name?: string | undefined
  /** What it wants to be shown. */
  readonly token?: string | undefined
  /** Who we are where one signs in for it. */
  readonly client?: { readonly id: string; readonly secret?: string | undefined } | undefined
}

export interface ServersPort {
  host(): ServerHost
  readonly stored: StoredServers
  room(): RoomId
  isOwner(person: MemberId): boolean
  nameOf(person: MemberId): string
  changes(): Changes
  records(): readonly RoomRecord[]
  /** What the room's owner said last of a tool that models call by this name; null for nothing. */
  savedMode(called: string): PolicyMode | null
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<unknown>): void
  later(run: () => void, ms: number): void
  now(): number
  /** Runs all of `write` or none of it. */
  transaction<T>(write: () => T): T
}

/** A server's tool as its policy is shown. */
export interface ServedFacts {
  readonly name: string
  readonly own: string
  readonly server: string
  readonly pin: string
  readonly description: string
  readonly effect: Effect
  readonly readOnly: boolean
  readonly isOffered: boolean
  readonly policy: PolicyMode
}

/** A tool as its reviewer sees it. */
export interface ToolToReview extends ServerTool {
  /** As it is now; null when it is gone. */
  readonly found: ToolDefinition | null
  /** As it was accepted; null when it is new. */
  readonly accepted: ToolDefinition | null
}
