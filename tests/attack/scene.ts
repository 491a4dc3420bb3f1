// A room with one honest message, watched in every lane, and somebody who means no good.
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { RoomId } from '../../src/conversation/ids'
import { textOf } from '../../src/conversation/message'
import { LANES } from '../../src/lanes/lanes'
import { DRIVERS } from '../lane-contract/drivers'
import type { Participant } from '../lane-contract/participant'
import { World } from '../lane-contract/world'
import type { Guest } from '../support/guest'

export const TRUTH = 'the truth, and nothing else'

export class Scene {
  readonly world: World
  readonly room: RoomId
  readonly owner: Guest
  readonly attacker: Guest
  private readonly watchers: readonly Participant[]
  private posts = 0

  private constructor(world: World, room: RoomId, owner: Guest, attacker: Guest, watchers: readonly Participant[]) {
    this.world = world
    this.room = room
    this.owner = owner
    this.attacker = attacker
    this.watchers = watchers
  }

  static async set(world: World, access: 'open' | 'private' = 'open'): Promise<Scene> {
    const [owner, attacker] = await Promise.all([world.guest('Ann'), world.guest('Mallory')])
    const room = await world.room(owner, access)
    // In a private room there is nobody but its owner.
    const watchers = await Promise.all(
      LANES.map((lane) => world.join(DRIVERS[lane], room, access === 'private' || lane === 'agents' ? owner : `Watcher ${lane}`)),
    )
    const scene = new Scene(world, room, owner, attacker, watchers)
    await scene.serves(TRUTH)
    return scene
  }

  get origin(): string {
    return this.world.server.url
  }

  /** Somebody honest says something, and it arrives in every lane. */
  async serves(words = `still here ${++this.posts}`): Promise<void> {
    const speaker = this.watchers[this.posts % this.watchers.length]
    speaker?.client.post(`@${speaker.guest.name} ${words}`)
    for (const watcher of this.watchers) await watcher.sees(words)
  }

  /** Everybody shows what was honestly said, and so does somebody who just came. */
  async unharmed(): Promise<void> {
    await this.serves()
    const [first] = this.watchers
    for (const watcher of this.watchers) {
      expect(watcher.shown()).toEqual(first?.shown())
      expect(watcher.messages().filter((message) => !/(?:still here \d+|the truth, and nothing else)$/.test(textOf(message)))).toEqual([])
    }
  }

  private get first(): Participant {
    const [first] = this.watchers
    if (!first) throw new Error('somebody watches')
    return first
  }

  /** How many people the room says are here, agents included. */
  get hereCount(): number {
    return this.first.client.getState().hereCount
  }

  until(what: string, condition: () => boolean): Promise<Participant> {
    return this.first.until(what, condition)
  }
}

/** One scene for all tests of a file, with its beginning and its end. None of them may have harmed it. */
export function useScene(take: (scene: Scene) => void, access?: 'private'): void {
  let world: World | undefined
  let scene: Scene | undefined
  beforeAll(async () => {
    world = await World.begin()
    scene = await Scene.set(world, access)
    take(scene)
  })
  afterEach(() => scene?.unharmed())
  afterAll(() => world?.end())
}
