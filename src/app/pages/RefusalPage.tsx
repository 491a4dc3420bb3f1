// An expected no, in words, with a way on.
import type { Member } from '../../conversation/member'
import type { Refusal, RefusalCode } from '../../conversation/refusal'
import { buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { roomPath } from '../directory/places'
import type { ListedRoom } from '../directory/list-rooms'
import { SignOut } from './SignOut'

interface RefusalPageProps {
  readonly refusal: Refusal
  readonly viewer: Member | null
  /** Where the way on leads: a path of this site. */
  readonly back: string
  /** Where else the viewer may go. */
  readonly rooms?: readonly ListedRoom[]
}

const HEADINGS: Partial<Record<RefusalCode, string>> = {
  no_such_room: 'Nothing here',
  not_a_member: 'You are not a member of this room',
  not_signed_in: 'Who is asking?',
  too_fast: 'Too fast',
  claim_refused: 'This link does not work any more',
  unavailable: 'Not just now',
}

export function RefusalPage({ refusal, viewer, back, rooms = [] }: RefusalPageProps) {
  const heading = HEADINGS[refusal.code] ?? 'That did not work'
  return (
    <Card title={heading}>
      <title>{`${heading} · Parley`}</title>
      <p role="alert" className="text-ink">
        {refusal.message}
      </p>
      <a href={back} className={buttonClass('primary')}>
        {back === '/' ? (viewer ? 'To the lobby' : 'To the front page') : 'Back'}
      </a>
      {rooms.length === 0 ? null : (
        <nav aria-label="Other rooms" className="flex flex-col gap-1 border-t border-line pt-3">
          {rooms.map(({ id, name }) => (
            <a key={id} href={roomPath(id)} className={buttonClass('quiet')}>
              <bdi className="truncate">{name}</bdi>
            </a>
          ))}
        </nav>
      )}
      {viewer && refusal.code === 'not_a_member' ? <SignOut /> : null}
    </Card>
  )
}
