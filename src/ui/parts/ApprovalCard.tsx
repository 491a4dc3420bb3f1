'use client'
// A call that people have to approve: what would be done, who may say so, and what was said. It is drawn from its record, and once that is
// gone from what its message keeps of it. The rendering for everybody has no buttons.
import { useContext } from 'react'
import { type Approval, type ApprovalTold, approvalToldIn, isModerator, mayDecide } from '../../conversation/approval'
import type { Part } from '../../conversation/message'
import { Day } from '../basics/Day'
import { useHydrated } from '../frame/hydrated'
import { useRecords } from '../frame/records'
import { RoomActionsContext } from '../frame/room-actions'
import { Timestamp } from '../list/Timestamp'
import { DecisionSlot } from './DecisionSlot'
import { exactJson } from './exact-json'

type Call = Extract<Part, { type: 'dynamic-tool' }>

export function ApprovalCard({ part, tool, server }: { readonly part: Call; readonly tool: string; readonly server?: string }) {
  const id = part.approval?.id ?? ''
  const record = useRecords('approval').find((one) => one.id === id)?.value
  const actions = useContext(RoomActionsContext)
  const hydrated = useHydrated()
  const told: ApprovalTold | null = record ?? approvalToldIn(part)
  const state = told?.state ?? (part.state === 'approval-requested' ? 'open' : part.approval?.approved === true ? 'approved' : 'denied')
  const viewer = actions && ({ id: actions.viewer, kind: 'person', role: actions.mayOrder ? 'owner' : 'member' } as const)
  const asked = record?.question?.message ?? told?.asked
  const states = asked === undefined ? STATE_WORDS : QUESTION_WORDS
  const isOpen = record?.state === 'open' && part.state === 'approval-requested'
  return (
    <div
      role="group"
      aria-label={`${asked === undefined ? 'Approval' : 'Question'}: ${tool}`}
      data-part="approval"
      data-approval-id={id}
      data-approval-state={state}
    >
      <p className="approval-title">
        <b>{tool}</b>
        {server === undefined ? null : (
          <span>
            of <bdi>{server}</bdi>
          </span>
        )}
        <span data-state={state}>{states[state]}</span>
      </p>
      {asked === undefined ? null : (
        <p data-part="question">
          <bdi>{server ?? tool}</bdi> asks: <q>{asked}</q>
        </p>
      )}
      {told && state === 'open' ? (
        <p>
          {capital(told.who)} {record?.mode === 'votes' ? 'must approve' : asked === undefined ? 'may decide' : 'may answer'}.
        </p>
      ) : null}
      {told?.taint ? <p>{told.taint}</p> : null}
      <pre dir="ltr" tabIndex={0} role="region" aria-label={`Arguments of ${tool}`}>
        {exactJson(part.input)}
      </pre>
      {record ? <Votes card={record} /> : null}
      {record?.state === 'open' ? <Day at={record.expiresAt} what="Until" /> : null}
      {told && told.decisions.length > 0 ? (
        <ul>
          {told.decisions.map(({ by, name, verdict, reason, at }) => (
            <li key={by}>
              {VERDICT_WORDS[verdict]} by <bdi>{name}</bdi>, <Timestamp at={at} />
              {reason === undefined ? null : (
                <>
                  : <q>{reason}</q>
                </>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {told && (state === 'expired' || state === 'void') ? (
        <p>
          {state === 'void' ? capital(told.note ?? 'it is void.') : 'Nobody decided in time.'}
          {told.closedAt === null ? null : (
            <>
              {' '}
              <Timestamp at={told.closedAt} />
            </>
          )}
        </p>
      ) : null}
      {record && isOpen && hydrated && viewer && actions && (mayDecide(record, viewer) || isModerator(viewer)) ? (
        <DecisionSlot
          id={id}
          card={record}
          mayDecide={mayDecide(record, viewer)}
          hasApproved={record.decisions.some(({ by, verdict }) => by === viewer.id && verdict === 'approve')}
          mayAlways={isModerator(viewer)}
          decide={actions.decide}
        />
      ) : null}
    </div>
  )
}

/** How many have approved of how many who must. */
function Votes({ card: { mode, needed, decisions, state } }: { readonly card: Approval }) {
  if (mode !== 'votes' || state !== 'open') return null
  const given = decisions.filter(({ verdict }) => verdict === 'approve').length
  return (
    <p>
      {given} of {needed} votes
    </p>
  )
}

const QUESTION_WORDS = { open: 'asks something', approved: 'answered', denied: 'not answered', expired: 'expired', void: 'void' } as const
const STATE_WORDS = { open: 'waits for approval', approved: 'approved', denied: 'denied', expired: 'expired', void: 'void' } as const
const VERDICT_WORDS = { approve: 'Approved', deny: 'Denied', always: 'Always allowed here', answer: 'Answered', decline: 'Declined' } as const

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
