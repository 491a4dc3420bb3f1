// A page of messages with what messages are made of, to render once before anybody asks for one.
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Message } from '../../conversation/message'
import { PAGE_SIZE } from '../../conversation/page'

const TEXT = '# A *title*\n\nWords, `code`, https://parley.example and @Parley.\n\n- one\n\n| a |\n| - |\n| b |\n\n```ts\nconst a = 1\n```'

export function pageForNobody(): readonly Message[] {
  return Array.from({ length: PAGE_SIZE }, (_, at) => ({
    id: `message-for-nobody-${at}` as MessageId,
    role: 'assistant',
    metadata: { seq: at + 1, version: at + 1, author: { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }, status: 'stopped', createdAt: at },
    parts: [{ type: 'text', text: TEXT }],
  }))
}
