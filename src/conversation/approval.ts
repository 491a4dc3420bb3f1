// A call of a tool that waits for people, as everybody in its room may see it. Invariants: who may decide follows from this and from who
// somebody is in the room, the same on a screen as where it is decided; an agent and whoever is no member never may.
import type { MemberId, MessageId } from './ids'
import type { MemberKind } from './member'
import type { PolicyMode } from './policy'
import type { Question } from './question'

export const APPROVAL_STATES = ['open', 'approved', 'denied', 'expired', 'void'] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

/** `always`: and nobody has to be asked from now on. `answer` and `decline` are said to a question, `deny` also to that: then it is not answered at all. */
export const VERDICTS = ['approve', 'deny', 'always', 'answer', 'decline'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What a turn has read that nobody here answers for. */
export const TAINTS = ['web', 'server', 'guest', 'note'] as const
export type Taint = (typeof TAINTS)[number]

export interface Decision {
  readonly by: MemberId
  /** What they were called then. */
  readonly name: string
  readonly verdict: Verdict
  /** What the agent is told of it. */
  readonly reason?: string
  /** Server time, ms since 1970. */
  readonly at: number
}

export interface Approval {
  /** The reply that calls, and its call. */
  readonly reply: MessageId
  readonly call: string
  readonly agent: MemberId
  readonly agentName: string
  /** Whose wish the reply is; null where that is not known. */
  readonly asker: MemberId | null
  readonly askerName: string
  /** The tool's own name. */
  readonly tool: string
  /** As a model calls it; its policy goes by that name. */
  readonly toolName: string
  readonly server: string | null
  /** Of a tool of a server: which server, and what of it was accepted, as it was called. */
  readonly pin?: string
  /** The call's arguments as JSON, their beginning where they are longer; the reply holds them whole. */
  readonly arguments: string
  /** SHA-256 of the arguments in hexadecimal, their names in order: what is approved is this and nothing else. */
  readonly hash: string
  readonly mode: PolicyMode
  readonly people: readonly MemberId[]
  readonly needed: number
  /** Who may decide, in words. */
  readonly who: string
  /** Why somebody is asked although the tool might run by itself, in words. */
  readonly taint: string | null
  readonly state: ApprovalState
  /** The last of each person, in the order in which they came. */
  readonly decisions: readonly Decision[]
  /** Why it is void, in words. */
  readonly note: string | null
  /** What its server asks; its fields are gone once somebody has answered. */
  readonly question?: Question
  /** Server time, ms since 1970. */
  readonly openedAt: number
  readonly expiresAt: number
  readonly closedAt: number | null
}

/** What a message keeps of a card that is closed. */
export interface ApprovalTold extends Pick<Approval, 'state' | 'who' | 'taint' | 'decisions' | 'note' | 'closedAt'> {
  /** What its server asked. */
  readonly asked?: string
}

/** Read with care: a newer release may have written more. Null for a call that holds none. */
export function approvalToldIn({ toolMetadata }: { readonly toolMetadata?: Readonly<Record<string, unknown>> }): ApprovalTold | null {
  const told = toolMetadata?.['approval'] as Readonly<Partial<Record<keyof ApprovalTold, unknown>>> | null | undefined
  const isTold = typeof told === 'object' && told !== null && APPROVAL_STATES.includes(told.state as ApprovalState) && Array.isArray(told.decisions)
  return isTold ? (told as ApprovalTold) : null
}

/** Somebody who would decide, as the room knows them. */
export interface Decider {
  readonly id: MemberId
  readonly kind: MemberKind
  /** Null for whoever has no place in the room (any more). */
  readonly role: 'owner' | 'member' | null
}

export type Rule = Pick<Approval, 'mode' | 'people' | 'asker'>

export function mayDecide({ mode, people, asker }: Rule, { id, kind, role }: Decider): boolean {
  if (kind !== 'person' || role === null) return false
  switch (mode) {
    case 'asker':
      return id === asker || isModerator({ role })
    case 'moderators':
      return isModerator({ role })
    case 'named':
      return people.includes(id)
    case 'member':
      return true
    case 'votes':
      return people.length === 0 || people.includes(id)
    case 'auto':
    case 'off':
      return false
    default:
      return mode satisfies never
  }
}

/** Whoever may change what a tool may. */
export function isModerator({ role }: Pick<Decider, 'role'>): boolean {
  return role === 'owner'
}

/** The longest reason, in characters. */
export const MAX_REASON = 500
