// Who is here: a few faces and a number, and everybody by name when asked.
import { useContext } from 'react'
import type { MemberId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { AgentBadge } from './AgentBadge'
import { Avatar } from './Avatar'
import { Counted } from '../basics/Counted'
import { toPanel } from '../basics/hand-over'
import { Popover } from '../basics/Popover'
import { SmallButton } from '../basics/SmallButton'
import { RoomActionsContext } from '../frame/room-actions'
import { ShownName } from './ShownName'

/** Faces shown in the header; the number says how many there are. */
const FACES = 3

export interface MemberListProps {
  readonly here: readonly Member[]
  readonly hereCount: number
  readonly viewer: MemberId
}

export function MemberList({ here, hereCount, viewer }: MemberListProps) {
  const faces = facesOf(here)
  const actions = useContext(RoomActionsContext)
  const unnamed = hereCount - here.length
  return (
    <Popover
      name="Who is here"
      from="header"
      onOpen={() => unnamed > 0 && actions?.loadHere()}
      buttonClassName="here-button"
      button={
        <>
          <span className="flex">
            {faces.map((member, index) => (
              <span
                key={member.id}
                className={`inline-flex border-2 border-surface ${member.kind === 'agent' ? 'rounded-[30%]' : 'rounded-full'} ${index > 0 ? '-ml-1' : ''} ${index > 1 ? 'max-sm:hidden' : ''}`}
              >
                <Avatar member={member} size="small" />
              </span>
            ))}
          </span>
          <span className="text-sm font-medium tabular-nums">
            <span className="sr-only">Who is here: </span>
            <Counted count={hereCount} />
          </span>
        </>
      }
    >
      <h2 className="px-1 pb-2 text-sm font-semibold">Here now</h2>
      <ul className="flex flex-col gap-0.5">
        {here.map((member) => (
          <li key={member.id} className="here-name">
            <Avatar member={member} size="small" />
            <ShownName name={member.name} />
            {member.id === viewer ? <span className="text-sm text-muted">you</span> : null}
            {member.kind === 'agent' ? <AgentBadge /> : null}
          </li>
        ))}
      </ul>
      {unnamed > 0 ? (
        <div className="flex items-center justify-between px-1 pt-2 text-sm text-muted">
          and <Counted count={unnamed} /> more
          <SmallButton ref={toPanel} onClick={() => actions?.loadHere()}>
            Show more
          </SmallButton>
        </div>
      ) : null}
    </Popover>
  )
}

/** An agent when one is here: a glance at the header says that this is a mixed room. Who comes is added at the end, so that no face moves. */
function facesOf(here: readonly Member[]): readonly Member[] {
  const agents = here.filter((member) => member.kind === 'agent').slice(0, 1)
  return [...agents, ...here.filter((member) => member.kind === 'person').slice(0, FACES - agents.length)]
}
