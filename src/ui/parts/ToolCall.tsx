// A call of a tool, and below it the card by which people let it run.
import type { DynamicToolUIPart } from 'ai'
import { factsOf } from '../../conversation/tool-part'
import { ApprovalCard } from './ApprovalCard'
import { ToolPart } from './ToolPart'

export function ToolCall({ part }: { readonly part: DynamicToolUIPart }) {
  return (
    <>
      <ToolPart part={part} />
      {part.approval ? <ApprovalCard part={part} {...factsOf(part)} /> : null}
    </>
  )
}
