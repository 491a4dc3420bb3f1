// A client of the fake room, with time in the test's hands.
import { vi } from 'vitest'
import type { MemberId, RoomId } from '../../../conversation/ids'
import { textOf } from '../../../conversation/message'
import type { Snapshot } from '../../../conversation/page'
import { TinybaseClient, type TinybaseClientOptions } from '../client'
import type { FakeNetwork } from './fake-network'
import { FakeRoom } from './fake-room'

/** Longer than any answer takes, shorter than any timer of the client. */
export const passing = (): Promise<unknown> => vi.advanceTimersByTimeAsync(50)
/** Long enough to come back after a drop. */
export const comingBack = (): Promise<unknown> => vi.advanceTimersByTimeAsync(4_000)

export function openTab(network: FakeNetwork, initial: Snapshot | null, options: Partial<TinybaseClientOptions> = {}): TinybaseClient {
  const tab = new TinybaseClient(
    {
      origin: 'http://parley.test',
      roomId: 'lobby' as RoomId,
      viewerId: 'ada' as MemberId,
      WebSocket: network.WebSocket,
      fetch: () => Promise.resolve(new Response()),
      ...options,
    },
    initial,
  )
  tab.start()
  return tab
}

/** What a tab or a room shows, for comparing. */
export function shown(of: TinybaseClient | FakeRoom): readonly string[] {
  const messages = of instanceof FakeRoom ? of.messages : of.getState().rows.map((row) => row.message)
  return messages.map((message) => `${message.metadata.seq} ${message.metadata.status} ${textOf(message)}`)
}
