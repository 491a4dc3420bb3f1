// Before somebody leaves to sign in for a server of tools: where they go, and what comes of it. A link, because no form of ours leads to another
// site (form-action), and because whoever types a password looks first at where.
import { buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'

interface LeavingPageProps {
  /** An address that was read by the rule for addresses. */
  readonly to: string
  readonly back: string
}

export function LeavingPage({ to, back }: LeavingPageProps) {
  const { host } = new URL(to)
  return (
    <Card title="Sign in for this server">
      <title>Sign in for a server · Parley</title>
      <p className="text-ink">
        You leave Parley for <strong className="font-medium break-all">{host}</strong>, and come back from there.
      </p>
      <p className="text-sm text-muted">
        What you allow there, the agents of this room may do with the tools of this server, in your name and for whoever asks them, as the policies of the tools
        say.
      </p>
      <a href={to} rel="noreferrer" className={`${buttonClass('primary')} min-w-0`}>
        <span className="truncate">Go on to {host}</span>
      </a>
      <a href={back} className={buttonClass('quiet')}>
        Not now
      </a>
    </Card>
  )
}
