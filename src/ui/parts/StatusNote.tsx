// Why a reply is not whole.
import type { ReactNode } from 'react'
import type { Failure, MessageStatus } from '../../conversation/message'
import { Notice } from './Notice'
import { RetryWait } from './RetryWait'
import { Stopped } from './Stopped'

export interface StatusNoteProps {
  readonly status: MessageStatus
  readonly failure?: Failure
  /** Buttons. */
  readonly children: ReactNode
}

export function StatusNote({ status, failure, children }: StatusNoteProps) {
  return (
    <Notice tone={status === 'failed' ? 'danger' : 'calm'} buttons={children}>
      {failure?.text ?? happened(status)}
      {failure?.retryAt === undefined ? null : <RetryWait at={failure.retryAt} />}
    </Notice>
  )
}

function happened(status: MessageStatus): ReactNode {
  switch (status) {
    case 'stopped':
      return <Stopped />
    case 'interrupted':
      return 'This reply was interrupted before its end.'
    case 'failed':
    case 'complete':
    case 'pending':
    case 'waiting':
    case 'asking':
    case 'streaming':
      return 'This reply failed.'
    default:
      return status satisfies never
  }
}
