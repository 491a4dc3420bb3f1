// A message as the server renders it: which pieces it has, once for everybody. The pieces that show what the client holds
// anyway (the frame, who and when, the words) are leaves, so that nothing is sent twice; what went wrong is made here.
import type { ReactNode } from 'react'
import type { MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { isContinuation } from '../../ui/list/continuation'
import { ContinueButton } from '../../ui/list/ContinueButton'
import { EndNote, hasEndNote } from '../../ui/list/EndNote'
import { RetryButton } from '../../ui/list/RetryButton'
import { RetryWait } from '../../ui/parts/RetryWait'
import { Stopped } from '../../ui/parts/Stopped'
import type { Initial } from '../opening/opening'
import type { Nodes } from './flight'
import { LiveArticle } from './LiveArticle'
import { LiveHead } from './LiveHead'

/** Holds nothing of the reader: the same node goes to everybody. `continued`: see isContinuation. */
export function renderMessage(message: Message, continued: boolean): ReactNode {
  if (!hasEndNote(message)) return continued ? CONTINUED : HEADED
  return <LiveArticle {...(continued ? {} : { head: HEAD })} note={<EndNote message={message} />} />
}

// Flight writes an object once, however often it stands in a payload: what most messages look like is one each.
const HEAD = <LiveHead />
const HEADED = <LiveArticle head={HEAD} />
const CONTINUED = <LiveArticle />

const NO_ID = '' as MessageId
/** One of each leaf that a rendering may hold: a browser that is told of them when it joins has them before a row needs one. */
export const LEAVES: ReactNode = (
  <>
    {HEADED}
    <Stopped />
    <RetryWait at={0} />
    <RetryButton id={NO_ID} />
    <ContinueButton id={NO_ID} />
  </>
)

/** Renders consecutive messages, each in its place. */
export function renderRows(messages: readonly Message[]): readonly ReactNode[] {
  return messages.map((message, at) => renderMessage(message, isContinuation(message, messages[at - 1])))
}

/** The same, by id. */
export function renderMessages(messages: readonly Message[]): Nodes {
  const rows = renderRows(messages)
  return Object.fromEntries(messages.map(({ id }, at) => [id, rows[at]]))
}

/** The rendering of a page's messages, where they are not in its document. */
export function renderedIn(initial: Initial): { readonly nodes?: Nodes } {
  return 'inDocument' in initial ? {} : { nodes: renderMessages(initial.messages) }
}
