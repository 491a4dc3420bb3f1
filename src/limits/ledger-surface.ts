// What may be asked of the ledger, over Durable Object RPC: one object for the whole instance, which counts what is rare
// and costly and must outlast a restart. Addresses are keys of networks (address-key.ts); null where none is known.
import type { MemberId, RoomId } from '../conversation/ids'
import type { Result } from '../conversation/refusal'
import type { Budget, Spender } from './limit-settings'
import type { Standing } from './limits'
import type { PostedBytes, PostsLeft } from './posted'

/** What is left for one person in one room today. */
export interface Allowance {
  /** Answers that may still be asked for; null for as many as one likes. */
  readonly calls: number | null
  /** Whose budget is the tightest. */
  readonly spender: Spender
  /** When the counts begin anew, ms since 1970. */
  readonly resetsAt: number
}

/** What one person may still do in one room today. */
export interface Left {
  readonly answers: Allowance
  readonly posts: PostsLeft
}

/** One call of a model that has been granted, and is settled once it is known what it cost. */
export interface Reservation {
  readonly day: number
  readonly person: MemberId
  readonly room: RoomId
  readonly address: string | null
  readonly tokens: number
  /** Settled as what they were when it was granted. */
  readonly wasGuest: boolean
  readonly left: Allowance
}

/** Somebody in a room, and the network from which they are there. */
export interface SocketPlace {
  readonly room: RoomId
  readonly person: MemberId
  readonly address: string | null
}

export interface Spent {
  readonly calls: number
  readonly tokens: number
}

/** Today, for whoever looks after the instance. The most spent comes first; at most 100 people and rooms. */
export interface Usage {
  readonly resetsAt: number
  readonly limits: Readonly<Record<Spender, Budget>>
  readonly instance: Spent & { readonly signIns: number; readonly newRooms: number; readonly sockets: number }
  readonly people: readonly (Spent & { readonly id: MemberId; readonly isAccount: boolean; readonly sockets: number })[]
  readonly rooms: readonly (Spent & { readonly id: RoomId; readonly sockets: number })[]
}

export interface LedgerSurface {
  /** A stranger wants to become a guest: counts it. Refuses: too_fast. */
  signIn(address: string | null): Promise<Result>
  /** Somebody wants to make a room: counts it. Refuses: too_fast. */
  newRoom(person: MemberId, address: string | null): Promise<Result>
  /** The room was not made after all. */
  noNewRoom(person: MemberId, address: string | null): Promise<void>
  /** Somebody wants another name: counts it. Refuses: too_fast. */
  rename(person: MemberId): Promise<Result>
  /** The rooms where somebody is now, to be told of their new name: for each of them they wait a little longer for the next one. */
  roomsToTell(person: MemberId): Promise<readonly RoomId[]>
  /** One more socket, of somebody of this standing in the room. Answers what they may ask for, and post. Refuses: too_many_sockets. */
  openSocket(place: SocketPlace, standing: Standing): Promise<Result<Left>>
  closeSocket(place: SocketPlace): Promise<void>
  /** All the sockets that a room has, when it wakes: whatever was counted of it before is forgotten. Answers what each may still do, in their order. */
  present(room: RoomId, sockets: readonly Omit<SocketPlace, 'room'>[]): Promise<readonly Left[]>
  left(place: SocketPlace): Promise<Left>
  /** What was posted; answers what each may still post, in their order. */
  posted(posts: readonly PostedBytes[]): Promise<readonly PostsLeft[]>
  /** Grants one call of a model that may take so many tokens, and counts it as spent. Refuses: budget_spent. */
  reserve(place: SocketPlace, tokens: number): Promise<Result<Reservation>>
  /** What a granted call took in the end. A call that is never settled has cost its reservation. */
  settle(reservation: Reservation, tokens: number): Promise<void>
  /** Whether this person has an account, whose budget is its own, or is a guest. */
  setAccount(person: MemberId, isAccount: boolean): Promise<void>
  /** This person owns the instance, and has an account; whoever owned it before is a guest like all others. */
  setOwner(person: MemberId): Promise<void>
  usageToday(): Promise<Usage>
}

/** The instance's ledger; under another name, a test's own. */
export function ledgerOf(env: Pick<Env, 'LEDGER'>, name = 'ledger'): LedgerSurface {
  // RPC's mapped types lose our unions and brands; this is the same object, said plainly.
  const ledger: unknown = env.LEDGER.get(env.LEDGER.idFromName(name))
  return ledger as LedgerSurface
}
