// When a message is heard whose agent is writing an answer: after it, or now, which ends what it says.
import { useId } from 'react'
import type { PostWhen } from '../../conversation/room-client'
import type { Speaking } from '../forecast/forecast'

interface WhenChoiceProps {
  readonly speaking: Speaking
  readonly chosen: PostWhen
  readonly onChoose: (when: PostWhen) => void
}

export function WhenChoice({ speaking: { agent, mayInterrupt }, chosen, onChoose }: WhenChoiceProps) {
  const name = useId()
  return (
    <fieldset className="when-choice">
      <legend className="sr-only">When {agent}, who is speaking, hears it</legend>
      <span aria-hidden="true">{agent} is speaking:</span>
      {(mayInterrupt ? (['after', 'now'] as const) : (['after'] as const)).map((when) => (
        <label key={when}>
          <input type="radio" name={name} value={when} checked={chosen === when} onChange={() => onChoose(when)} />
          {when === 'after' ? 'after this' : 'now'}
        </label>
      ))}
    </fieldset>
  )
}
