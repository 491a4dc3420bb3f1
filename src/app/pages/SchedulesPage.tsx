// What a room's agents do later, with who planned it, when it comes next, and what became of it last; and the forms for it.
import { legible } from '../../conversation/seen'
import { MAX_SCHEDULES, MAX_TASK, MAX_WHEN, type Ran } from '../../conversation/schedule'
import type { RecordOf } from '../../conversation/record'
import { inWords } from '../../room/schedules/carry-out'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Choice } from '../../ui/basics/Choice'
import { Field } from '../../ui/basics/Field'
import { isolated } from '../../ui/basics/language'
import { ShownName } from '../../ui/people/ShownName'
import { roomPath, schedulesPath } from '../directory/places'
import type { SchedulesPageProps } from './room-schedules'

export function SchedulesPage(props: SchedulesPageProps) {
  const { room, schedules, refused } = props
  return (
    <Card
      isWide
      title={`Schedules of ${isolated(room.name)}`}
      lead="What agents do later, once or again and again, for whoever planned it: with their rights, and out of their budget."
    >
      <title>{`Schedules · ${room.name} · Parley`}</title>
      {refused?.intent === 'cancel' ? (
        <p role="alert" className="text-sm text-danger">
          {refused.refusal.message}
        </p>
      ) : null}
      {schedules.length === 0 ? <p className="text-muted">Nothing is planned. Say “every weekday at 9, …” to an agent, or plan it here.</p> : null}
      <ul {...(schedules.length > 0 ? { 'aria-label': 'Schedules' } : { hidden: true })} className="flex flex-col divide-y divide-line">
        {schedules.map((schedule) => (
          <Planned key={schedule.id} {...props} schedule={schedule} />
        ))}
      </ul>
      {schedules.length > 0 ? <p className="text-sm text-muted">{`${schedules.length} of ${MAX_SCHEDULES} schedules.`}</p> : null}
      <Planning {...props} />
      <Zone {...props} />
      <a href={roomPath(room.id)} className={buttonClass('primary')}>
        Back to <bdi>{room.name}</bdi>
      </a>
    </Card>
  )
}

function Planned({ room, viewer, agents, zone, schedule: { id, value } }: SchedulesPageProps & { readonly schedule: RecordOf<'schedule'> }) {
  const agent = agents.find((one) => one.id === value.agent)
  return (
    <li data-schedule={id} className="flex flex-col gap-1 py-3">
      <p className="break-words text-ink">
        <bdi>{legible(value.task)}</bdi>
      </p>
      <p className="text-sm text-muted">
        <bdi>{value.when}</bdi>
        {' · '}
        {agent ? <bdi>{agent.value.name}</bdi> : 'an agent that has gone'}
        {' · for '}
        <ShownName name={value.name} />
      </p>
      <p className="text-sm text-muted">
        {value.next === null ? (
          'Does not come any more'
        ) : (
          <>
            {'Next '}
            <time dateTime={new Date(value.next).toISOString()}>{inWords(value.next, zone)}</time>
          </>
        )}
      </p>
      {value.taint === undefined ? null : (
        <p data-taint={value.taint} className="text-sm text-muted">
          Planned by an answer that had read what nobody here answers for: what acts outside is asked about.
        </p>
      )}
      {value.last ? <Last ran={value.last} zone={zone} /> : null}
      {room.isOwner || value.by === viewer.id ? (
        <form method="post" action={schedulesPath(room.id)} className="mt-1">
          <input type="hidden" name="intent" value="cancel" />
          <Button type="submit" name="id" value={id} aria-label={`Cancel “${legible(value.task)}”`}>
            Cancel
          </Button>
        </form>
      ) : null}
    </li>
  )
}

function Last({ ran: { at, outcome, text }, zone }: { readonly ran: Ran; readonly zone: string }) {
  return (
    <p className={outcome === 'ran' ? 'text-sm text-muted' : 'text-sm text-danger'}>
      {'Last '}
      <time dateTime={new Date(at).toISOString()}>{inWords(at, zone)}</time>
      {outcome === 'ran' ? null : `: not done. ${text ?? ''}`}
    </p>
  )
}

function Planning({ room, agents, typed, refused, zone }: SchedulesPageProps) {
  const error = refused?.intent === 'add' ? refused.refusal.message : undefined
  if (agents.length === 0) return null
  return (
    <form method="post" action={schedulesPath(room.id)} className="flex flex-col gap-4 border-t border-line pt-4">
      <input type="hidden" name="intent" value="add" />
      {error === undefined ? null : (
        <p role="alert" className="text-sm text-danger">
          {error}
        </p>
      )}
      <Field
        label="When"
        id="when"
        name="when"
        required
        maxLength={MAX_WHEN}
        autoComplete="off"
        defaultValue={typed.when}
        hint={`“every weekday at 9”, “tomorrow at 14:30”, “in 2 hours”, “2026-12-24 18:00”, or cron’s five fields. By the clocks of ${zone}.`}
      />
      <Field
        label="What"
        id="task"
        name="task"
        required
        maxLength={MAX_TASK}
        autoComplete="off"
        defaultValue={typed.task}
        hint="As you would ask for it then."
      />
      <Choice
        label="Agent"
        name="agent"
        chosen={typed.agent || (agents[0]?.id ?? '')}
        options={agents.map(({ id, value }) => [id, `${value.name} (@${value.handle})`] as const)}
      />
      <Button type="submit" variant="primary" className="self-start">
        Plan it
      </Button>
    </form>
  )
}

function Zone({ room, zone, refused }: SchedulesPageProps) {
  if (!room.isOwner) return <p className="text-sm text-muted">{`Times are those of ${zone}. The owner of this room sets the time zone.`}</p>
  return (
    <form method="post" action={schedulesPath(room.id)} className="flex flex-col gap-3 border-t border-line pt-4">
      <input type="hidden" name="intent" value="zone" />
      <Field
        label="Time zone"
        id="zone"
        name="zone"
        required
        maxLength={64}
        autoComplete="off"
        defaultValue={zone}
        hint="Its name, such as Europe/Zurich, America/New_York or UTC. What comes again and again goes by its clocks."
        {...(refused?.intent === 'zone' ? { error: refused.refusal.message } : {})}
      />
      <Button type="submit" className="self-start">
        Save time zone
      </Button>
    </form>
  )
}
