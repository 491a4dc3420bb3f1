// The line under the composer: why it did not send, how much room is left, or else how to use it.
import { MAX_MESSAGE_LENGTH } from '../../conversation/message'

/** From this many characters before the limit on, the writer is told how many are left. */
const NEAR_LIMIT = 1_000

export interface ComposerNoteProps {
  readonly id: string
  /** Of the text, in characters. */
  readonly length: number
  readonly triedEmpty: boolean
}

export function ComposerNote({ id, length, triedEmpty }: ComposerNoteProps) {
  const left = MAX_MESSAGE_LENGTH - length
  return (
    <div id={id} className="composer-note">
      {left < 0 ? (
        <p role="alert" className="text-danger">
          Too long by {(-left).toLocaleString('en')} characters. A message holds {MAX_MESSAGE_LENGTH.toLocaleString('en')}; shorten it or send it in parts.
        </p>
      ) : triedEmpty ? (
        <p role="alert">Write something first.</p>
      ) : left <= NEAR_LIMIT ? (
        <p>{left.toLocaleString('en')} characters left</p>
      ) : (
        <p className="hidden pointer-fine:block">Enter sends, Shift + Enter starts a new line</p>
      )}
    </div>
  )
}
