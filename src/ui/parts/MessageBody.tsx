// What a message says, in the order in which it was said: each text in an element of its own, where programs look for it, and between
// them, folded, what an agent thought and the tools that it used.
import { whyOf } from '../../conversation/engaged'
import { saidLength } from '../../conversation/event'
import { isBlank, isUnfinished, mentionsOf, type Message, type Part, textOf } from '../../conversation/message'
import { isSettled, lastStepIn } from '../../conversation/tool-part'
import { Fold } from './Fold'
import { ReasoningPart } from './ReasoningPart'
import { ReplyCopy } from './ReplyCopy'
import { TextPart } from './TextPart'
import { Tool } from './Tool'
import { Waiting } from './Waiting'
import { Working } from './Working'

/** What another agent asked for folds once it is said: whoever asked goes on above it. Until then it is seen as it grows. */
export function MessageBody({ message }: { readonly message: Message }) {
  const { metadata } = message
  const why = whyOf(metadata)
  if (why?.rule !== 'agent-asked') return <Said message={message} />
  return (
    <Fold
      kind="asked"
      open={isUnfinished(metadata.status)}
      summary={
        <span>
          Answer for <bdi>{why.name}</bdi>
        </span>
      }
    >
      <Said message={message} />
    </Fold>
  )
}

function Said({ message }: { readonly message: Message }) {
  const { parts, metadata } = message
  const { author, status, createdAt, startedAt } = metadata
  const streaming = status === 'streaming'
  const steps = streaming || status === 'asking' ? lastStepIn(parts) : 0
  return (
    <>
      {withPlaceForWords(parts, streaming).map((part, index) => {
        const isLast = index >= parts.length - 1
        // Parts are only ever appended, so their place names them.
        if (part.type === 'reasoning') return <ReasoningPart key={index} text={part.text} streaming={streaming && isLast} />
        if (part.type === 'dynamic-tool') return <Tool key={index} part={part} />
        return <TextPart key={index} text={part.text} streaming={streaming && isLast} mentions={mentionsOf({ parts: [part] })} />
      })}
      {streaming && steps === 0 ? <Waiting since={startedAt ?? createdAt} said={saidLength({ parts })} /> : null}
      {steps > 0 ? <Working message={message} /> : null}
      {author.kind === 'agent' && (streaming || !isBlank(textOf({ parts }))) ? <ReplyCopy text={textOf({ parts })} streaming={streaming} /> : null}
    </>
  )
}

const NO_WORDS: Part = { type: 'text', text: '' }

/** There is always an element for words; while a reply is written, the next ones come after what it did last. */
function withPlaceForWords(parts: readonly Part[], streaming: boolean): readonly Part[] {
  const last = parts.at(-1)
  const isAwaited = streaming && last?.type !== 'text' && (last?.type !== 'dynamic-tool' || isSettled(last))
  return isAwaited || parts.every(({ type }) => type !== 'text') ? [...parts, NO_WORDS] : parts
}
