// What the message in the box replies to, above the box.
import { Icon } from '../basics/Icon'
import { ShownName } from '../people/ShownName'
import type { ReplyTarget } from './reply-target'

interface ReplyChipProps {
  readonly target: ReplyTarget
  readonly onRemove: () => void
}

export function ReplyChip({ target: { author, words }, onRemove }: ReplyChipProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of a form without a legend of its own
    <div className="reply-chip" data-part="replying" role="group" aria-label={`Replying to ${author.name}`}>
      <span>
        Replying to <ShownName name={author.name} as="b" />
        <span className="text-muted" dir="auto">{` ${words}`}</span>
      </span>
      <button type="button" className="icon-button" aria-label="Remove the reply" onClick={onRemove}>
        <Icon name="close" className="size-4" />
      </button>
    </div>
  )
}
