// What a message says. The agent's reasoning and its tools stand above, folded; its words follow in one piece, so that
// a program can read them from one element.
import type { Part } from '../../conversation/message'
import { mentionsOf, textOf } from '../../conversation/message'
import { ReasoningPart } from './ReasoningPart'
import { ReplyCopy } from './ReplyCopy'
import { TextPart } from './TextPart'
import { ToolPart } from './ToolPart'

export interface MessageBodyProps {
  readonly parts: readonly Part[]
  readonly streaming: boolean
  /** Said by an agent: it may be copied. */
  readonly reply: boolean
}

export function MessageBody({ parts, streaming, reply }: MessageBodyProps) {
  return (
    <>
      {parts.map((part, index) => {
        // Parts are only ever appended, so their place names them.
        if (part.type === 'reasoning') return <ReasoningPart key={index} text={part.text} streaming={streaming && index === parts.length - 1} />
        if (part.type === 'dynamic-tool') return <ToolPart key={index} part={part} />
        return null
      })}
      <TextPart text={textOf({ parts })} streaming={streaming} mentions={mentionsOf({ parts })} />
      {reply ? <ReplyCopy text={textOf({ parts })} streaming={streaming} /> : null}
    </>
  )
}
