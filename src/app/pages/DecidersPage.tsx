// Which people let one tool run, chosen by the room's owner: anybody of several, or so many of them.
import { MOST_DECIDERS, type Policy } from '../../conversation/policy'
import type { MemberId } from '../../conversation/ids'
import type { RoomTool } from '../../room/approvals/room-policies'
import type { Membership } from '../../room/members/members'
import type { Visit } from '../../room/surface'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Field } from '../../ui/basics/Field'
import { isolated } from '../../ui/basics/language'
import { ShownName } from '../../ui/people/ShownName'
import { policiesPath } from '../directory/places'
import { PERSON } from './chosen-people'
import { policyInWords } from './policy-words'

export interface DecidersPageProps {
  readonly room: Visit['room']
  readonly tool: RoomTool
  /** As it stands in the form. */
  readonly chosen: Pick<Policy, 'people'> & { readonly mode: 'named' | 'votes'; readonly needed: string }
  readonly members: readonly Membership[]
  /** What was looked for among their names. */
  readonly find: string
  readonly error: string | null
}

/** People that are shown at once, beside those that are chosen. */
const MOST_SHOWN = 40
/** So many are found by looking. */
const FEW = 12

export function DecidersPage({ room, tool, chosen: { mode, people, needed }, members, find, error }: DecidersPageProps) {
  const isChosen = ({ id }: Membership) => people.includes(id)
  const sought = find.trim().toLowerCase()
  const others = members.filter((member) => !isChosen(member) && member.name.toLowerCase().includes(sought))
  return (
    <Card title={`Who lets ${tool.own} run`} lead={`Now: ${policyInWords(tool, room.access)}`}>
      <title>{`${tool.own} · Policies · ${room.name} · Parley`}</title>
      <form method="post" action={policiesPath(room.id)} className="flex flex-col gap-4">
        <input type="hidden" name="tool" value={tool.name} />
        <input type="hidden" name="mode" value={mode} />
        <input type="hidden" name="was" value={JSON.stringify(tool.policy)} />
        {error === null ? null : (
          <p id="policy-error" role="alert" className="text-sm text-danger">
            {error}
          </p>
        )}
        {mode === 'votes' ? (
          <Field
            label="How many have to approve"
            id="needed"
            name="needed"
            type="number"
            inputMode="numeric"
            min={1}
            max={MOST_DECIDERS}
            required
            defaultValue={needed}
            hint="One denial is enough. Where nobody is ticked, every member has a vote."
          />
        ) : null}
        {/* The first button of the form, so that Enter in a field looks for a name, and saves nothing by accident. */}
        {members.length > FEW ? (
          <div className="flex items-end gap-2">
            <Field label="Look for a name" id="find" name="find" className="min-w-0 flex-1" maxLength={80} autoComplete="off" defaultValue={find} />
            <Button type="submit" name="intent" value="find">
              Find
            </Button>
          </div>
        ) : null}
        <fieldset className="field" {...(error === null ? {} : { 'aria-describedby': 'policy-error' })}>
          <legend>{mode === 'votes' ? 'Who has a vote' : 'Who may approve it: any of'}</legend>
          <ul className="flex flex-col">
            {members.filter(isChosen).map((member) => (
              <Person key={member.id} member={member} isChosen />
            ))}
            {others.slice(0, MOST_SHOWN).map((member) => (
              <Person key={member.id} member={member} isChosen={false} />
            ))}
          </ul>
          {others.length === 0 && sought !== '' ? <p className="text-sm text-muted">Nobody else here has {isolated(find.trim())} in their name.</p> : null}
          {others.length > MOST_SHOWN ? <p className="text-sm text-muted">{`${others.length - MOST_SHOWN} more: look for a name.`}</p> : null}
        </fieldset>
        <div className="flex flex-wrap items-end gap-2">
          <Button type="submit" variant="primary" name="intent" value="save">
            Save policy
          </Button>
          <a href={policiesPath(room.id)} className={buttonClass('outline')}>
            Back
          </a>
        </div>
      </form>
    </Card>
  )
}

function Person({ member: { id, name, role }, isChosen }: { readonly member: Membership; readonly isChosen: boolean }) {
  return (
    <li>
      <label className="flex min-h-10 items-center gap-2 text-ink">
        <input type="checkbox" name={`${PERSON}${id satisfies MemberId}`} value="1" defaultChecked={isChosen} />
        <ShownName name={name} />
        {role === 'owner' ? <span className="text-sm text-muted">Owner</span> : null}
      </label>
    </li>
  )
}
