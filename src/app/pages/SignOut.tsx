// Ends the viewer's session: a plain form.
import { Button } from '../../ui/basics/Button'

export function SignOut() {
  return (
    <form method="post" action="/sign-out" className="flex flex-col border-t border-line pt-3">
      <Button type="submit" variant="quiet">
        Sign out
      </Button>
    </form>
  )
}
