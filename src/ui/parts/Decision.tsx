'use client'
// What whoever may decide does with a card: lets the call run or not, or answers what its server asks.
import { ApprovalButtons } from './ApprovalButtons'
import type { DecisionProps } from './DecisionSlot'
import { QuestionForm } from './QuestionForm'

export function Decision({ id, card, mayDecide, hasApproved, mayAlways, decide }: DecisionProps) {
  const { question, server, tool, hash } = card
  if (!question) return <ApprovalButtons id={id} hash={hash} mayDecide={mayDecide} hasApproved={hasApproved} mayAlways={mayAlways} decide={decide} />
  return mayDecide ? <QuestionForm id={id} question={question} server={server ?? tool} decide={decide} /> : null
}
