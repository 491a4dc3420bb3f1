'use client'
// The agents lane on the screen: a client for as long as the room is shown, and the shared RoomView.
import { RoomView } from '../../ui/frame/RoomView'
import { clientOptionsOf, type LaneRoomProps } from '../client/lane-room-props'
import { useRoomClient } from '../client/use-room-client'
import { snapshotFrom } from '../opening/opening'
import { renderMessageRow } from '../opening/MessageRow'
import { AgentsClient } from './client'

export function AgentsRoom({ initial, view: View = RoomView, ...room }: LaneRoomProps) {
  const { client, state } = useRoomClient((options) => new AgentsClient({ ...clientOptionsOf(room), ...options }, snapshotFrom(initial)))
  return (
    <View
      {...room}
      lane="agents"
      state={state}
      client={client}
      renderRow={renderMessageRow}
      viewerContinues={(last) => last.message.metadata.author.id === room.viewer.id}
    />
  )
}
