// The line under the composer: why it did not send, how much room is left, or else how to use it.
import type { ReactNode } from 'react'
import { MAX_MESSAGE_LENGTH } from '../../conversation/message'
import { counted, numeral } from '../basics/counted'

/** From this many characters before the limit on, the writer is told how many are left. */
const NEAR_LIMIT = 1_000

/** Why something was not done, until one writes on. */
export type Trouble = 'empty' | 'files'

const TROUBLES: Readonly<Record<Trouble, string>> = {
  empty: 'Write something first.',
  files: 'Pictures and files cannot be attached yet. What you wrote is still here.',
}

export interface ComposerNoteProps {
  readonly id: string
  /** Of the text, in characters. */
  readonly length: number
  readonly trouble: Trouble | null
  readonly enterSends: boolean
  /** What may be chosen for this message, in place of how the box is used. */
  readonly choice?: ReactNode
}

export function ComposerNote({ id, length, trouble, enterSends, choice = null }: ComposerNoteProps) {
  const left = MAX_MESSAGE_LENGTH - length
  return (
    <div id={id} className="composer-note">
      {left < 0 ? (
        <p role="alert" className="text-danger">
          Too long by {counted(-left, 'character')}. A message holds {numeral(MAX_MESSAGE_LENGTH)}; shorten it or send it in parts.
        </p>
      ) : trouble ? (
        <p role="alert">{TROUBLES[trouble]}</p>
      ) : left <= NEAR_LIMIT ? (
        <p>{counted(left, 'character')} left</p>
      ) : choice ? (
        choice
      ) : (
        <p className="composer-hint">{enterSends ? 'Enter sends, Shift + Enter starts a new line' : 'Enter starts a new line, Send sends'}</p>
      )}
    </div>
  )
}
