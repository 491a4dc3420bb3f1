'use client'
// The tinybase lane on the screen. One hook is all that a page needs: the store's persistence, its synchronization and
// reconnecting are behind it.
import type { Member } from '../../conversation/member'
import type { RoomState } from '../../conversation/room-client'
import type { RoomInfo } from '../../ui/frame/room-info'
import { RoomView } from '../../ui/frame/RoomView'
import { clientOptionsOf, type LaneRoomProps } from '../client/lane-room-props'
import type { MessageRow } from '../message-rows'
import { useRoomClient } from '../client/use-room-client'
import { snapshotFrom, type Initial } from '../opening/opening'
import { renderMessageRow } from '../opening/MessageRow'
import { TinybaseClient } from './client'

export interface RoomStoreOptions {
  readonly viewer: Member
  /** The newest page, as it stands in the HTML; null shows what this device last saw. */
  readonly initial: Initial | null
}

/** A room as a live store, for as long as the component is on the screen: what it shows, and what can be done in it. */
export function useRoomStore(
  room: RoomInfo,
  { viewer, initial }: RoomStoreOptions,
): { readonly client: TinybaseClient; readonly state: RoomState<MessageRow> } {
  return useRoomClient<MessageRow, TinybaseClient>(
    (options) => new TinybaseClient({ ...clientOptionsOf({ room, viewer }), ...options }, initial && snapshotFrom(initial)),
  )
}

export function TinybaseRoom({ initial, view: View = RoomView, ...room }: LaneRoomProps) {
  const { client, state } = useRoomStore(room.room, { viewer: room.viewer, initial })
  return (
    <View
      {...room}
      lane="tinybase"
      state={state}
      client={client}
      renderRow={renderMessageRow}
      viewerContinues={(last) => last.message.metadata.author.id === room.viewer.id}
    />
  )
}
