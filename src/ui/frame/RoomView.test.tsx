import { renderToString } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { MemberId, MessageId, RoomId } from '../../conversation/ids'
import type { RoomClient, RoomState, RowKey } from '../../conversation/room-client'
import { RoomView } from './RoomView'

const ana = { id: 'ana' as MemberId, name: 'Ana', kind: 'person' } as const
const room = { id: 'lobby' as RoomId, name: 'Lobby', access: 'open', isOwner: false, isAmongFew: true } as const
const row = { id: 'message-0002' as MessageId, seq: 2, status: 'complete' } as const
const lanes = (['rsc', 'agents', 'tinybase'] as const).map((name) => ({ name, href: `/rooms/lobby/${name}` }))
const quiet: RoomState<RowKey> = {
  connection: 'connected',
  rows: [row],
  pending: [],
  hasEarlier: true,
  loadingEarlier: false,
  records: [],
  here: [ana],
  hereCount: 1,
  typing: [],
  refusal: null,
  ended: false,
}

/** The page as a server sends it: there is no window here. */
function html(state: Partial<RoomState<RowKey>> = {}, isOwner = false, isAmongFew = true): string {
  return renderToString(
    <RoomView
      room={{ ...room, isOwner, isAmongFew }}
      lane="agents"
      lanes={lanes}
      viewer={ana}
      rooms={[{ id: room.id, name: 'Lobby', href: '/rooms/lobby' }]}
      newRoomAction="/rooms"
      state={{ ...quiet, ...state }}
      client={silent}
      renderRow={({ id }) => <article data-message-id={id}>row</article>}
    />,
  )
}

const silent: RoomClient<RowKey> = {
  askAgent: () => undefined,
  order: () => undefined,
  decide: () => undefined,
  getState: () => quiet,
  start: () => {},
  subscribe: () => () => {},
  post: () => row.id,
  discard: () => {},
  stop: () => {},
  retry: () => {},
  continueReply: () => {},
  clear: () => {},
  typing: () => {},
  loadHere: async () => {},
  loadEarlier: async () => {},
  close: () => {},
}

describe('a room made on the server', () => {
  test('has a log of messages, a box to write in and a way to send', () => {
    expect(html()).toContain('role="log" aria-label="Messages"')
    expect(html()).toMatch(/<textarea aria-label="Message"/)
    expect(html()).toMatch(/>Send<\/span><\/button>/)
    expect(html()).toContain('<article data-message-id="message-0002">')
  })

  test.each([
    ['connected', 'Connected'],
    ['reconnecting', 'Reconnecting'],
    ['offline', 'Offline'],
  ] as const)('says when it is %s', (connection, words) => {
    const status = /role="status"[^>]*>(.*?)<\/p>/.exec(html({ connection }))?.[1] ?? ''
    expect(status.replace(/<[^>]*>/g, '')).toBe(words)
  })

  test('links to itself in every lane and marks the current one', () => {
    for (const { href } of lanes) expect(html()).toContain(`href="${href}"`)
    expect(html()).toMatch(/href="\/rooms\/lobby\/agents"[^>]*aria-current="page"/)
  })

  test('offers earlier messages while there are any, and else says where it begins', () => {
    expect(html()).toContain('Load earlier messages')
    expect(html({ hasEarlier: false })).not.toContain('Load earlier messages')
    expect(html({ hasEarlier: false })).toContain('This is the beginning of')
    expect(html({ hasEarlier: false, rows: [] })).toContain('Say something.')
  })

  test('offers Stop only while an agent answers', () => {
    expect(html()).not.toContain('Stop</button>')
    expect(html({ rows: [{ ...row, status: 'streaming' }] })).toContain('Stop</button>')
  })

  test('offers Clear to its owner only', () => {
    expect(html({}, false)).not.toContain('Clear</button>')
    expect(html({}, true)).toContain('Clear</button>')
  })

  test('says why it refused, and how long to wait', () => {
    const refusal = { code: 'not_retryable', message: 'That reply is complete.', retryAfterMs: 2_000 } as const
    expect(html({ refusal })).toContain('role="alert"')
    expect(html({ refusal }).replaceAll(/<!-- -->|<\/?span[^>]*>/g, '')).toContain('That reply is complete. Try again in 2 seconds.')
  })

  test('when it shut the reader out, takes the composer away and says so', () => {
    expect(html({ ended: true })).not.toContain('<textarea')
    expect(html({ ended: true })).toContain('no longer live')
  })

  test('shows what is pending after what was said', () => {
    const markup = html({ pending: [{ id: 'message-0003' as MessageId, text: 'On its way', createdAt: 0 }] })
    expect(markup.indexOf('message-0003')).toBeGreaterThan(markup.indexOf('message-0002'))
  })
})

describe('[L8] Stop', () => {
  const bo = 'bo' as MemberId
  const reply = { ...row, status: 'streaming' } as const

  test.each<[string, RowKey, { isOwner?: boolean; isAmongFew?: boolean }, boolean]>([
    ['who asked, among many', { ...reply, askedBy: ana.id }, { isAmongFew: false }, true],
    ['who did not, among many', { ...reply, askedBy: bo }, { isAmongFew: false }, false],
    ['who cannot know, among many', reply, { isAmongFew: false }, false],
    ['the owner', { ...reply, askedBy: bo }, { isAmongFew: false, isOwner: true }, true],
    ['anybody among few', { ...reply, askedBy: bo }, { isAmongFew: true }, true],
    ['nobody while nothing is written', { ...row, askedBy: ana.id }, { isAmongFew: true, isOwner: true }, false],
  ])('is shown to %s', (_, shown, who, isShown) => {
    const page = html({ rows: [shown] }, who.isOwner, who.isAmongFew)
    expect(/>\s*Stop\s*</.test(page)).toBe(isShown)
  })
})
