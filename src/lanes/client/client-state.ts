// The state that a lane's client shows, and those who watch it. A new object per change, none without one.
import type { Member } from '../../conversation/member'
import type { MessageId } from '../../conversation/ids'
import type { Refusal } from '../../conversation/refusal'
import { TYPING_MS, type Pending, type RoomState, type RowKey } from '../../conversation/room-client'

export class ClientState<Row extends RowKey> {
  private state: RoomState<Row>
  private readonly listeners = new Set<() => void>()
  private readonly typingTimers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(initial: Pick<RoomState<Row>, 'rows' | 'hasEarlier' | 'records' | 'here' | 'hereCount'>) {
    this.state = { connection: 'connecting', pending: [], loadingEarlier: false, typing: [], refusal: null, ended: false, ...initial }
  }

  get = (): RoomState<Row> => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  set(patch: Partial<RoomState<Row>>): void {
    const changed = Object.entries(patch).some(([key, value]) => this.state[key as keyof RoomState<Row>] !== value)
    if (!changed) return
    this.state = { ...this.state, ...patch }
    for (const listener of this.listeners) listener()
  }

  /** A post that was refused and is sent again keeps its place and loses its refusal. */
  addPending(pending: Pending): void {
    const at = this.state.pending.findIndex((known) => known.id === pending.id)
    this.set({ pending: at < 0 ? [...this.state.pending, pending] : this.state.pending.with(at, pending) })
  }

  /** `refusedAt`: ms since 1970, by this device. */
  refusePending(id: MessageId, refusal: Refusal, refusedAt: number): void {
    this.set({ pending: this.state.pending.map((pending) => (pending.id === id ? { ...pending, refusal, refusedAt } : pending)) })
  }

  /** Says which pending posts this device could not keep: these, and no others. */
  markUnkept(ids: ReadonlySet<MessageId>): void {
    if (this.state.pending.every(({ id, isKept = true }) => isKept !== ids.has(id))) return
    this.set({ pending: this.state.pending.map((pending) => ({ ...pending, isKept: !ids.has(pending.id) })) })
  }

  /** Drops the pending posts for which `gone` holds. */
  dropPending(gone: (pending: Pending) => boolean): void {
    const kept = this.state.pending.filter((pending) => !gone(pending))
    if (kept.length < this.state.pending.length) this.set({ pending: kept })
  }

  /** Shows that a member types, for TYPING_MS from now. */
  showTyping(member: Member): void {
    clearTimeout(this.typingTimers.get(member.id))
    this.typingTimers.set(
      member.id,
      setTimeout(() => this.hideTyping(member.id), TYPING_MS),
    )
    if (!this.state.typing.some((known) => known.id === member.id)) this.set({ typing: [...this.state.typing, member] })
  }

  hideTyping(id: string): void {
    clearTimeout(this.typingTimers.get(id))
    if (!this.typingTimers.delete(id)) return
    this.set({ typing: this.state.typing.filter((member) => member.id !== id) })
  }

  stop(): void {
    for (const timer of this.typingTimers.values()) clearTimeout(timer)
    this.typingTimers.clear()
  }
}
