'use client'
// The rows of a page as every lane shows them first. The server renders this once for everybody; the browser shows the
// same rows one by one.
import { Fragment, type ReactNode } from 'react'
import type { Message } from '../../conversation/message'
import { LiveRow } from './LiveRow'

interface PageRowsProps {
  readonly messages: readonly Message[]
  /** The rendering of each. */
  readonly nodes: readonly ReactNode[]
}

export function PageRows({ messages, nodes }: PageRowsProps) {
  return messages.map((message, at) => (
    <Fragment key={message.id}>
      <LiveRow message={message} node={nodes[at]} />
    </Fragment>
  ))
}
