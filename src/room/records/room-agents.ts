// The room's agents as its other parts ask for them: read from their records once for each change of any, with what the instance's
// models say about theirs.
import { namesOfAgent } from '../../agents/agent-names'
import { rosterOf, type RosterAgent } from '../../agents/roster'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { recordsOf } from '../../conversation/record'
import type { Records } from './records'

/** The instance's models, as the room was last told of them. */
export interface ModelsHere {
  /** Whether answers of this model cost anything, as an agent's form names it: the built-in guide's do not. */
  isMetered(model: string): boolean
  /** Whether an agent may have a model of this name. */
  offers(model: string): boolean
  /** Asks which there are now; without an answer what was known is known. Never throws. */
  learn(): Promise<void>
}

export interface RoomAgentsPort {
  readonly records: Records
  models(): ModelsHere
  /** Lets this go on when the request that began it has ended. */
  keep(work: Promise<unknown>): void
}

export class RoomAgents {
  private readonly port: RoomAgentsPort
  /** As it was read last: everybody who comes in is told of it. */
  private known: { readonly revision: number; readonly roster: readonly RosterAgent[] } = { revision: -1, roster: [] }

  constructor(port: RoomAgentsPort) {
    this.port = port
  }

  /** In the order in which they answer. */
  roster(): readonly RosterAgent[] {
    const { records } = this.port
    if (this.known.revision !== records.revision) this.known = { revision: records.revision, roster: rosterOf(recordsOf(records.of('agent'), 'agent')) }
    return this.known.roster
  }

  find(id: MemberId): RosterAgent | null {
    return this.roster().find((agent) => agent.id === id) ?? null
  }

  /** The same as everybody may see them. */
  members(): readonly Member[] {
    return this.roster().map(({ id, name }) => ({ id, name, kind: 'agent' }))
  }

  /** All that they are called by. */
  names(): readonly string[] {
    return this.roster().flatMap(namesOfAgent)
  }

  /** Whether the answers of one of them cost anything; of null, of any. */
  isMetered(agent: MemberId | null): boolean {
    return this.roster().some(({ id, model }) => (agent === null || id === agent) && this.port.models().isMetered(model))
  }

  /** Whether one may have a model of this name. One that was connected a moment ago may not be known here: it is for whoever asks again. */
  offers(model: string): boolean {
    const isKnown = this.port.models().offers(model)
    if (!isKnown) this.port.keep(this.port.models().learn())
    return isKnown
  }
}
