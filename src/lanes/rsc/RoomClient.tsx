'use client'
// The rsc lane on the screen: rows as the server rendered them, their words from the lane's client.
import { use, type ReactNode } from 'react'
import { RoomView } from '../../ui/frame/RoomView'
import { isContinuation } from '../../ui/list/continuation'
import { clientOptionsOf, type LaneRoomProps } from '../client/lane-room-props'
import { useRoomClient } from '../client/use-room-client'
import { nodesInDocument } from '../opening/document-data'
import { isStandIn, snapshotFrom } from '../opening/opening'
import { RowsPlace } from '../opening/RowsPlace'
import { RscClient } from './client'
import { getBrowserDecoder } from './decoder'
import { allNodes, type DistinctNodes } from './distinct-nodes'
import type { Nodes } from './flight'
import type { NodeRow } from './held-room'
import { LiveRow } from './LiveRow'
import { ask, earlier } from './server-functions'

interface RscRoomProps extends LaneRoomProps {
  /** The rendering of each message of the initial page; left out when it is in the document. */
  readonly nodes?: Nodes
}

export function RscRoom({ initial, nodes, view: View = RoomView, ...room }: RscRoomProps) {
  const rendered = nodes ?? renderedInDocument()
  const { client, state } = useRoomClient((options) => {
    const snapshot = snapshotFrom(initial)
    const byId = Array.isArray(rendered) ? Object.fromEntries(snapshot.messages.map(({ id }, at) => [id, rendered[at]])) : (rendered as Nodes)
    return new RscClient({ ...clientOptionsOf(room), ...options, server: { ask, earlier }, decode: (stream) => getBrowserDecoder()(stream) }, snapshot, byId)
  })
  return (
    <View
      {...room}
      lane="rsc"
      state={state}
      client={client}
      renderRow={renderNodeRow}
      viewerContinues={(last) => last.message.metadata.author.id === room.viewer.id}
    />
  )
}

function renderNodeRow(row: NodeRow, previous: NodeRow | undefined): ReactNode {
  return isStandIn(row) ? <RowsPlace /> : <LiveRow message={row.message} node={row.node} continued={isContinuation(row.message, previous?.message)} />
}

let decoded: Promise<readonly ReactNode[]> | null = null

/** Decoded once for each document; React waits for it, and what the server rendered stays on the screen meanwhile. */
function renderedInDocument(): readonly ReactNode[] {
  if (typeof document === 'undefined') return []
  decoded ??= decodeNodes()
  return use(decoded)
}

async function decodeNodes(): Promise<readonly ReactNode[]> {
  const { body } = new Response(nodesInDocument())
  if (!body) throw new Error('a response of text has a body')
  return allNodes(await getBrowserDecoder()<DistinctNodes>(body))
}
