// What the web app may ask of a room, over Durable Object RPC. Identity is the caller's duty: every `member` here came
// from a session, never from a payload [L2].
import { getAgentByName } from 'agents'
import type { EngagedAgent } from '../agents/engagement/facts'
import type { Answer } from '../agents/servers/sign-in/sign-in'
import type { AllowanceHere } from '../conversation/budgets'
import type { Command } from '../conversation/command'
import type { MemberId, MessageId, RoomId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { Message } from '../conversation/message'
import type { Page, Snapshot } from '../conversation/page'
import type { RoomRecord } from '../conversation/record'
import type { Result } from '../conversation/refusal'
import type { AuditedPage } from './approvals/audit'
import type { RoomTool } from './approvals/room-policies'
import type { AgentVersion } from './records/agent-versions'
import type { Rehearsal } from './queue/rehearsing'
import type { Access, Membership, Role } from './members/members'
import type { SigningIn } from './servers/kept-sign-ins'
import type { ToolToReview } from './servers/servers-port'
import type { SignInState } from './servers/sign-in-state'
import type { Costs } from './spending/costs'

/** A room as its visitor sees it. `invite`, and until when it lets people in (ms since 1970), are there for whoever may pass it on. */
export interface Visit {
  readonly room: {
    readonly id: RoomId
    readonly name: string
    readonly access: Access
    readonly isOwner: boolean
    readonly isAmongFew: boolean
    readonly invite: string | null
    readonly inviteUntil: number | null
    readonly mayRenewInvitation: boolean
  }
  readonly viewer: Member
  readonly role: Role
}

export interface OpenedRoom {
  readonly visit: Visit
  /** Names what everybody is shown of the messages: answers of one edition hold the same. */
  readonly edition: string
  readonly presence: Pick<Snapshot, 'here' | 'hereCount' | 'now'>
  /** Null when the asker has this edition. */
  readonly snapshot: Snapshot | null
}

/** What a room holds, for whoever runs the instance. `bytes` is the size of its database. */
export interface RoomFigures {
  readonly members: number
  readonly messages: number
  readonly bytes: number
}

export interface Allowance extends AllowanceHere {
  /** Answers that the instance still gives them today; null where it does not count them, or could not be asked. */
  readonly answers: number | null
}

export interface RoomSurface {
  /** Makes the room; refuses with `name_taken`. */
  create(name: string, access: Access, owner: Member | null): Promise<Result>
  /** Lets a person in, or refuses with `no_such_room` or `not_a_member`. A private room asks for its invitation once. */
  enter(person: Member, invite: string | null): Promise<Result<Visit>>
  /** Whether one more socket of this person would be let in, from this network. Refuses as `enter` does, and: room_full, too_many_sockets, too_fast. */
  admit(person: Member, address: string | null): Promise<Result>
  /** Whether this is the room's invitation. */
  invites(code: string): Promise<boolean>
  /** Lets a person in as `enter` does, and answers with what a page needs to show the room now; without the messages for the edition `known`. */
  open(person: Member, invite: string | null, known?: string | null): Promise<Result<OpenedRoom>>
  /** The page before a seq. For members. */
  page(person: MemberId, before: number): Promise<Result<Page>>
  /** One message as it stands. For members. Refuses also: no_such_message, too_fast. */
  message(person: MemberId, id: MessageId): Promise<Result<Message>>
  /** The room's records of this kind; all for null. For members. Refuses also: malformed, too_fast. */
  records(person: MemberId, kind: string | null): Promise<Result<readonly RoomRecord[]>>
  /** What each mode of an agent would have done with the newest messages. For the room's owner. Refuses also: not_owner, too_fast. */
  rehearse(person: MemberId, agent: Pick<EngagedAgent, 'id' | 'name' | 'handle'>): Promise<Result<readonly Rehearsal[]>>
  /** What an agent was before, the newest first. For the room's owner. Refuses also: not_owner. */
  agentVersions(person: MemberId, agent: MemberId): Promise<Result<readonly AgentVersion[]>>
  /** What acted outside or had to be approved, the newest before this line first. For the room's owner. Refuses also: not_owner. */
  audit(person: MemberId, before: number | null): Promise<Result<AuditedPage>>
  /** The tools of the room and of its servers, with who lets each run. For members. */
  policies(person: MemberId): Promise<Result<readonly RoomTool[]>>
  /** A server's tools, as they are and as they were accepted. For the room's owner. Refuses also: not_owner, no_such_message. */
  serverTools(person: MemberId, server: string): Promise<Result<readonly ToolToReview[]>>
  /** Resolves when the servers that are being asked for their tools have answered, or did not in time. For the room's owner. Refuses also: not_owner. */
  serversSettled(person: MemberId): Promise<Result>
  /**
   * How the room's owner signs in for a server: where to send them, `site` being where people reach us. Refuses also: not_owner, no_such_message,
   * too_fast, unavailable.
   */
  beginSignIn(who: SigningIn, server: string, site: string): Promise<Result<string>>
  /** They are back, with what they were sent out with. Refuses also: not_owner, not_yours, gone, no_such_message, unavailable. */
  finishSignIn(who: SigningIn, state: SignInState, answer: Answer): Promise<Result<null>>
  /** What the room's agents took, for everybody in it. For members. */
  costs(person: MemberId): Promise<Result<Costs>>
  /** What this person may still take here, and ask for in the instance from this network; told to them alone. For members. */
  allowance(person: MemberId, address: string | null): Promise<Result<Allowance>>
  /** People here, from this place in the order in which they came; at most HERE_PAGE. For members. */
  here(person: MemberId, from: number): Promise<Result<readonly Member[]>>
  /** Asks for something in a person's name, from this network; null where none is known. */
  command(person: MemberId, command: Command, address?: string | null): Promise<Result<{ readonly seq: number } | null>>
  /** Everybody with a place in the room. For its owner. */
  memberships(person: MemberId): Promise<Result<readonly Membership[]>>
  /** Shuts a member out, at once [L10]. For its owner. */
  remove(person: MemberId, other: MemberId): Promise<Result>
  /** A person's name changed. */
  rename(person: MemberId, name: string): Promise<void>
  /** Makes a new invitation: the old one lets nobody in. For its owner, and for members when it has run out. */
  renewInvitation(person: MemberId): Promise<Result>
  /** The same, whoever asks: the app knows why. */
  endInvitation(): Promise<void>
  /** A session ended: its sockets are closed, and none is opened in its name [R73]. */
  endSession(hash: string): Promise<void>
  /** As `command`, in the name of whoever has a socket open here in this session. Refuses with `unavailable` when nobody has. */
  commandOfSession(hash: string, command: Command): Promise<Result<{ readonly seq: number } | null>>
  /** Makes this person the owner, whoever was it before. The caller has asked whether they may. Refuses with `no_such_room`. */
  own(person: Member): Promise<Result>
  /** An account was removed: no membership and no socket of it is left. */
  removeAccount(person: MemberId): Promise<void>
  /** Deletes the room or brings it back. A deleted room answers everybody with `no_such_room`, and has no sockets. */
  setDeleted(deleted: boolean): Promise<void>
  /** Forgets a room that was deleted a week ago, with all that was said; the object ends with it, and so rejects. False while it may still be had back. */
  purge(): Promise<boolean>
  /** Null when there is no room in this object. */
  figures(): Promise<RoomFigures | null>
}

/** The room of this name. Through `getAgentByName`, because a native stub would skip the object's start. */
export async function roomOf(env: Env, id: RoomId): Promise<RoomSurface & { fetch(request: Request): Promise<Response> }> {
  // RPC's mapped types lose our unions and brands, and are too deep for the compiler; this is the same object, said plainly.
  const room: unknown = await getAgentByName(env.ROOM, id)
  return room as RoomSurface & { fetch(request: Request): Promise<Response> }
}
