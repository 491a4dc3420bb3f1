// A page that an agent has read: what it is called, where it is, and its text as plain words, which is all that it is here.
import { ExternalLink } from '../ExternalLink'

/** Of its text, in characters: what a model was told of is longer. */
const SHOWN = 4_000

export function ReadPage({ title, address, text }: { readonly title: string; readonly address: string; readonly text: string }) {
  return (
    <div data-part="page" className="text-sm">
      {title === '' ? null : (
        <p dir="auto" className="font-medium text-ink [overflow-wrap:anywhere]">
          {title}
        </p>
      )}
      <p className="[overflow-wrap:anywhere]">
        <ExternalLink href={address}>{address}</ExternalLink>
      </p>
      <p dir="auto" className="mt-1 max-h-64 overflow-y-auto whitespace-pre-wrap text-ink [overflow-wrap:anywhere]" tabIndex={0}>
        {text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text}
      </p>
    </div>
  )
}
