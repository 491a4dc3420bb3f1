// Who lets each tool of a room run, as its owner said: told to everybody, changed by the owner. Invariant: a policy that takes people names at
// least one, and asks for no more votes than there are people.
import { askAgent, type Colleagues } from '../../agents/tools/ask-agent'
import { forget } from '../../agents/tools/forget'
import { offered } from '../../agents/tools/offered'
import { type Notes, remember } from '../../agents/tools/remember'
import { type Planner, schedule } from '../../agents/tools/schedule'
import type { OfferedTool } from '../../agents/tools/tool'
import type { Command } from '../../conversation/command'
import type { MemberId } from '../../conversation/ids'
import { type Policy, policyOf, type SavedPolicy, takesPeople } from '../../conversation/policy'
import { type RoomRecord, recordsOf } from '../../conversation/record'
import { accept, refuse, type Result } from '../../conversation/refusal'
import type { Members } from '../members/members'
import type { Changes } from '../records/changes'
import type { ServedFacts } from '../servers/servers-port'

/** A tool as its policy is shown. */
export interface RoomTool extends Pick<OfferedTool, 'name' | 'own' | 'description' | 'effect'> {
  readonly server: string | null
  /** Of a tool of a server: which server, and what of it was accepted. */
  readonly pin?: string
  readonly readOnly: boolean
  /** Agents are offered it: its server's owner accepted it. */
  readonly isOffered: boolean
  readonly policy: Policy
  /** What the people of its policy are called; null for one who has no place here any more. */
  readonly people: readonly (string | null)[]
}

export interface PoliciesPort {
  records(): readonly RoomRecord[]
  changes(): Pick<Changes, 'set'>
  readonly members: Pick<Members, 'find'>
  /** Those that every agent has. */
  tools(): readonly OfferedTool[]
  served(): readonly ServedFacts[]
  now(): number
}

export class RoomPolicies {
  private readonly port: PoliciesPort

  constructor(port: PoliciesPort) {
    this.port = port
  }

  /** What the owner said of a tool, by its name for models, if anything. */
  saved(tool: string): SavedPolicy | null {
    return recordsOf(this.port.records(), 'policy').find(({ id }) => id === tool)?.value ?? null
  }

  /** Of the room first, then of its servers. */
  all(): readonly RoomTool[] {
    const ours = [...this.port.tools(), ...OTHERS].map((tool) => ({ ...tool, server: null, readOnly: tool.readOnly === true, isOffered: true }))
    return [...ours, ...this.port.served()].map(({ policy: usual, ...tool }): RoomTool => {
      const { name, own, description, effect, server, readOnly, isOffered } = tool
      const pin = 'pin' in tool && tool.pin !== undefined ? { pin: tool.pin } : {}
      const { mode, people, needed } = this.saved(name) ?? policyOf(usual)
      const policy = { mode, people, needed }
      return {
        name,
        own,
        description,
        effect,
        server,
        ...pin,
        readOnly,
        isOffered,
        policy,
        people: people.map((id) => this.port.members.find(id)?.name ?? null),
      }
    })
  }

  /** Refuses: conflict where it is not what was seen, malformed, too_many. */
  save(by: string, { tool, mode, people = [], needed = 1, was }: Extract<Command, { type: 'save-policy' }>): Result<null> {
    const now = this.all().find(({ name }) => name === tool)
    if (was && now && !isSame(was, now.policy))
      return refuse('conflict', 'Who lets this tool run was changed since you looked. What it is now stands here; what you chose was not saved.')
    const chosen = takesPeople(mode) ? [...new Set(people)] : []
    const fault = this.faultOf({ mode, people: chosen, needed })
    if (fault !== null) return refuse('malformed', fault)
    return this.set(tool, by, { mode, people: chosen, needed: mode === 'votes' ? needed : 1 })
  }

  set(tool: string, by: string, { mode, people, needed }: Policy): Result<null> {
    const saved = this.port.changes().set('policy', tool, { mode, people, needed, by, at: this.port.now() })
    return saved.ok ? accept(null) : saved
  }

  private faultOf({ mode, people, needed }: Policy): string | null {
    if (people.some((id) => !this.port.members.find(id))) return 'Choose people who have a place in this room.'
    if (mode === 'named' && people.length === 0) return 'Choose at least one person who may approve it.'
    if (mode === 'votes' && people.length > 0 && needed > people.length)
      return `${needed} have to approve it, and ${people.length === 1 ? 'one person is' : `${people.length} people are`} chosen: choose more people, or ask for fewer votes.`
    return null
  }
}

function isSame(a: Policy, b: Policy): boolean {
  const named = ({ people }: Policy) => JSON.stringify([...people].sort())
  return a.mode === b.mode && (a.mode !== 'votes' || a.needed === b.needed) && (!takesPeople(a.mode) || named(a) === named(b))
}

/** What each turn has made for it, as it is told of: nobody calls these. */
const NOBODY: Notes & Planner & Colleagues = {
  add: () => refuse('not_a_member', 'Nobody asks.'),
  remove: () => refuse('not_a_member', 'Nobody asks.'),
  ask: async (_agent: MemberId | string) => ({ ok: false, text: 'Nobody asks.' }),
}
const OTHERS: readonly OfferedTool[] = [offered(remember(NOBODY)), offered(forget(NOBODY)), offered(schedule(NOBODY)), offered(askAgent(NOBODY))]
