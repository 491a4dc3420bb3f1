// What the clients of all lanes share: a state to watch, posts on their way, and the commands.
import type { Command } from '../../conversation/command'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Refusal } from '../../conversation/refusal'
import type { Member } from '../../conversation/member'
import type { CatchUp } from '../../conversation/page'
import type { Deciding, PostMore, QueueOrder, RoomClient, RoomState, RowKey } from '../../conversation/room-client'
import { hearServerTime } from '../../ui/basics/server-clock'
import { askHere } from './ask-here'
import type { ClientOptions } from './client-options'
import { ClientState } from './client-state'
import { CommandOutbox } from './command-outbox'
import { StoredOutbox } from './stored-outbox'

export type Shown<Row extends RowKey> = Pick<RoomState<Row>, 'rows' | 'hasEarlier' | 'records' | 'here' | 'hereCount'>

export abstract class BaseClient<Row extends RowKey, Options extends ClientOptions = ClientOptions> implements RoomClient<Row> {
  protected readonly state: ClientState<Row>
  protected readonly outbox: CommandOutbox<Row>

  protected readonly options: Options
  private readonly stored: StoredOutbox<Row>
  /** How many of those here have been asked for by name. */
  private namedUpTo = 0

  constructor(initial: Shown<Row>, options: Options) {
    this.options = options
    this.state = new ClientState(initial)
    this.outbox = new CommandOutbox(this.state, (command) => this.send(command))
    this.stored = new StoredOutbox(options, this.state, () => this.outbox.sendPending())
  }

  /** Sends one command now, or not at all: a post is sent again after a reconnect, nothing else is. */
  protected abstract send(command: Command): void
  abstract loadEarlier(): Promise<void>
  protected abstract connect(): void
  protected abstract disconnect(): void

  /** Connects. A client that was closed may be started again. What is kept on the device is shown from now on, and not while a page hydrates. */
  start(): void {
    this.state.set({ ended: false })
    this.stored.open()
    this.outbox.settle(false)
    this.connect()
  }

  close(): void {
    this.disconnect()
    this.stored.close()
    this.state.stop()
  }

  /** The room shut its viewer out. One who may come back as who they are, such as from too many tabs, keeps what they have to say. */
  protected end(refusal: Refusal): void {
    const isSignedOut = refusal.code === 'not_signed_in'
    if (isSignedOut || refusal.code === 'not_a_member' || refusal.code === 'no_such_room') this.stored.forget(isSignedOut)
    this.state.set({ ended: true, refusal })
  }

  /** Names people who are here. */
  protected abstract name(people: readonly Member[]): void

  /** What brings a client up to date says what time it is, too. */
  protected hearTime(catchUp: CatchUp): void {
    hearServerTime(catchUp.kind === 'rows' ? catchUp.now : catchUp.snapshot.now)
  }

  /** An answer that names nobody new says that the order has moved on: the next question begins at its beginning. */
  async loadHere(): Promise<void> {
    const people = await askHere(this.options, this.namedUpTo)
    if (people === null) return
    this.namedUpTo = people.length === 0 ? 0 : this.namedUpTo + people.length
    this.name(people)
  }

  getState(): RoomState<Row> {
    return this.state.get()
  }

  subscribe(listener: () => void): () => void {
    return this.state.subscribe(listener)
  }

  post(text: string, id?: MessageId, more?: PostMore): MessageId {
    return this.outbox.post(text, id, more)
  }

  discard(id: MessageId): void {
    this.outbox.discard(id)
  }

  stop(id?: MessageId): void {
    this.send(id === undefined ? { type: 'stop' } : { type: 'stop', id })
  }

  retry(id: MessageId): void {
    this.send({ type: 'retry', id })
  }

  continueReply(id: MessageId): void {
    this.send({ type: 'continue', id })
  }

  askAgent(id: MessageId, agent: MemberId): void {
    this.send({ type: 'ask', id, agent })
  }

  order(type: QueueOrder, id: MessageId): void {
    this.send({ type, id })
  }

  decide(deciding: Deciding): void {
    this.send(deciding)
  }

  clear(): void {
    this.send({ type: 'clear' })
  }

  typing(): void {
    this.outbox.typing()
  }
}
