// Says who you are: a plain form, so that it works before scripts run, and without them.
import { MAX_NAME_UNITS } from '../../conversation/member'
import type { Refusal } from '../../conversation/refusal'
import { Button } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Field } from '../../ui/basics/Field'

interface SignInPageProps {
  /** What was typed before it was refused. */
  readonly name: string
  /** Where to go then: a path of this site. */
  readonly next: string
  readonly refusal: Refusal | null
  /** Why nobody new comes in here: said instead of the form. */
  readonly closed?: Refusal | null
}

export function SignInPage({ name, next, refusal, closed = null }: SignInPageProps) {
  if (closed) {
    return (
      <Card title="Members only">
        <title>Parley</title>
        <p role="alert" className="text-ink">
          {closed.message}
        </p>
      </Card>
    )
  }
  return (
    <Card
      title="Come in"
      lead="Parley is a chat for people and AI agents together. Say what the others should call you."
      footer="You come in as a guest: no account, no password. This browser remembers you."
    >
      <title>Parley</title>
      <form method="post" action="/sign-in" className="flex flex-col gap-4">
        <input type="hidden" name="next" value={next} />
        <Field
          label="Your name"
          id="name"
          name="name"
          defaultValue={name}
          required
          autoFocus
          maxLength={MAX_NAME_UNITS}
          autoComplete="nickname"
          error={refusal?.message}
        />
        <Button type="submit" variant="primary">
          Continue
        </Button>
      </form>
    </Card>
  )
}
