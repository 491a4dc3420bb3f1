'use client'
// What may be done with a call that waits. A denial may say why; the agent is told so.
import { useId, useState } from 'react'
import { MAX_REASON } from '../../conversation/approval'
import { toMessage } from '../basics/hand-over'
import { SmallButton } from '../basics/SmallButton'
import type { RoomActions } from '../frame/room-actions'

interface ApprovalButtonsProps extends Pick<RoomActions, 'decide'> {
  readonly id: string
  /** Of the arguments that are shown. */
  readonly hash: string
  readonly mayDecide: boolean
  /** Others have to approve, too: they may still deny. */
  readonly hasApproved: boolean
  readonly mayAlways: boolean
}

export function ApprovalButtons({ id: approval, hash, mayDecide, hasApproved, mayAlways, decide }: ApprovalButtonsProps) {
  const field = useId()
  const [reason, setReason] = useState('')
  const deny = () => decide({ type: 'deny', approval, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) })
  return (
    <form
      ref={toMessage}
      className="approval-buttons"
      onSubmit={(event) => {
        event.preventDefault()
        deny()
      }}
    >
      {mayDecide && !hasApproved ? (
        <SmallButton isPrimary onClick={() => decide({ type: 'approve', approval, hash })}>
          Approve
        </SmallButton>
      ) : null}
      {mayDecide ? <SmallButton onClick={deny}>Deny</SmallButton> : null}
      {mayAlways ? <SmallButton onClick={() => decide({ type: 'always-allow', approval, hash })}>Always allow here</SmallButton> : null}
      {mayDecide ? (
        <>
          <label htmlFor={field} className="sr-only">
            Why not, if you deny it
          </label>
          <input
            id={field}
            value={reason}
            maxLength={MAX_REASON}
            autoComplete="off"
            placeholder="Why not, if you deny it"
            onChange={({ target }) => setReason(target.value)}
          />
        </>
      ) : null}
    </form>
  )
}
