'use client'
// What a room looks like, in every lane. A lane brings its state, its client and a way to show one row; all that people
// see and touch beyond that is here.
import { Fragment, useCallback, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import type { Member } from '../../conversation/member'
import { PAGE_SIZE } from '../../conversation/page'
import type { RoomClient, RoomState, RowKey } from '../../conversation/room-client'
import { Composer, type ComposerHandle } from '../compose/Composer'
import { EndedNote } from './EndedNote'
import { JumpToLatest } from '../list/JumpToLatest'
import type { LaneLink, LaneName } from './lane-link'
import { placeKeeper } from '../list/kept-place'
import { MessageList } from '../list/MessageList'
import { PageTitle } from './PageTitle'
import { PendingItem } from '../list/PendingItem'
import { RefusalNote } from './RefusalNote'
import { type RoomActions, RoomActionsContext } from './room-actions'
import type { RoomInfo, RoomLink } from './room-info'
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
  /** Shows one row as an article. `previous` is the row above, unless a page begins here. */
  readonly renderRow: (row: Row, previous: Row | undefined) => ReactNode
  /** Whether a new post of the viewer goes on from this last row. Without it, every post shows its author while pending. */
  readonly viewerContinues?: (last: Row) => boolean
  /** Settings of the room, inside its menu. */
  readonly roomMenu?: ReactNode
  /** The viewer's own settings: rename, sign out. */
  readonly accountMenu?: ReactNode
  /** Stands over the lower right corner of the list; the composer is never under it. */
  readonly overlay?: ReactNode
}

export function RoomView<Row extends RowKey>(props: RoomViewProps<Row>) {
  const { room, lane, lanes, viewer, rooms, newRoomAction, moreRooms, state, client, roomMenu, accountMenu, overlay } = props
  useVisiblePart()
  const drawerId = useId()
  const composer = useRef<ComposerHandle>(null)
  const [keeper] = useState(() => placeKeeper(room.id, () => client.loadEarlier()))
  const grown = useMemo(() => ({ rows: state.rows, pending: state.pending }), [state.rows, state.pending])
  const { scroller, content, atEnd, jumpToEnd } = useReadingPlace(grown, keeper)
  useEffect(() => void loadMarkdown(), [])
  const stoppable = state.rows.some((row) => row.status === 'streaming' && (room.isOwner || room.isAmongFew || row.askedBy === viewer.id))

  const actions = useMemo<RoomActions>(
    () => ({
      retryReply: (id) => client.retry(id),
      continueReply: (id) => client.continueReply(id),
      resend: (post) => void client.post(post.text, post.id),
      edit(post) {
        client.discard(post.id)
        composer.current?.insert(post.text)
      },
      loadEarlier: () => void client.loadEarlier(),
      loadHere: () => void client.loadHere(),
    }),
    [client],
  )
  const send = useCallback(
    (text: string) => {
      client.post(text)
      jumpToEnd()
    },
    [client, jumpToEnd],
  )

  return (
    <RoomActionsContext value={actions}>
      <PageTitle roomName={room.name} viewer={viewer.id} rows={state.rows} atEnd={atEnd} />
      <div className="room">
        <RoomSide id={drawerId} rooms={rooms} current={room.id} viewer={viewer} newRoomAction={newRoomAction} moreRooms={moreRooms} accountMenu={accountMenu} />
        <main className="room-main">
          <RoomHeader
            room={room}
            lane={lane}
            lanes={lanes}
            viewer={viewer.id}
            connection={state.connection}
            here={state.here}
            hereCount={state.hereCount}
            drawerId={drawerId}
            onClear={() => client.clear()}
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
              <TypingLine typing={state.ended ? [] : state.typing.filter(({ id }) => id !== viewer.id)} />
              {state.refusal && !state.ended ? <RefusalNote refusal={state.refusal} /> : null}
              {state.ended ? (
                <EndedNote refusal={state.refusal} />
              ) : (
                <Composer
                  room={room}
                  viewer={viewer.id}
                  stoppable={stoppable}
                  onSend={send}
                  onStop={() => client.stop()}
                  onTyping={() => client.typing()}
                  handle={composer}
                />
              )}
            </div>
          </div>
        </main>
      </div>
    </RoomActionsContext>
  )
}

/** The rows of a room, and below them the viewer's posts that are on their way. */
export function Rows<Row extends RowKey>({
  state,
  viewer,
  renderRow,
  viewerContinues,
}: Pick<RoomViewProps<Row>, 'state' | 'viewer' | 'renderRow' | 'viewerContinues'>) {
  const { rows, pending } = state
  const [firstSeq] = useState(rows[0]?.seq ?? 1)
  const last = rows.at(-1)
  return (
    <>
      {rows.map((row, index) => (
        <Fragment key={row.id}>{renderRow(row, beginsPage(row.seq, firstSeq) ? undefined : rows[index - 1])}</Fragment>
      ))}
      {pending.map((post, index) => (
        <PendingItem key={post.id} post={post} author={viewer} continued={index > 0 || (last !== undefined && viewerContinues?.(last) === true)} />
      ))}
    </>
  )
}

/** Whether a page begins at this seq. Such a row always shows its author, else it would shrink when the page before it arrives. */
function beginsPage(seq: number, firstSeq: number): boolean {
  return (firstSeq - seq) % PAGE_SIZE === 0
}
