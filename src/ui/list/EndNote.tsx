// Why a reply is not whole, with a way to ask for the rest or for all of it again.
import { isContinuable, isRetryable, type Message } from '../../conversation/message'
import { StatusNote } from '../parts/StatusNote'
import { ContinueButton } from './ContinueButton'
import { RetryButton } from './RetryButton'

export function hasEndNote({ metadata: { author, status, failure } }: Message): boolean {
  return author.kind === 'agent' && (isRetryable(status) || (status === 'complete' && failure !== undefined))
}

export function EndNote({ message: { id, metadata } }: { readonly message: Message }) {
  const { status, failure } = metadata
  return (
    <StatusNote status={status} {...(failure ? { failure } : {})}>
      {isContinuable(metadata) ? <ContinueButton id={id} /> : null}
      {isRetryable(status) ? <RetryButton id={id} /> : null}
    </StatusNote>
  )
}
