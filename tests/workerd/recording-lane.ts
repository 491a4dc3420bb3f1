// The least that is a lane: it says in JSON what it was told, and counts what it was asked.
import type { LaneFactory } from '../../src/lanes/lane'

export const recordingLane: LaneFactory = (port) => ({
  start() {},
  join: (connection, since) => connection.send(JSON.stringify({ joined: port.catchUp(since) })),
  leave: (connection) => port.broadcast(JSON.stringify({ left: connection.member.id })),
  tick: (events) => port.broadcast(JSON.stringify({ events })),
  message: (connection) => connection.close(1007, 'malformed'),
})
