// A lane's client for as long as its room is on the screen.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { RoomState, RowKey } from '../conversation/room-client'
import type { BaseClient } from './base-client'

/** The client connects once the page is alive; until then, and on the server, it shows what it was made with. */
export function useRoomClient<Row extends RowKey, Client extends BaseClient<Row>>(make: () => Client & BaseClient<Row>): { readonly client: Client; readonly state: RoomState<Row> } {
  const [client] = useState(make)
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client])
  const read = useCallback((): RoomState<Row> => client.getState(), [client])
  const state = useSyncExternalStore(subscribe, read, read)
  useEffect(() => {
    client.start()
    return () => client.close()
  }, [client])
  return { client, state }
}
