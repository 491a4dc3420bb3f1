// What a room keeps of signing in for a server of tools, sealed: who we are there, what was begun, and what came of it.
import type { BegunSignIn, Grant, KnownClient } from '../../agents/servers/sign-in/sign-in'
import type { MemberId } from '../../conversation/ids'

/** Who signs in: a person, in one of their sessions. */
export interface SigningIn {
  readonly person: MemberId
  /** A hash of the session's secret. */
  readonly session: string
}

export interface KeptSignIns {
  readonly client: KeptClient
  readonly begun: KeptBegun
  readonly grant: KeptGrant
}

export interface KeptClient {
  readonly client: KnownClient
  /** Where people come back to, by which it was registered; null for one that was given by hand. */
  readonly redirect: string | null
}

/** The latest that went out. */
export interface KeptBegun extends SigningIn, BegunSignIn {
  readonly nonce: string
  /** Server time, ms since 1970. */
  readonly until: number
}

/** It counts for as long as whoever signed in owns the room. */
export interface KeptGrant extends Grant {
  readonly person: MemberId
}
