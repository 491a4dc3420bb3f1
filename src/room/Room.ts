// One room: the truth (SQLite), the agents' turns, and every socket of every lane, in one Durable Object. This is its
// surface only: what the app asks of it. What each request means is in the parts that answer (parts.ts).
import type { EngagedAgent } from '../agents/engagement/facts'
import type { Answer } from '../agents/servers/sign-in/sign-in'
import type { Command } from '../conversation/command'
import type { MemberId, MessageId, RoomId } from '../conversation/ids'
import type { Member } from '../conversation/member'
import type { Message } from '../conversation/message'
import { HERE_PAGE, type Page } from '../conversation/page'
import type { RoomRecord } from '../conversation/record'
import { accept, refuse, type Result } from '../conversation/refusal'
import { HostedRoom } from './HostedRoom'
import { takesMuch } from './commands/commands'
import type { Rehearsal } from './queue/rehearsing'
import type { AuditedPage } from './approvals/audit'
import type { RoomTool } from './approvals/room-policies'
import { asMember, asOwner } from './members/as-member'
import { isShownInvitation } from './members/invitations'
import type { AgentVersion } from './records/agent-versions'
import { KEPT_DELETED_MS, type Access, type Membership } from './members/members'
import { MEMBERSHIPS_SHOWN } from './parts'
import type { SigningIn } from './servers/kept-sign-ins'
import type { ToolToReview } from './servers/servers-port'
import type { SignInState } from './servers/sign-in-state'
import type { Costs } from './spending/costs'
import type { Allowance, OpenedRoom, RoomFigures, RoomSurface, Visit } from './surface'

export abstract class Room extends HostedRoom implements RoomSurface {
  async create(name: string, access: Access, owner: Member | null): Promise<Result> {
    return this.begin(name, access, owner)
  }

  async enter(person: Member, invite: string | null): Promise<Result<Visit>> {
    return this.visit(person, invite)
  }

  private visit(person: Member, invite: string | null): Result<Visit> {
    const entered = this.parts.rights.enter(person, invite, this.now())
    const room = this.members.room()
    if (!entered.ok) return entered
    this.parts.attendance.tellNames(entered.value.renamed)
    if (!room) return refuse('no_such_room', 'There is no room at this address.')
    const isOwner = room.ownerId === person.id
    const mayInvite = isShownInvitation({ id: this.name as RoomId, ...room }, isOwner, this.settings.guests)
    return accept({
      room: {
        id: this.name as RoomId,
        name: room.name,
        access: room.access,
        isOwner,
        isAmongFew: this.parts.isAmongFew(),
        invite: mayInvite ? room.invite : null,
        mayRenewInvitation: mayInvite && (isOwner || this.now() >= room.inviteUntil),
        inviteUntil: mayInvite ? room.inviteUntil : null,
      },
      viewer: person,
      role: entered.value.role,
    })
  }

  async admit(person: Member, address: string | null): Promise<Result> {
    return this.parts.door.admit(person, address)
  }

  async invites(code: string): Promise<boolean> {
    const room = this.members.room()
    return room !== null && room.deletedAt === null && room.invite === code && this.now() < room.inviteUntil
  }

  async open(person: Member, invite: string | null, known: string | null = null): Promise<Result<OpenedRoom>> {
    const visit = this.visit(person, invite)
    if (!visit.ok) return visit
    const read = this.parts.reading.newest(person.id, known)
    if (!read.ok) return read
    return accept({ visit: visit.value, presence: { ...this.members.here(), now: this.now() }, ...read.value })
  }

  async page(person: MemberId, before: number): Promise<Result<Page>> {
    return asMember(this.members, person, () => this.parts.reading.before(person, before))
  }

  async message(person: MemberId, id: MessageId): Promise<Result<Message>> {
    return asMember(this.members, person, () => this.parts.reading.message(person, id))
  }

  async records(person: MemberId, kind: string | null): Promise<Result<readonly RoomRecord[]>> {
    return asMember(this.members, person, () => {
      if (kind !== null && !this.parts.records.isKind(kind)) return refuse('malformed', 'There are no records of that kind.')
      return this.parts.reading.records(person, kind)
    })
  }

  async rehearse(person: MemberId, agent: Pick<EngagedAgent, 'id' | 'name' | 'handle'>): Promise<Result<readonly Rehearsal[]>> {
    return asOwner(this.members, person, () => accept(this.parts.rehearse(agent)))
  }

  async agentVersions(person: MemberId, agent: MemberId): Promise<Result<readonly AgentVersion[]>> {
    return asOwner(this.members, person, () => accept(this.parts.versions.of(agent)))
  }

  async audit(person: MemberId, before: number | null): Promise<Result<AuditedPage>> {
    return asOwner(this.members, person, () => accept(this.parts.tools.approvals.audit(before)))
  }

  async policies(person: MemberId): Promise<Result<readonly RoomTool[]>> {
    return asMember(this.members, person, () => accept(this.parts.tools.policies.all()))
  }

  async serverTools(person: MemberId, server: string): Promise<Result<readonly ToolToReview[]>> {
    return asOwner(this.members, person, () => this.parts.tools.servers.review(server))
  }

