// A session as a room knows it: enough to end its sockets, and of no use to anybody who reads it.

export interface SessionMark {
  /** A hash of the session's secret. */
  readonly hash: string
  /** When it ends by itself, ms since 1970. */
  readonly until: number
}
