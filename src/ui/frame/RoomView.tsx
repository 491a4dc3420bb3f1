'use client'
// What a room looks like, in every lane. A lane brings its state, its client and a way to show one row; all that people
// see and touch beyond that is here.
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Member } from '../../conversation/member'
import { isUnfinished } from '../../conversation/message'
import type { PostMore, RoomClient, RoomState, RowKey } from '../../conversation/room-client'
import { Composer, type ComposerHandle } from '../compose/Composer'
import { ForecastContext, type ForecastSource } from '../forecast/use-forecast'
import { EndedNote } from './EndedNote'
import { JumpToLatest } from '../list/JumpToLatest'
import type { LaneLink, LaneName } from './lane-link'
import { goToMessage } from '../list/go-to-message'
import { placeKeeper } from '../list/kept-place'
import { MessageList } from '../list/MessageList'
import { PageTitle } from './PageTitle'
import { type RenderRow, Rows } from '../list/Rows'
import { RecordsContext } from './records'
import { RefusalNote } from './RefusalNote'
import { MergeableContext, type RoomActions, RoomActionsContext } from './room-actions'
import type { RoomInfo, RoomLink } from './room-info'
import { RoomStateContext } from './room-state'
import { useMergeable } from './mergeable'
import { loadMarkdown } from '../parts/markdown-on-demand'
import { RoomHeader } from './RoomHeader'
import { RoomSide } from './RoomSide'
import { useVisiblePart } from './visible-part'
import { useReadingPlace } from '../list/scroll'
import { WithoutScripts } from './WithoutScripts'
import { TypingLine } from '../people/TypingLine'

export interface RoomViewProps<Row extends RowKey> {
  readonly room: RoomInfo
  readonly lane: LaneName
  readonly lanes: readonly LaneLink[]
  readonly viewer: Member
  readonly rooms: readonly RoomLink[]
  /** Where the form for a new room posts to. */
  readonly newRoomAction: string
  /** Where the rooms are that are not among `rooms`; left out when those are all. */
  readonly moreRooms?: string
  readonly state: RoomState<Row>
  readonly client: RoomClient<Row>
  readonly renderRow: RenderRow<Row>
  /** Whether a new post of the viewer goes on from this last row. Without it, every post shows its author while pending. */
  readonly viewerContinues?: (last: Row) => boolean
  /** Settings of the room, inside its menu. */
  readonly roomMenu?: ReactNode
  /** The viewer's own settings: rename, sign out. */
  readonly accountMenu?: ReactNode
  /** Stands over the lower right corner of the list; the composer is never under it. */
  readonly overlay?: ReactNode
}

// A reply grows many times a second; what stands around the list is drawn again only when it shows something else.
const Side = memo(RoomSide)
const Header = memo(RoomHeader)
const Write = memo(Composer)

