'use client'
// A lane without the room around it: its messages, live.
import { useEffect, useMemo } from 'react'
import type { RowKey } from '../conversation/room-client'
import { ConnectionStatus } from '../ui/frame/ConnectionStatus'
import { EndedNote } from '../ui/frame/EndedNote'
import { goToMessage } from '../ui/list/go-to-message'
import { JumpToLatest } from '../ui/list/JumpToLatest'
import { NarrowContext } from '../ui/list/line-length'
import { MessageList } from '../ui/list/MessageList'
import { RecordsContext } from '../ui/frame/records'
import { RoomActionsContext, type RoomActions } from '../ui/frame/room-actions'
import type { RoomViewProps } from '../ui/frame/RoomView'
import { Rows } from '../ui/list/Rows'
import { useReadingPlace } from '../ui/list/scroll'
import { loadMarkdown } from '../ui/parts/markdown-on-demand'
import { ASKING_LANE } from './comparison'
import { useComparison } from './comparison-context'
import { LANE_FACTS } from './lane-facts'

export function LanePane<Row extends RowKey>({ room, lane, viewer, state, client, renderRow, viewerContinues }: RoomViewProps<Row>) {
  const { label, travels } = LANE_FACTS[lane]
  const comparison = useComparison()
  const grown = useMemo(() => ({ rows: state.rows, pending: state.pending, records: state.records }), [state.rows, state.pending, state.records])
  const { scroller, content, atEnd, jumpToEnd, bring } = useReadingPlace(grown)
  const actions = useMemo<RoomActions>(
    () => ({
      viewer: viewer.id,
      mayOrder: room.isOwner,
      mayStopAll: room.isOwner || room.isAmongFew,
      stopReply: (id) => client.stop(id),
      ask: (id, agent) => client.askAgent(id, agent),
      order: (order, id) => client.order(order, id),
      decide: (deciding) => client.decide(deciding),
      retryReply: (id) => client.retry(id),
      continueReply: (id) => client.continueReply(id),
      resend: (post) => void client.post(post.text, post.id),
      // There is no composer here to take it back into.
      edit: (post) => client.discard(post.id),
      loadEarlier: () => void client.loadEarlier(),
      goToMessage: (seq) => void goToMessage(scroller.current, seq, () => client.loadEarlier(), bring),
      loadHere: () => void client.loadHere(),
    }),
    [client, viewer.id, room.isOwner, room.isAmongFew, scroller, bring],
  )
  useEffect(() => void loadMarkdown(), [])
  useEffect(() => (lane === ASKING_LANE ? comparison.askThrough(client) : undefined), [comparison, lane, client])
  return (
    <RoomActionsContext value={actions}>
      <RecordsContext value={state.records}>
        <section data-lane={lane} aria-label={`${label} lane`} className="compare-pane flex min-h-0 min-w-0 flex-col border-line bg-surface">
          <header className="flex min-h-9 items-center justify-between gap-3 border-b border-line px-3 md:px-4">
            <h2 className="truncate text-sm font-semibold text-(--lane)">{label}</h2>
            <ConnectionStatus connection={state.connection} />
          </header>
          <p className="border-b border-line px-3 py-2 text-[0.8125rem] leading-snug text-muted md:hidden">{travels}</p>
          <div className="relative flex min-h-0 flex-1 flex-col">
            <MessageList
              name={`Messages, ${label} lane`}
              announced={lane === ASKING_LANE}
              hasEarlier={state.hasEarlier}
              loadingEarlier={state.loadingEarlier}
              // An empty room invites to say something, and there is no composer here.
              isEmpty={false}
              roomName={room.name}
              scroller={scroller}
              content={content}
            >
              <NarrowContext value={true}>
                <Rows state={state} viewer={viewer} renderRow={renderRow} {...(viewerContinues ? { viewerContinues } : {})} />
              </NarrowContext>
            </MessageList>
            <JumpToLatest rows={state.rows} atEnd={atEnd} onJump={jumpToEnd} />
          </div>
          {state.ended ? <EndedNote refusal={state.refusal} /> : null}
        </section>
      </RecordsContext>
    </RoomActionsContext>
  )
}
