// What a message says. The agent's reasoning and its tools stand above, folded; its words follow in one piece, so that
// a program can read them from one element.
import { Fragment } from 'react'
import { saidLength } from '../../conversation/event'
import { isBlank, mentionsOf, type MessageMetadata, type Part, textOf } from '../../conversation/message'
import { ApprovalCard } from './ApprovalCard'
import { ReasoningPart } from './ReasoningPart'
import { ReplyCopy } from './ReplyCopy'
import { TextPart } from './TextPart'
import { ToolPart } from './ToolPart'
import { Waiting } from './Waiting'

export interface MessageBodyProps {
  readonly parts: readonly Part[]
  readonly metadata: Pick<MessageMetadata, 'author' | 'status' | 'createdAt' | 'startedAt'>
}

export function MessageBody({ parts, metadata: { author, status, createdAt, startedAt } }: MessageBodyProps) {
  const streaming = status === 'streaming'
  return (
    <>
      {parts.map((part, index) => {
        // Parts are only ever appended, so their place names them.
        if (part.type === 'reasoning') return <ReasoningPart key={index} text={part.text} streaming={streaming && index === parts.length - 1} />
        if (part.type === 'dynamic-tool')
          return (
            <Fragment key={index}>
              <ToolPart part={part} />
              {part.approval ? <ApprovalCard part={part} {...namesOf(part)} /> : null}
            </Fragment>
          )
        return null
      })}
      <TextPart text={textOf({ parts })} streaming={streaming} mentions={mentionsOf({ parts })} />
      {streaming ? <Waiting since={startedAt ?? createdAt} said={saidLength({ parts })} /> : null}
      {author.kind === 'agent' && (streaming || !isBlank(textOf({ parts }))) ? <ReplyCopy text={textOf({ parts })} streaming={streaming} /> : null}
    </>
  )
}

/** The tool's own name, and its server's. */
function namesOf({ toolName, toolMetadata }: Extract<Part, { type: 'dynamic-tool' }>): { readonly tool: string; readonly server?: string } {
  const { tool, server } = toolMetadata ?? {}
  return { tool: typeof tool === 'string' ? tool : toolName, ...(typeof server === 'string' ? { server } : {}) }
}
