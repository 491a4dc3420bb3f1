import { describe, expect, test } from 'vitest'
import type { MemberId, MessageId } from '../../conversation/ids'
import type { Member } from '../../conversation/member'
import { textPart, type Message, type MessageMetadata, type Part } from '../../conversation/message'
import { compact, expand } from './compact'

const ann: Member = { id: 'ann' as MemberId, name: 'Ann', kind: 'person' }
const parley: Member = { id: 'parley' as MemberId, name: 'Parley', kind: 'agent' }

function message(seq: number, parts: readonly Part[], metadata: Partial<MessageMetadata> = {}): Message {
  const author = metadata.author ?? ann
  return {
    id: `message-${seq}` as MessageId,
    role: author.kind === 'agent' ? 'assistant' : 'user',
    metadata: { seq, version: seq, author, status: 'complete', createdAt: 1_000 + seq, ...metadata },
    parts,
  }
}

/** As it travels: JSON in between, and the ids by themselves. */
function travelled(messages: readonly Message[]): readonly Message[] {
  return expand(
    JSON.parse(JSON.stringify(compact(messages))),
    messages.map(({ id }) => id),
  )
}

describe('[R51] the messages of a page come out of its data as they went in', () => {
  test.each<readonly [string, readonly Message[]]>([
    ['none', []],
    ['plain ones', [message(7, [{ type: 'text', text: 'one' }]), message(8, [{ type: 'text', text: '' }])]],
    [
      'of people who took another name',
      [message(1, [{ type: 'text', text: 'a' }]), message(2, [{ type: 'text', text: 'b' }], { author: { ...ann, name: 'Anna' } })],
    ],
    ['an older one that changed last', [message(1, [{ type: 'text', text: 'a' }], { version: 9 }), message(2, [{ type: 'text', text: 'b' }])]],
    ['a clock that went back', [message(1, [{ type: 'text', text: 'a' }]), message(2, [{ type: 'text', text: 'b' }], { createdAt: 5 })]],
    ['a reply that says nothing yet', [message(1, [], { author: parley, status: 'streaming', replyTo: 'message-0' as MessageId })]],
    [
      'a reply with all there can be',
      [
        message(
          3,
          [
            { type: 'reasoning', text: 'hm' },
            { type: 'dynamic-tool', toolName: 'search', toolCallId: '1', state: 'output-available', input: { q: 'x' }, output: ['y'] },
            { type: 'text', text: '</script><!-- \u2028 ' },
          ],
          { author: parley, status: 'failed', replyTo: 'message-2' as MessageId, failure: { code: 'provider', text: 'It broke.', retryAt: 5 } },
        ),
      ],
    ],
    ['a failure that answers nothing', [message(3, [], { author: parley, status: 'failed', failure: { code: 'silent', text: 'Nothing came.' } })]],
    [
      'what was amended, whatever else is known of it',
      [
        message(3, [{ type: 'text', text: 'a' }], { amended: { version: 9, values: { mark: ['</script>'], place: 1 } } }),
        message(4, [], { author: parley, status: 'streaming', startedAt: 9_000, amended: { version: 8, values: {} } }),
        message(5, [], { author: parley, replyTo: 'message-2' as MessageId, askedBy: ann.id, amended: { version: 7, values: { why: null } } }),
      ],
    ],
    [
      'what several were amended alike, in a row and apart',
      [3, 4, 5, 6, 7].map((seq) =>
        message(seq, [{ type: 'text', text: 'a' }], seq === 5 ? {} : { amended: { version: seq === 7 ? 9 : 0, values: { held: ['x'] } } }),
      ),
    ],
    [
      'a reply that was asked for again',
      [
        message(3, [], { author: parley, status: 'streaming', startedAt: 9_000 }),
        message(4, [], { author: parley, status: 'streaming', replyTo: 'message-2' as MessageId, startedAt: 9_000, askedBy: ann.id }),
        message(5, [], { author: parley, status: 'failed', askedBy: ann.id, failure: { code: 'silent', text: 'Nothing came.' } }),
      ],
    ],
    ['mentions', [message(1, [textPart('@Ann and @Bo', ['@Ann', '@Bo'])]), message(2, [{ ...textPart('@Ann', ['@Ann']), state: 'done' }])]],
    ['a stopped reply', [message(3, [{ type: 'text', text: 'Hel' }], { author: parley, status: 'stopped' })]],
  ])('%s', (_, messages) => {
    expect(travelled(messages)).toEqual(messages)
  })
})

test('[R50] what was amended alike is written once', () => {
  const held = { amended: { version: 0, values: { held: ['parley'] } } }
  const fifty = Array.from({ length: 50 }, (_, at) => message(at + 1, [{ type: 'text', text: 'a' }], held))
  expect(compact(fifty)).toMatchObject({ amendments: [held.amended.values], amended: [[0, 50, 0, 0]] })
})

test('rows that are not those of the data are refused', () => {
  expect(() => expand(compact([message(1, [])]), [])).toThrow('0 rows show 1 messages')
})
