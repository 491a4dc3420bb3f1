// A lane's client for as long as its room is on the screen.
import { useCallback, useContext, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { RoomState } from '../../conversation/room-client'
import type { BaseClient } from './base-client'
import type { ClientOptions } from './client-options'
import { MeteringContext, type LaneRow } from './metering'
import { oncePerFrame } from './once-per-frame'

/** Options that the page adds to those of the lane. */
export type PageOptions = Pick<ClientOptions, 'WebSocket'>

/** The client connects once the page is alive; until then, and on the server, it shows what it was made with. */
export function useRoomClient<Row extends LaneRow, Client extends BaseClient<Row>>(
  make: (options: PageOptions) => Client & BaseClient<Row>,
): { readonly client: Client; readonly state: RoomState<Row> } {
  const metering = useContext(MeteringContext)
  const [client] = useState(() => make(metering ? { WebSocket: metering.WebSocket } : {}))
  const subscribe = useCallback(
    (listener: () => void) => {
      const { ask, stop } = oncePerFrame(listener)
      const unsubscribe = client.subscribe(ask)
      return () => {
        unsubscribe()
        stop()
      }
    },
    [client],
  )
  const read = useCallback((): RoomState<Row> => client.getState(), [client])
  // What is hydrated is what the server rendered, however late, and whatever was posted, kept or heard meanwhile.
  const [rendered] = useState(read)
  const state = useSyncExternalStore(subscribe, read, () => rendered)
  useLayoutEffect(() => metering?.shown(state), [metering, state])
  useEffect(() => {
    client.start()
    return () => client.close()
  }, [client])
  return { client, state }
}
