// A server of tools as everybody in a room may see it: where it is, how it stands, and who lets each of its tools run. Invariants: nothing of
// what it holds is secret; a tool is offered to agents only as the room's owner has reviewed it.
import type { PolicyMode } from './policy'

/** `accepted`: as its owner saw it. The others are not offered: `new`, `changed` since then, `gone` from its server. */
export const REVIEWS = ['accepted', 'new', 'changed', 'gone'] as const

export interface ServerTool {
  /** As its server calls it. */
  readonly name: string
  /** As models call it, for as long as it is known here: what is said of it by this name is never said of another. */
  readonly called: string
  readonly title: string | null
  /** Who lets a call run, where its room's `policy` record says nothing else. */
  readonly policy: PolicyMode
  /** It only reads, as its server says. */
  readonly readOnly: boolean
  readonly review: (typeof REVIEWS)[number]
}

/** `connecting`: its tools are being asked for. `review`: there is something to be accepted. `sign-in`: it lets in whoever signs in there. */
export const SERVER_STATES = ['connecting', 'review', 'ready', 'sign-in', 'failed'] as const

export interface ServerProfile {
  readonly address: string
  /** Small letters, digits and `_`: with it begins what a model calls its tools. No other server of the room has it. */
  readonly name: string
  readonly state: (typeof SERVER_STATES)[number]
  /** What more there is to say of that, in a sentence. */
  readonly words: string | null
  /** Names all that its owner has to review: what is accepted is this and nothing later. */
  readonly print: string
  readonly tools: readonly ServerTool[]
  /** Somebody signed in there: its tools act with that account. Their name, as it was. */
  readonly signedInBy?: string
}

export const MAX_SERVERS = 8
/** Of one server. */
export const MAX_SERVER_TOOLS = 64
export const MAX_SERVER_NAME = 24
/** The longest name of a tool. */
export const MAX_TOOL_NAME = 128
export const MAX_TOOL_TITLE = 120
/** The longest token that a server may want, and the longest secret of a client. */
export const MAX_TOKEN = 4_096
/** The longest id of a client that is given by hand. */
export const MAX_CLIENT_ID = 2_000
