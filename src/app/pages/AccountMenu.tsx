// The viewer's own settings: plain forms.
import { MAX_NAME_UNITS, type Member } from '../../conversation/member'
import { Button } from '../../ui/basics/Button'
import { Field } from '../../ui/basics/Field'
import { SignOut } from './SignOut'

/** `back`: where to be after taking another name, a path of this site. */
export function AccountMenu({ viewer, back }: { readonly viewer: Member; readonly back: string }) {
  return (
    <div className="flex flex-col gap-3">
      <form method="post" action="/rename" className="flex flex-col gap-2">
        <input type="hidden" name="next" value={back} />
        <Field label="Name" id="account-name" name="name" defaultValue={viewer.name} required maxLength={MAX_NAME_UNITS} autoComplete="nickname" />
        <Button type="submit">Rename</Button>
      </form>
      <SignOut />
    </div>
  )
}
