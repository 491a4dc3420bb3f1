// Names a new room: a plain form.
import { MAX_NAME_UNITS, type Member } from '../../conversation/member'
import type { Refusal } from '../../conversation/refusal'
import type { Access } from '../../room/members/members'
import { Button, buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Field } from '../../ui/basics/Field'

interface NewRoomPageProps {
  readonly viewer: Member | null
  readonly name: string
  readonly access: Access
  readonly refusal: Refusal | null
}

export function NewRoomPage({ name, access, refusal }: NewRoomPageProps) {
  return (
    <Card title="New room" lead="Its name becomes its address. You will be its owner.">
      <title>New room · Parley</title>
      <form method="post" action="/rooms" className="flex flex-col gap-5">
        <Field label="Room name" id="name" name="name" defaultValue={name} required maxLength={MAX_NAME_UNITS} autoComplete="off" error={refusal?.message} />
        <fieldset className="flex flex-col gap-2 text-ink">
          <legend className="mb-1.5 text-sm font-medium">Who may come in</legend>
          <Choice value="open" chosen={access} label="Everybody who is signed in" />
          <Choice value="private" chosen={access} label="People with the invitation link" />
        </fieldset>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary">
            Create room
          </Button>
          <a href="/" className={buttonClass('quiet')}>
            Back to the lobby
          </a>
        </div>
      </form>
    </Card>
  )
}

function Choice({ value, chosen, label }: { readonly value: Access; readonly chosen: Access; readonly label: string }) {
  return (
    <label className="flex min-h-10 items-center gap-2.5">
      <input type="radio" name="access" value={value} defaultChecked={chosen === value} className="size-4 accent-accent" />
      {label}
    </label>
  )
}
