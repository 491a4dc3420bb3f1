// Makes a room. A plain form: the page that it posts to answers with the new room's address.
import { useId } from 'react'
import { MAX_NAME_UNITS } from '../../conversation/member'
import { Button } from '../basics/Button'
import { Field } from '../basics/Field'
import { Icon } from '../basics/Icon'

/** Posts `name`, and `access` = "private" when ticked. */
export function NewRoomForm({ action }: { readonly action: string }) {
  const id = useId()
  return (
    <details className="group rounded-lg open:bg-surface">
      <summary className="side-link">
        <Icon name="plus" className="" />
        New room
      </summary>
      <form method="post" action={action} className="flex flex-col gap-3 px-2 pt-1 pb-3">
        <Field id={`${id}-name`} name="name" label="Room name" required maxLength={MAX_NAME_UNITS} autoComplete="off" />
        <label className="flex min-h-10 items-center gap-2 text-sm pointer-fine:min-h-6">
          <input type="checkbox" name="access" value="private" className="size-4" />
          Private, by invitation only
        </label>
        <Button type="submit" variant="primary">
          Create room
        </Button>
      </form>
    </details>
  )
}
