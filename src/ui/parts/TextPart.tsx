// One text of a message, in an element of its own where programs look for it.
import { memo } from 'react'
import { isBlank } from '../../conversation/message'
import { Words } from './Words'

export interface TextPartProps {
  readonly text: string
  readonly streaming: boolean
  /** Those in the text, each with its @, as typed. */
  readonly mentions?: readonly string[]
}

/** Those that are finished are not drawn again when another grows. */
export const TextPart = memo(function TextPart({ text, streaming, mentions }: TextPartProps) {
  return <div data-part="text">{wordsOf({ text, streaming, ...(mentions ? { mentions } : {}) })}</div>
})

/** Blanks are nothing to read: no box is drawn for them. */
function wordsOf(part: TextPartProps) {
  if (part.text === '' && part.streaming) return <Thinking />
  return isBlank(part.text) ? null : <Words key={part.mentions?.join()} {...part} />
}

/** Drawn without words: nothing has been said yet. */
function Thinking() {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn by CSS, there is no image to load
    <span role="img" aria-label="Thinking" className="inline-flex h-6 items-center gap-1">
      <span className="thinking-dot size-1.5 rounded-full bg-agent-fill" />
      <span className="thinking-dot size-1.5 rounded-full bg-agent-fill" />
      <span className="thinking-dot size-1.5 rounded-full bg-agent-fill" />
    </span>
  )
}
