// What a room remembers, with who had it noted, when, and where it comes from; and the forms for it.
import { MAX_FACT, MAX_MEMORIES, type Memory } from '../../conversation/memory'
import { type Message, textOf } from '../../conversation/message'
import type { RecordOf } from '../../conversation/record'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Day } from '../../ui/basics/Day'
import { Field } from '../../ui/basics/Field'
import { isolated } from '../../ui/basics/language'
import { ShownName } from '../../ui/people/ShownName'
import { memoryPath, roomPath } from '../directory/places'
import type { MemoryPageProps } from './room-memory'

const LEAD = 'Short notes that everybody here may add, change and take away. Every agent of the room reads the newest of them.'

export function MemoryPage({ room, memories, editing, typed, refusal, source }: MemoryPageProps) {
  const open = memories.find(({ id }) => id === editing)
  const error = refusal?.message
  return (
    <Card isWide title={`Memory of ${isolated(room.name)}`} lead={LEAD}>
      <title>{`Memory · ${room.name} · Parley`}</title>
      {source === null ? null : <Source message={source} />}
      {refusal && editing !== null && !open ? (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      ) : null}
      <Adding room={room} {...(editing === null ? { typed: typed ?? '', ...(error === undefined ? {} : { error }) } : { typed: '' })} />
      {memories.length === 0 ? <p className="text-muted">This room remembers nothing yet. Say “remember that …” to an agent, or write it here.</p> : null}
      <ul {...(memories.length > 0 ? { 'aria-label': 'Notes' } : { hidden: true })} className="flex flex-col divide-y divide-line">
        {memories.map((memory) => (
          <li key={memory.id} data-memory={memory.id} className="flex flex-col gap-1 py-3">
            {memory === open ? (
              <Editing room={room} memory={memory} typed={typed ?? memory.value.fact} {...(error === undefined ? {} : { error })} />
            ) : (
              <Noted room={room} memory={memory} />
            )}
          </li>
        ))}
      </ul>
      {memories.length > 0 ? <p className="text-sm text-muted">{`${memories.length} of ${MAX_MEMORIES} notes.`}</p> : null}
      <a href={roomPath(room.id)} className={buttonClass('primary')}>
        Back to <bdi>{room.name}</bdi>
      </a>
    </Card>
  )
}

interface AddingProps extends Pick<MemoryPageProps, 'room'> {
  readonly typed: string
  readonly error?: string
}

function Adding({ room, typed, error }: AddingProps) {
  return (
    <form method="post" action={memoryPath(room.id)} className="flex flex-col gap-3">
      <input type="hidden" name="intent" value="add" />
      <Field
        label="New note"
        id="fact"
        name="fact"
        required
        maxLength={MAX_FACT}
        autoComplete="off"
        defaultValue={typed}
        hint="One sentence that makes sense by itself. Everybody here sees it, and so do the models that answer."
        {...(error === undefined ? {} : { error })}
      />
      <Button type="submit" variant="primary" className="self-start">
        Add note
      </Button>
    </form>
  )
}

interface OfOne extends Pick<MemoryPageProps, 'room'> {
  readonly memory: RecordOf<'memory'>
}

function Noted({ room, memory: { id, value } }: OfOne) {
  return (
    <>
      <p className="break-words text-ink">
        <bdi>{value.fact}</bdi>
      </p>
      <div className="text-sm text-muted">
        <Attribution memory={value} />
      </div>
      <div className="-ml-4 flex flex-wrap items-center">
        <form method="get" action={memoryPath(room.id)}>
          <Button type="submit" variant="quiet" name="edit" value={id} aria-label={`Edit “${value.fact}”`}>
            Edit
          </Button>
        </form>
        <form method="post" action={memoryPath(room.id)}>
          <input type="hidden" name="intent" value="delete" />
          <Button type="submit" variant="quiet" name="id" value={id} aria-label={`Delete “${value.fact}”`}>
            Delete
          </Button>
        </form>
        {value.source === undefined ? null : (
          <a href={`${memoryPath(room.id)}?source=${value.source}`} className={buttonClass('quiet')} aria-label={`Source of “${value.fact}”`}>
            Source
          </a>
        )}
      </div>
    </>
  )
}

function Attribution({ memory: { name, agent, at, edited } }: { readonly memory: Memory }) {
  return (
    <>
      <span>
        <ShownName name={name} />
        {agent === undefined ? null : (
          <>
            {', noted by '}
            <bdi>{agent}</bdi>
          </>
        )}
      </span>
      <Day at={at} />
      {edited ? (
        <>
          <span>
            {'Changed by '}
            <ShownName name={edited.name} />
          </span>
          <Day at={edited.at} />
        </>
      ) : null}
    </>
  )
}

function Editing({ room, memory: { id, value }, typed, error }: OfOne & { readonly typed: string; readonly error?: string }) {
  return (
    <form method="post" action={memoryPath(room.id)} className="flex flex-col gap-3">
      <input type="hidden" name="intent" value="edit" />
      <input type="hidden" name="id" value={id} />
      <Field
        label="Note"
        id="edited-fact"
        name="fact"
        required
        maxLength={MAX_FACT}
        autoComplete="off"
        defaultValue={typed}
        hint={`Noted for ${value.name}. Your name is written beside it.`}
        {...(error === undefined ? {} : { error })}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          Save note
        </Button>
        <a href={memoryPath(room.id)} className={buttonClass('quiet')}>
          Cancel
        </a>
      </div>
    </form>
  )
}

/** As it was said, and as plain text. */
function Source({ message }: { readonly message: Message | 'gone' }) {
  if (message === 'gone') return <p className="text-muted">The message that this note comes from is not here any more.</p>
  const { author, createdAt, seq } = message.metadata
  return (
    <section aria-labelledby="source" data-source={message.id} className="rounded-xl border border-line p-4">
      <h2 id="source" className="font-medium text-ink">
        {`Message ${seq}, from `}
        <ShownName name={author.name} />
      </h2>
      <div className="text-sm text-muted">
        <Day at={createdAt} />
      </div>
      <p className="mt-2 max-h-60 overflow-y-auto break-words whitespace-pre-wrap text-ink" dir="auto">
        {textOf(message)}
      </p>
    </section>
  )
}
