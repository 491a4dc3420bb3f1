// A row as it stands in the page's HTML, so that React takes it over as it is.
import type { ReactNode } from 'react'
import type { MessageId } from '../../conversation/ids'
import { PlainWordsContext } from '../../ui/parts/plain-words'
import { standsPlain } from './document-data'

export function RowInDocument({ id, children }: { readonly id: MessageId; readonly children: ReactNode }) {
  return <PlainWordsContext value={standsPlain(id)}>{children}</PlainWordsContext>
}
