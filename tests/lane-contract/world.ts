// Where the suite takes place: the built worker in workerd, a scripted model behind real HTTP, and guests who join rooms.
import type { RoomId } from '../../src/conversation/ids'
import type { Snapshot } from '../../src/conversation/page'
import { checkoutBehind, Noticeboard } from '../support/noticeboard'
import { startFakeModel, type FakeModel } from '../support/fake-model/server'
import { signInAsGuest, type Guest } from '../support/guest'
import { makeRoom } from '../support/room'
import { startServer, type TestServer } from '../support/server'
import { DRIVERS } from './drivers'
import { Participant, type Driver } from './participant'

/** Within what a person may say at once. */
const EACH_SAYS = 90

export class World {
  readonly server: TestServer
  readonly model: FakeModel
  /** Only in a world with notices. */
  readonly noticeboard: Noticeboard
  private readonly remove: () => void
  private readonly joined: Participant[] = []

  private constructor(server: TestServer, model: FakeModel, remove: () => void = () => {}) {
    this.server = server
    this.model = model
    this.noticeboard = new Noticeboard(server.url)
    this.remove = remove
  }

  /** `env`: settings of the server beside its model. */
  static async begin(env: Readonly<Record<string, string>> = {}): Promise<World> {
    const model = await startFakeModel()
    const server = await startServer({ env: { MODEL: 'openai:fake', OPENAI_BASE_URL: model.url, ...env } })
    return new World(server, model)
  }

  /** The same, with a kind of record that only tests know, and records and amendments in their hand. */
  static withNotices(): Promise<World> {
    return World.behind('noticeboard-worker.js')
  }

  /** The same, with three tools that act outside. */
  static withTools(): Promise<World> {
    return World.behind('tooled-worker.js')
  }

  private static async behind(worker: Parameters<typeof checkoutBehind>[0]): Promise<World> {
    const model = await startFakeModel()
    const { root, remove } = checkoutBehind(worker)
    const server = await startServer({ root, env: { MODEL: 'openai:fake', OPENAI_BASE_URL: model.url } })
    return new World(server, model, remove)
  }

  async end(): Promise<void> {
    this.leaveAll()
    await this.server.stop()
    await this.model.close()
    this.remove()
  }

  leaveAll(): void {
    for (const participant of this.joined.splice(0)) participant.close()
  }

  guest(name: string): Promise<Guest> {
    return signInAsGuest(this.server.url, name)
  }

  /** A room of its own for one test, with its owner. */
  room(owner: Guest, access: 'open' | 'private' = 'open'): Promise<RoomId> {
    return makeRoom(owner, access)
  }

  /** Fills a room with messages that nobody is asked to answer. Many hands, because each may say only so much at once. */
  async fill(room: RoomId, messages: number): Promise<void> {
    for (let first = 1; first <= messages; first += EACH_SAYS) {
      const who = await this.join(DRIVERS.agents, room, 'Ann')
      const last = Math.min(messages, first + EACH_SAYS - 1)
      for (let n = first; n <= last; n++) who.client.post(`@Ann message ${String(n).padStart(6, '0')}.`)
      await who.settled()
      who.close()
    }
  }

  /** `initial` is what a page's HTML held, when there was one. */
  async join(driver: Driver, roomId: RoomId, who: Guest | string, initial?: Snapshot): Promise<Participant> {
    const participant = new Participant(driver, typeof who === 'string' ? await this.guest(who) : who, roomId, initial)
    this.joined.push(participant)
    return participant.connected()
  }
}