  async serversSettled(person: MemberId): Promise<Result> {
    const owner = asOwner(this.members, person, () => accept(undefined))
    if (owner.ok) await this.parts.tools.servers.settled()
    return owner
  }

  async beginSignIn(who: SigningIn, server: string, site: string): Promise<Result<string>> {
    const owner = asOwner(this.members, who.person, () => accept(undefined))
    return owner.ok ? this.parts.tools.servers.signIns.begin(server, who, site) : owner
  }

  async finishSignIn(who: SigningIn, { server, nonce }: SignInState, answer: Answer): Promise<Result<null>> {
    const owner = asOwner(this.members, who.person, () => accept(undefined))
    return owner.ok ? this.parts.tools.servers.signIns.finish(server, nonce, who, answer) : owner
  }

  async costs(person: MemberId): Promise<Result<Costs>> {
    return asMember(this.members, person, () => accept(this.parts.spending.costs()))
  }

  async allowance(person: MemberId, address: string | null): Promise<Result<Allowance>> {
    const here = asMember(this.members, person, () => accept(this.parts.spending.allowance(person)))
    return here.ok ? accept({ ...here.value, answers: await this.parts.account.answersLeft(person, address) }) : here
  }

  async here(person: MemberId, from: number): Promise<Result<readonly Member[]>> {
    return asMember(this.members, person, () => accept(this.members.peopleHere(from, HERE_PAGE)))
  }

  async command(person: MemberId, command: Command, address: string | null = null): Promise<Result<{ readonly seq: number } | null>> {
    if (takesMuch(command) && this.members.find(person)) await this.parts.account.meet(person, address)
    if (command.type === 'save-agent') await this.models().learn()
    this.parts.account.note(person, address)
    return this.parts.run(person, command)
  }

  async memberships(person: MemberId): Promise<Result<readonly Membership[]>> {
    return asOwner(this.members, person, () => accept(this.members.list(MEMBERSHIPS_SHOWN)))
  }

  async remove(person: MemberId, other: MemberId): Promise<Result> {
    return asOwner(this.members, person, () => {
      if (other === person) return refuse('not_owner', 'The owner cannot be removed.')
      this.members.remove(other, this.now())
      this.parts.tools.removed(other)
      this.parts.attendance.close(({ member }) => member.id === other, 'not_a_member')
      return accept(undefined)
    })
  }

  async rename(person: MemberId, name: string): Promise<void> {
    const renamed = this.members.rename(person, name, this.now())
    if (renamed) this.parts.attendance.tellNames([renamed.membership, ...renamed.others])
  }

  async renewInvitation(person: MemberId): Promise<Result> {
    return asMember(this.members, person, ({ role }) => {
      const lasts = this.now() < (this.members.room()?.inviteUntil ?? 0)
      if (lasts && role !== 'owner')
        return refuse('not_owner', 'The invitation still works. Only the owner of this room may make a new one before it has run out.')
      this.members.renewInvitation(this.now())
      return accept(undefined)
    })
  }

  async endInvitation(): Promise<void> {
    if (this.members.room()) this.members.renewInvitation(this.now())
  }

  async endSession(hash: string): Promise<void> {
    this.parts.door.endSession(hash)
  }

  async commandOfSession(hash: string, command: Command): Promise<Result<{ readonly seq: number } | null>> {
    const [found] = this.parts.sockets.where((socket) => socket.session.hash === hash && socket.session.until > this.now())
    if (found) this.parts.account.note(found.connection.member.id, found.connection.address)
    return found
      ? this.parts.run(found.connection.member.id, command)
      : refuse('unavailable', 'Who you are could not be looked up just now. Try again in a moment.', 5_000)
  }

  // ——— For the owner of the instance, or of the room: the app has asked who that is

  async own(person: Member): Promise<Result> {
    if (!this.members.room()) return refuse('no_such_room', 'There is no room at this address.')
    const others = this.members.own(person, this.now())
    this.parts.attendance.tellNames([...this.members.list(MEMBERSHIPS_SHOWN).filter(({ id }) => id === person.id), ...others])
    return accept(undefined)
  }

  async removeAccount(person: MemberId): Promise<void> {
    if (this.members.room()) {
      this.members.remove(person, this.now())
      this.parts.tools.removed(person)
    }
    this.parts.door.endAccount(person)
  }

  async setDeleted(deleted: boolean): Promise<void> {
    const room = this.members.room()
    if (!room || deleted === (room.deletedAt !== null)) return
    this.members.setDeleted(deleted ? this.now() : null)
    if (deleted) this.parts.turns.stop()
    await this.parts.tools.deleted(deleted)
    if (deleted) this.parts.attendance.close(() => true, 'no_such_room')
  }

  async purge(): Promise<boolean> {
    const room = this.members.room()
    if (!room) return true
    if (room.deletedAt === null || this.now() - room.deletedAt < KEPT_DELETED_MS) return false
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    await this.ctx.storage.sync()
    // What this object still remembers is of no room any more: the next one begins with nothing.
    this.ctx.abort('the room was forgotten')
    return true
  }

  async figures(): Promise<RoomFigures | null> {
    if (!this.members.room()) return null
    return { members: this.members.count(), messages: this.parts.history.count(), bytes: this.ctx.storage.sql.databaseSize }
  }
}
