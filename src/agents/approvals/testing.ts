// Cards and people for tests.
import type { Approval, Decider } from '../../conversation/approval'
import type { MemberId, MessageId } from '../../conversation/ids'
import { APPROVAL_MS } from './decide'

export const OPENED = 1_800_000_000_000

/** `ann` asked, `olga` owns the room, `ben` and `cid` are in it; `rex` was removed from it, and `parley` is an agent. */
export const PEOPLE: Readonly<Record<string, Decider>> = {
  ann: person('ann', 'member'),
  olga: person('olga', 'owner'),
  ben: person('ben', 'member'),
  cid: person('cid', 'member'),
  rex: person('rex', null),
  parley: { id: 'parley' as MemberId, kind: 'agent', role: 'member' },
}

export function whoIs(id: string): Decider {
  const known = PEOPLE[id]
  if (!known) throw new Error(`nobody is called ${id}`)
  return known
}

export function cardWith(card: Partial<Approval> = {}): Approval {
  return {
    reply: 'reply-0001' as MessageId,
    call: 'c00010001',
    agent: 'parley' as MemberId,
    agentName: 'Parley',
    asker: 'ann' as MemberId,
    askerName: 'Ann',
    tool: 'send_mail',
    toolName: 'send_mail',
    server: null,
    arguments: '{"to":"x"}',
    hash: 'a'.repeat(64),
    mode: 'asker',
    people: [],
    needed: 1,
    who: 'Ann, who asked, or the owner of this room',
    taint: null,
    state: 'open',
    decisions: [],
    note: null,
    openedAt: OPENED,
    expiresAt: OPENED + APPROVAL_MS,
    closedAt: null,
    ...card,
  }
}

function person(id: string, role: Decider['role']): Decider {
  return { id: id as MemberId, kind: 'person', role }
}
