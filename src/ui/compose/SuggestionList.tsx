// Whom one may mean by an @, above the box and never over it: chosen by the arrow keys, the pointer or a finger, while the box keeps the
// focus. How many there are is said to whoever does not see it.
import { counted } from '../basics/counted'
import { AgentBadge } from '../people/AgentBadge'
import { Avatar } from '../people/Avatar'
import { ShownName } from '../people/ShownName'
import type { Suggestions } from './use-suggestions'

export function SuggestionList({ suggestions: { id, members, active, take } }: { readonly suggestions: Suggestions }) {
  return (
    <div id={id} role="listbox" aria-label="Whom to mention" className="suggestions">
      {members.map((member, at) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are pressed in the box, which keeps the focus
        <div
          key={member.id}
          id={optionId(id, at)}
          ref={at === active ? showChosen : null}
          role="option"
          aria-selected={at === active}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(member)}
        >
          <Avatar member={member} size="small" />
          <ShownName name={member.name} />
          {member.kind === 'agent' ? <AgentBadge /> : null}
        </div>
      ))}
    </div>
  )
}

function showChosen(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}

/** Said once the list opens, and when it becomes longer or shorter. */
export function suggestionsInWords(suggestions: Suggestions | null): string {
  return suggestions ? `${counted(suggestions.members.length, 'suggestion')}: the arrow keys choose, Enter takes` : ''
}

export function optionId(list: string, at: number): string {
  return `${list}-${at}`
}
