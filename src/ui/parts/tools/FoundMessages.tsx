// Messages that a tool found, each with the way to where it was said.
import { ShownName } from '../../people/ShownName'
import { Timestamp } from '../../list/Timestamp'
import { listOf, wordOf } from './card'
import { MessageLink } from './MessageLink'

export interface Found {
  readonly number: number
  readonly author: string
  /** Ms since 1970. */
  readonly at: number
  readonly text: string
}

/** Null where this is no such list. */
export function foundIn(output: unknown): readonly Found[] | null {
  if (typeof output !== 'object' || output === null || !('found' in output)) return null
  return listOf(output, 'found').flatMap((one) => {
    const found = { number: Number(wordOf(one, 'number')), author: wordOf(one, 'author'), at: Date.parse(wordOf(one, 'at')), text: wordOf(one, 'text') }
    return Number.isSafeInteger(found.number) && found.number > 0 && Number.isFinite(found.at) ? [found] : []
  })
}

export function FoundMessages({ messages }: { readonly messages: readonly Found[] }) {
  return (
    <ul data-part="found">
      {messages.map(({ number, author, at, text }) => (
        <li key={number}>
          <span>
            <ShownName name={author} as="b" /> <Timestamp at={at} />
          </span>
          <p dir="auto">{text}</p>
          <MessageLink number={number} />
        </li>
      ))}
    </ul>
  )
}
