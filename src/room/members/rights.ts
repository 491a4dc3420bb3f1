// Who may be in the room at this moment. Invariant: asked without an `await` before what it allows, so that a removal, a
// sign-out or a deletion is never overtaken by a request that was let in before it [R38].
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { accept, refuse, type Refusal, type Result } from '../../conversation/refusal'
import type { SessionMark } from '../../conversation/session-mark'
import { asMember } from './as-member'
import { Ended } from './ended'
import type { Entered, Members } from './members'

const SIGN_IN = 'Sign in first.'

export class Rights {
  /** Sessions and accounts in whose name nothing is done any more. */
  private readonly sessions = new Ended()
  private readonly accounts = new Ended()
  private readonly members: Members

  constructor(members: Members) {
    this.members = members
  }

  endSession(hash: string, now: number): void {
    this.sessions.add(hash, now)
  }

  endAccount(person: MemberId, now: number): void {
    this.accounts.add(person, now)
  }

  /** Lets a person in as `Members.enter` does, unless their account is gone. Refuses also: not_signed_in. */
  enter(person: Member, invite: string | null, now: number): Result<Entered> {
    return this.accounts.has(person.id, now) ? refuse('not_signed_in', SIGN_IN) : this.members.enter(person, invite, now)
  }

  /** Whether a session came to its end, by sign-out or by its time. */
  isOver({ until, hash }: SessionMark, now: number): boolean {
    return until <= now || this.sessions.has(hash, now)
  }

  /** Null while this person may be here, hear and ask: in this session, where it is told. Refuses: not_signed_in, not_a_member, no_such_room. */
  refuse(person: MemberId, session: SessionMark | null, now: number): Refusal | null {
    if ((session !== null && this.isOver(session, now)) || this.accounts.has(person, now)) return refuse('not_signed_in', SIGN_IN).refusal
    const member = asMember(this.members, person, () => accept(undefined))
    return member.ok ? null : member.refusal
  }
}
