'use client'
// The rsc lane on the screen: rows as the server rendered them, their words from the lane's client.
import { useMemo } from 'react'
import { MessageItem } from '../../ui/list/MessageItem'
import { RoomView } from '../../ui/frame/RoomView'
import { clientOptionsOf, type LaneRoomProps } from '../client/lane-room-props'
import { useRoomClient } from '../client/use-room-client'
import { RscClient } from './client'
import { getBrowserDecoder } from './decoder'
import type { Nodes } from './flight'
import { LiveMessagesContext } from './live-message'
import { ask, earlier } from './server-functions'

interface RscRoomProps extends LaneRoomProps {
  /** The rendering of each message of the initial page. */
  readonly nodes: Nodes
}

export function RscRoom({ initial, nodes, view: View = RoomView, ...room }: RscRoomProps) {
  const { client, state } = useRoomClient(
    (options) =>
      new RscClient({ ...clientOptionsOf(room), ...options, server: { ask, earlier }, decode: (stream) => getBrowserDecoder()(stream) }, initial, nodes),
  )
  const live = useMemo(() => ({ subscribe: (listener: () => void) => client.subscribe(listener), messageOf: client.messageOf }), [client])
  return (
    <LiveMessagesContext value={live}>
      <View
        {...room}
        lane="rsc"
        state={state}
        client={client}
        renderRow={(row) => row.node ?? <MessageItem message={row.message} />}
        viewerContinues={(last) => last.message.metadata.author.id === room.viewer.id}
      />
    </LiveMessagesContext>
  )
}
