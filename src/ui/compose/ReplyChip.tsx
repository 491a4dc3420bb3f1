// What the message in the box replies to, above the box.
import { textOf, type Message } from '../../conversation/message'
import { Icon } from '../basics/Icon'
import { ShownName } from '../people/ShownName'

/** As much of its words as a line may hold. */
const MOST_SHOWN = 120

interface ReplyChipProps {
  readonly message: Message
  readonly onRemove: () => void
}

export function ReplyChip({ message, onRemove }: ReplyChipProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of a form without a legend of its own
    <div className="reply-chip" data-part="replying" role="group" aria-label={`Replying to ${message.metadata.author.name}`}>
      <span>
        Replying to <ShownName name={message.metadata.author.name} as="b" />
        <span className="text-muted" dir="auto">{` ${textOf(message).slice(0, MOST_SHOWN)}`}</span>
      </span>
      <button type="button" className="icon-button" aria-label="Remove the reply" onClick={onRemove}>
        <Icon name="close" className="size-4" />
      </button>
    </div>
  )
}
