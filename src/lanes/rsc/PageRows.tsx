'use client'
// The rows of a page as every lane shows them first. The server renders this once for everybody; the browser shows the
// same rows one by one.
import type { ReactNode } from 'react'
import type { Message } from '../../conversation/message'
import type { RoomRecord } from '../../conversation/record'
import { RecordsContext } from '../../ui/frame/records'
import { StandingContext } from '../../ui/parts/standing'
import { LiveRow } from './LiveRow'

interface PageRowsProps {
  readonly messages: readonly Message[]
  /** The rendering of each. */
  readonly nodes: readonly ReactNode[]
  /** What the room's records say of its agents. */
  readonly records: readonly RoomRecord[]
  /** As plain words, where a page has no room for what they mean. */
  readonly plain: boolean
}

export function PageRows({ messages, nodes, records, plain }: PageRowsProps) {
  return (
    <RecordsContext value={records}>
      {messages.map((message, at) => (
        <StandingContext key={message.id} value={plain ? 'plain' : 'nowhere'}>
          <LiveRow message={message} node={nodes[at]} />
        </StandingContext>
      ))}
    </RecordsContext>
  )
}
