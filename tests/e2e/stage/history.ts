// Rooms with a past, made quickly: through the agents lane's own client, without a browser.
import type { RoomId } from '../../../src/conversation/ids'
import { DRIVERS } from '../../lane-contract/drivers'
import type { Guest } from '../../support/guest'
import type { Stage } from './stage'

/** What one member may post at once without being told to wait (OF_PERSON.commands in src/limits/limits.ts), and some to spare. */
const AT_ONCE = 60

/** A new room of `owner` with so many messages, `message 1.` first. No agent answers them: each is addressed to a person who is there. */
export async function roomWithPast(stage: Stage, owner: Guest, messages: number): Promise<RoomId> {
  const room = await stage.room(owner)
  for (let first = 1; first <= messages; first += AT_ONCE) {
    const last = Math.min(messages, first + AT_ONCE - 1)
    const writer = await stage.join(DRIVERS.agents, room, first === 1 ? owner : `Writer ${first}`)
    for (let n = first; n <= last; n++) writer.client.post(`@${writer.guest.name} message ${n}.`)
    await writer.sees(`message ${last}.`)
    await writer.settled()
    writer.close()
  }
  return room
}