export function RoomView<Row extends RowKey>(props: RoomViewProps<Row>) {
  const { room, lane, lanes, viewer, rooms, newRoomAction, moreRooms, state, client, roomMenu, accountMenu, overlay } = props
  useVisiblePart()
  const drawerId = useId()
  const composer = useRef<ComposerHandle>(null)
  const [keeper] = useState(() => placeKeeper(room.id, () => client.loadEarlier()))
  // Cards of approvals are drawn from records.
  const grown = useMemo(() => ({ rows: state.rows, pending: state.pending, records: state.records }), [state.rows, state.pending, state.records])
  const { scroller, content, atEnd, jumpToEnd, bring } = useReadingPlace(grown, keeper)
  useEffect(() => void loadMarkdown(), [])
  const here = useMemo(() => (state.ended ? state.here : withViewer(state.here, state.hereCount, viewer)), [state.ended, state.here, state.hereCount, viewer])
  const mayStopAll = room.isOwner || room.isAmongFew
  const stoppable = state.rows.some((row) => isUnfinished(row.status) && (row.askedBy === viewer.id || (mayStopAll && row.status !== 'asking')))

  const asking = state.rows.filter((row) => (row.status === 'streaming' || row.status === 'waiting') && row.askedBy === viewer.id).length

  const actions = useMemo<RoomActions>(
    () => ({
      viewer: viewer.id,
      mayOrder: room.isOwner,
      mayStopAll,
      stopReply: (id) => client.stop(id),
      ask: (id, agent) => client.askAgent(id, agent),
      order: (order, id) => client.order(order, id),
      decide: (deciding) => client.decide(deciding),
      retryReply: (id) => client.retry(id),
      continueReply: (id) => client.continueReply(id),
      replyTo: (id) => composer.current?.replyTo(client.getState().rows.find((row) => row.id === id)?.message ?? null),
      resend: (post) => void client.post(post.text, post.id, post),
      edit(post) {
        client.discard(post.id)
        composer.current?.insert(post.text)
      },
      loadEarlier: () => void client.loadEarlier(),
      goToMessage: (seq) => void goToMessage(scroller.current, seq, () => client.loadEarlier(), bring),
      loadHere: () => void client.loadHere(),
    }),
    [client, viewer.id, room.isOwner, mayStopAll, scroller, bring],
  )
  const foretelling = useMemo<ForecastSource>(() => ({ client, speaker: { viewer, mayStopAll } }), [client, viewer, mayStopAll])
  const mergeable = useMergeable(state.rows, viewer.id)
  const { clear, stop, typing } = useMemo(() => ({ clear: () => client.clear(), stop: () => client.stop(), typing: () => client.typing() }), [client])
  const send = useCallback(
    (text: string, more: PostMore) => {
      client.post(text, undefined, more)
      jumpToEnd()
    },
    [client, jumpToEnd],
  )

  return (
    <ForecastContext value={foretelling}>
      <MergeableContext value={mergeable}>
        <RoomActionsContext value={actions}>
          <RoomStateContext value={client}>
            <RecordsContext value={state.records}>
              <PageTitle roomName={room.name} viewer={viewer.id} rows={state.rows} atEnd={atEnd} />
              <div className="room">
                <Side
                  id={drawerId}
                  rooms={rooms}
                  current={room.id}
                  viewer={viewer}
                  newRoomAction={newRoomAction}
                  moreRooms={moreRooms}
                  accountMenu={accountMenu}
                />
                <main className="room-main">
                  <Header
                    room={room}
                    lane={lane}
                    lanes={lanes}
                    viewer={viewer.id}
                    connection={state.connection}
                    here={here}
                    hereCount={state.hereCount + (here.length - state.here.length)}
                    drawerId={drawerId}
                    onClear={clear}
                    roomMenu={roomMenu}
                  />
                  <div className="room-body">
                    <div className="room-list">
                      <MessageList
                        hasEarlier={state.hasEarlier}
                        loadingEarlier={state.loadingEarlier}
                        isEmpty={state.rows.length === 0 && state.pending.length === 0}
                        roomName={room.name}
                        scroller={scroller}
                        content={content}
                      >
                        <Rows {...props} />
                      </MessageList>
                      <JumpToLatest rows={state.rows} atEnd={atEnd} onJump={jumpToEnd} />
                      {overlay}
                    </div>
                    <div className="room-foot">
                      <WithoutScripts />
                      {state.refusal && !state.ended ? <RefusalNote refusal={state.refusal} /> : null}
                      <TypingLine typing={state.ended ? [] : state.typing.filter(({ id }) => id !== viewer.id)} />
                      {state.ended ? (
                        <EndedNote refusal={state.refusal} />
                      ) : (
                        <Write
                          room={room}
                          viewer={viewer.id}
                          stoppable={stoppable}
                          asking={asking}
                          onSend={send}
                          onStop={stop}
                          onTyping={typing}
                          handle={composer}
                        />
                      )}
                    </div>
                  </div>
                </main>
              </div>
            </RecordsContext>
          </RoomStateContext>
        </RoomActionsContext>
      </MergeableContext>
    </ForecastContext>
  )
}

/** Whoever looks is here, a moment before the room says so: nothing moves when it does. Not among so many that the room names only some. */
function withViewer(here: readonly Member[], hereCount: number, viewer: Member): readonly Member[] {
  return here.length < hereCount || here.some(({ id }) => id === viewer.id) ? here : [...here, viewer]
}
