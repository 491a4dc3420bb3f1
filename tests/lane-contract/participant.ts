// One person in one room through one lane, as the suite sees them: the lane's own client, driven from Node over real
// sockets, with a meter on what arrives.
import { MAX_AT_ONCE } from '../../src/conversation/agent-profile'
import type { Amended } from '../../src/conversation/amendment'
import type { Message } from '../../src/conversation/message'
import { textOf } from '../../src/conversation/message'
import type { Page, Snapshot } from '../../src/conversation/page'
import type { RoomId } from '../../src/conversation/ids'
import type { RoomClient } from '../../src/conversation/room-client'
import type { LaneName } from '../../src/lanes/lanes'
import type { ClientOptions } from '../../src/lanes/client/client-options'
import type { LaneRow } from '../../src/lanes/client/metering'
import type { Guest } from '../support/guest'
import { batches } from '../support/batches'
import { waitFor } from '../support/wait-for'
import { meteredSockets, type Meter } from './metered-socket'

export interface DriverInput {
  readonly guest: Guest
  readonly roomId: RoomId
  readonly initial: Snapshot
  readonly WebSocket: typeof WebSocket
  /** The device that keeps posts; none when left out. */
  readonly posts?: NonNullable<ClientOptions['posts']>
}

/** How the suite makes a lane's client. */
export interface Driver {
  readonly lane: LaneName
  /** Rules that the lane cannot keep, each with the reason. The suite fails when a gap closes. */
  readonly knownGaps: Readonly<Record<string, string>>
  make(input: DriverInput): RoomClient<LaneRow>
}

/** A client that has seen nothing: what it shows, the room told it. */
const NOTHING: Page & Snapshot = { version: 0, messages: [], hasEarlier: false, records: [], here: [], hereCount: 0, now: 0 }

export class Participant {
  readonly lane: LaneName
  readonly client: RoomClient<LaneRow>
  readonly guest: Guest
  readonly meter: Meter
  private readonly dropAll: () => void

  constructor(driver: Driver, guest: Guest, roomId: RoomId, initial: Snapshot = NOTHING, device: Partial<Pick<DriverInput, 'posts' | 'WebSocket'>> = {}) {
    const { WebSocket, meter, dropAll } = meteredSockets(guest)
    this.lane = driver.lane
    this.guest = guest
    this.meter = meter
    this.dropAll = dropAll
    this.client = driver.make({ guest, roomId, initial, WebSocket, ...device })
    this.client.start()
  }

  messages(): readonly Message[] {
    return this.client.getState().rows.map((row) => row.message)
  }

  /** What is shown, in the form in which two participants can be compared. */
  shown(): readonly string[] {
    return this.messages().map(
      ({ id, metadata: { seq, status, author, amended }, ...message }) =>
        `${seq} ${id} ${status} ${author.kind} ${author.name}: ${textOf(message)}${amendedIn(amended?.values)}`,
    )
  }

  /** Likewise the room's records. */
  records(): readonly string[] {
    return this.client
      .getState()
      .records.map(({ kind, id, version, value }) => `${kind}:${id} ${version} ${JSON.stringify(value)}`)
      .sort()
  }

  /** Closes the socket under the client, as a network would. */
  drop(): void {
    this.dropAll()
  }

  close(): void {
    this.client.close()
  }

  async until(what: string, condition: (participant: Participant) => boolean): Promise<this> {
    await waitFor(
      `${this.lane}: ${what}`,
      () => condition(this),
      (check) => this.client.subscribe(check),
    )
    return this
  }

  connected(): Promise<this> {
    return this.until('connected', () => this.client.getState().connection === 'connected')
  }

  sees(text: string): Promise<this> {
    return this.until(`sees “${text}”`, () => this.messages().some((message) => textOf(message).includes(text)))
  }

  /** Waits until no reply is being written or waits, and no post is pending. */
  settled(): Promise<this> {
    return this.until(
      'settled',
      () => this.client.getState().pending.length === 0 && this.messages().every(({ metadata: { status } }) => status !== 'streaming' && status !== 'waiting'),
    )
  }

  /** Posts each as a prompt of its own, answered when this resolves: what waits for its answer is merged with what comes after it. */
  async postEach(texts: readonly string[]): Promise<void> {
    for (const some of batches(texts, MAX_AT_ONCE)) {
      const ids = some.map((text) => this.client.post(text))
      await this.until('each has its reply', () => {
        const answered = new Set(this.messages().map(({ metadata }) => metadata.replyTo))
        return ids.every((id) => answered.has(id))
      })
      await this.settled()
    }
  }
}

/** What was amended, by name; nothing where nothing was. */
export function amendedIn(amended: Amended['values'] | undefined): string {
  const values = Object.entries(amended ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return values.length === 0 ? '' : ` ${JSON.stringify(values)}`
}
