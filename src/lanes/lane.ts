// The contract between a room and its lanes. A lane encodes events on the way out and decodes commands on the way in;
// it holds no truth of its own [L1].
import type { Command } from '../conversation/command'
import type { RoomEvent } from '../conversation/event'
import type { RoomId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { CatchUp, Page, Snapshot } from '../conversation/page'
import type { Refusal, Result } from '../conversation/refusal'
import type { LaneName } from './lanes'

export type { LaneName }

/** One socket of one member. */
export interface LaneConnection {
  readonly id: string
  readonly member: Member
  send(frame: string | Uint8Array): void
  /** Ends it: 1007 malformed, 1009 too big, 1008 refused, 1013 too slow. */
  close(code: number, reason: string): void
}

/** What a room offers a lane. */
export interface LanePort {
  readonly roomId: RoomId
  /** Sends one frame, encoded once, to every socket of this lane that has joined. */
  broadcast(frame: string | Uint8Array): void
  /** Sockets of this lane that have joined. */
  count(): number
  snapshot(): Snapshot
  /** What brings a client from this version to now; a snapshot for null. */
  catchUp(since: number | null): CatchUp
  /** Null while this socket may read on: asked before any of the three above or below is read for it alone. */
  refuseReading(connection: LaneConnection): Refusal | null
  /** Counts what a frame cost beside its length, in the units of `costOfFrame`: a flood of what is refused ends sooner than one of what is meant. */
  charge(connection: LaneConnection, cost: number): void
  /** The page before this seq. */
  page(before: number): Page
  /** Asks the room for something in a member's name. The answer follows the write [L2, L3]. */
  command(member: Member, command: Command): Result<{ readonly seq: number } | null>
  /** Server time, ms since 1970. */
  now(): number
}

export interface Lane {
  /** Called once, before anything else, when the room wakes. */
  start(): void | Promise<void>
  /** A member's socket opened, having seen the room up to `since` (null: nothing). From its return on, the socket gets the broadcasts. */
  join(connection: LaneConnection, since: number | null): void
  leave(connection: LaneConnection): void
  /** What happened since the last tick, in order. Encode it once. */
  tick(events: readonly RoomEvent[]): void
  /** A frame from a client, already known to be small enough. Nothing in it is to be trusted. */
  message(connection: LaneConnection, frame: string | ArrayBuffer): void
}

export type LaneFactory = (port: LanePort) => Lane
