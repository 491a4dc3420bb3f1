// Where the suite takes place: the built worker in workerd, a scripted model behind real HTTP, and guests who join rooms.
import { newMessageId, type RoomId } from '../../src/conversation/ids'
import { startFakeModel, type FakeModel } from '../support/fake-model/server'
import { signInAsGuest, type Guest } from '../support/guest'
import { startServer, type TestServer } from '../support/server'
import { Participant, type Driver } from './participant'

export class World {
  readonly server: TestServer
  readonly model: FakeModel
  private readonly joined: Participant[] = []

  private constructor(server: TestServer, model: FakeModel) {
    this.server = server
    this.model = model
  }

  static async begin(): Promise<World> {
    const model = await startFakeModel()
    const server = await startServer({ env: { MODEL: 'openai:fake', OPENAI_BASE_URL: model.url } })
    return new World(server, model)
  }

  async end(): Promise<void> {
    this.leaveAll()
    await this.server.stop()
    await this.model.close()
  }

  leaveAll(): void {
    for (const participant of this.joined.splice(0)) participant.close()
  }

  guest(name: string): Promise<Guest> {
    return signInAsGuest(this.server.url, name)
  }

  /** A room of its own for one test, with its owner. */
  async room(owner: Guest, access: 'open' | 'private' = 'open'): Promise<RoomId> {
    const name = `room ${newMessageId().slice(0, 8)}`
    const response = await owner.fetch(new URL('/rooms', owner.origin), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams({ name, access }),
    })
    const { location } = (await response.json()) as { location: string }
    return location.split('/')[2] as RoomId
  }

  async join(driver: Driver, roomId: RoomId, who: Guest | string): Promise<Participant> {
    const participant = new Participant(driver, typeof who === 'string' ? await this.guest(who) : who, roomId)
    this.joined.push(participant)
    return participant.connected()
  }
}
