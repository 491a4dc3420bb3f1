'use client'
// Ends the viewer's session: a plain form, and nothing that they still had to say stays in this browser.
import { browserPosts, forgetPosts } from '../../lanes/client/posts-on-device'
import { Button } from '../../ui/basics/Button'

export function SignOut() {
  return (
    <form method="post" action="/sign-out" onSubmit={() => forgetPosts(browserPosts())} className="flex flex-col border-t border-line pt-3">
      <Button type="submit" variant="quiet">
        Sign out
      </Button>
    </form>
  )
}
