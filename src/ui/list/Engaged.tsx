// Under a message: why it is there, what it cost, its place among those that wait, what held agents back from it. No hooks, so that server and
// browser render the same; its buttons find the room by themselves.
import { endOf, guardedOf, placeOf, shownHeldOf, whyOf } from '../../conversation/engaged'
import { isUnfinished, type Message } from '../../conversation/message'
import { usageOf } from '../../conversation/usage'
import { ContinueButton } from './ContinueButton'
import { Cost } from './Cost'
import { endInWords, guardInWords, whyInWords } from './engaged-words'
import { Held } from './Held'
import { QueueButtons } from './QueueButtons'

export function Engaged({ message: { id, metadata } }: { readonly message: Pick<Message, 'id' | 'metadata'> }) {
  if (!metadata.amended) return null
  const [why, end, held, guarded] = [whyOf(metadata), endOf(metadata), shownHeldOf(metadata), guardedOf(metadata)]
  const usage = isUnfinished(metadata.status) ? null : usageOf(metadata)
  const place = metadata.status === 'waiting' ? placeOf(metadata) : null
  return (
    <>
      {why || usage ? (
        <div className="reply-line">
          {why ? <p data-part="why">{end ? `${whyInWords(why)} · ${endInWords(end)}` : whyInWords(why)}</p> : null}
          {usage ? <Cost usage={usage} /> : null}
        </div>
      ) : null}
      {metadata.status === 'waiting' ? (
        <div data-part="queue">
          <span>{place === null || place === 1 ? 'Waits: next to answer' : `Waits: ${place - 1} before it`}</span>
          <QueueButtons id={id} asker={metadata.askedBy ?? why?.by ?? null} isNext={place === 1} />
        </div>
      ) : null}
      {guarded > 0 ? (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a note is no element of its own
        <div role="note" data-part="guard">
          <span>{guardInWords(guarded)}</span>
          <ContinueButton id={id} />
        </div>
      ) : null}
      {held.length > 0 ? <Held id={id} held={held} /> : null}
    </>
  )
}
