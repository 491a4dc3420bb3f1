import { describe, expect, test } from 'vitest'
import { type Approval, mayDecide, type Verdict } from '../../conversation/approval'
import type { MemberId } from '../../conversation/ids'
import { POLICIES, type PolicyMode } from '../../conversation/policy'
import { annul, type Answer, APPROVAL_MS, closedInWords, decide, expire, votesIn } from './decide'
import { cardWith, OPENED, PEOPLE, whoIs } from './testing'

const find = (id: MemberId) => PEOPLE[id] ?? null
const people = (...ids: string[]) => ids as MemberId[]

function answer(by: string, verdict: Verdict, more: Partial<Answer> = {}): Answer {
  return { by: whoIs(by), name: by.slice(0, 1).toUpperCase() + by.slice(1), verdict, ...more }
}

/** The state after these, said as "ann+" (approves), "ben-" (denies), "olga*" (always); or the code of the first refusal. */
function after(card: Approval, said: string, at = OPENED + 1): string {
  let now = card
  for (const one of said.split(' ').filter(Boolean)) {
    const verdict = one.endsWith('+') ? 'approve' : one.endsWith('-') ? 'deny' : 'always'
    const decided = decide(now, answer(one.slice(0, -1), verdict), find, at)
    if (!decided.ok) return decided.refusal.code
    now = decided.value
  }
  return now.state
}

/** Who may decide by each policy. */
const MAY: Readonly<Record<PolicyMode, string>> = {
  auto: '',
  asker: 'ann olga',
  moderators: 'olga',
  named: 'ben',
  member: 'ann olga ben cid',
  votes: 'ann olga ben cid',
  off: '',
}

describe('[R200] who may decide', () => {
  const cases = POLICIES.flatMap((mode) => Object.keys(PEOPLE).map((id) => [mode, id, MAY[mode].split(' ').includes(id)] as const))
  test.each(cases)('by the policy %s, %s: %s', (mode, id, may) => {
    const card = cardWith({ mode, people: mode === 'named' ? people('ben', 'rex', 'parley') : [], needed: 1 })
    expect(mayDecide(card, whoIs(id))).toBe(may)
    expect(after(card, `${id}+`)).toBe(may ? 'approved' : 'not_allowed')
    expect(after(card, `${id}-`)).toBe(may ? 'denied' : 'not_allowed')
  })

  test.each(['ann', 'ben', 'cid', 'rex', 'parley'])('what may always run is not for %s to say, whatever the policy', (id) => {
    for (const mode of POLICIES) expect(after(cardWith({ mode, people: people(id) }), `${id}*`)).toBe('not_allowed')
  })

  test.each(POLICIES)('the owner may say that it always runs, also where the policy is %s', (mode) => {
    expect(after(cardWith({ mode, people: people('ben'), needed: 2 }), 'olga*')).toBe('approved')
  })

  test.each([
    ['nobody who is known asked', { asker: null }, 'ann+', 'not_allowed'],
    ['nobody who is known asked', { asker: null }, 'olga+', 'approved'],
    ['an agent asked', { asker: 'parley' as MemberId }, 'parley+', 'not_allowed'],
    ['whoever asked was removed', { asker: 'rex' as MemberId }, 'rex+', 'not_allowed'],
    ['whoever asked was removed', { asker: 'rex' as MemberId }, 'olga+', 'approved'],
  ])('%s: %j, %s is %s', (_, card, said, state) => expect(after(cardWith(card), said)).toBe(state))
})

describe('[R201] what comes of it', () => {
  const two = cardWith({ mode: 'votes', needed: 2 })
  const twoOf = cardWith({ mode: 'votes', needed: 2, people: people('ben', 'cid', 'rex') })
  test.each([
    ['one approval is enough', cardWith(), 'ann+', 'approved'],
    ['one of two votes', two, 'ann+', 'open'],
    ['two of two', two, 'ann+ ben+', 'approved'],
    ['the same person twice is one vote', two, 'ann+ ann+ ann+', 'open'],
    ['and another makes two', two, 'ann+ ann+ ben+', 'approved'],
    ['one denial is enough', two, 'ann+ ben-', 'denied'],
    ['whoever approved may deny', two, 'ann+ ann-', 'denied'],
    ['two of those named', twoOf, 'ben+ cid+', 'approved'],
    ['others have no vote', twoOf, 'ben+ ann+', 'not_allowed'],
    ['the owner has none either', twoOf, 'ben+ olga+', 'not_allowed'],
    ['whoever was removed has none', twoOf, 'ben+ rex+', 'not_allowed'],
    ['three votes are not two', cardWith({ mode: 'votes', needed: 3 }), 'ann+ ben+', 'open'],
    ['three are three', cardWith({ mode: 'votes', needed: 3 }), 'ann+ ben+ cid+', 'approved'],
    ['more votes than people never come together', cardWith({ mode: 'votes', needed: 9 }), 'ann+ ben+ cid+ olga+', 'open'],
    ['no vote is never enough', cardWith({ mode: 'votes', needed: 0 }), '', 'open'],
    ['of none needed the first is enough', cardWith({ mode: 'votes', needed: 0 }), 'ann+', 'approved'],
    ['after a denial nothing is approved', cardWith(), 'ann- olga+', 'gone'],
    ['after an approval nothing is denied', cardWith(), 'ann+ olga-', 'gone'],
    ['nor approved by another', cardWith(), 'ann+ olga+', 'gone'],
    ['a bystander is not told so first', cardWith(), 'ann+ ben+', 'not_allowed'],
    ['said twice by one person it is the same', cardWith(), 'ann+ ann+', 'approved'],
    ['denied twice by one person it is the same', cardWith(), 'ann- ann-', 'denied'],
    ['the owner may say always of what they approved', two, 'olga+ olga*', 'approved'],
    ['and not once it was denied', cardWith(), 'ann- olga*', 'gone'],
    ['always, of votes', twoOf, 'ben+ olga*', 'approved'],
  ])('%s', (_, card, said, state) => expect(after(card, said)).toBe(state))

  test('a vote of somebody who was removed since does not count', () => {
    const voted = decide(two, answer('ann', 'approve'), find, OPENED + 1)
    if (!voted.ok) throw new Error('it was refused')
    const withoutAnn = (id: MemberId) => (id === 'ann' ? { ...whoIs('ann'), role: null } : find(id))
    expect(votesIn(voted.value, withoutAnn)).toBe(0)
    const second = decide(voted.value, answer('ben', 'approve'), withoutAnn, OPENED + 2)
    expect(second).toMatchObject({ ok: true, value: { state: 'open' } })
  })

  test('who decided what, and when, stays on the card, with the reason of a denial', () => {
    const denied = decide(cardWith(), answer('ann', 'deny', { reason: '  Not this one. ' }), find, OPENED + 5)
    expect(denied).toMatchObject({
      ok: true,
      value: { state: 'denied', closedAt: OPENED + 5, decisions: [{ by: 'ann', name: 'Ann', verdict: 'deny', reason: 'Not this one.', at: OPENED + 5 }] },
    })
    if (denied.ok) expect(closedInWords(denied.value)).toBe('Ann denied it, and says: Not this one.')
  })

  test('an approval has no reason', () => {
    expect(decide(cardWith(), answer('ann', 'approve', { reason: 'Yes' }), find, OPENED + 5)).toMatchObject({
      ok: true,
      value: { decisions: [{ verdict: 'approve' }] },
    })
  })
})

describe('[R202] when it is void, and when it is over', () => {
  test.each([
    ['approve', 'b'.repeat(64), 'void'],
    ['approve', '', 'void'],
    ['approve', 'a'.repeat(64), 'approved'],
    ['always', 'b'.repeat(64), 'void'],
    ['always', 'a'.repeat(64), 'approved'],
    ['deny', 'b'.repeat(64), 'denied'],
  ] as const)('%s of what has the hash %s: %s', (verdict, hash, state) => {
    const decided = decide(cardWith(), answer('olga', verdict, { hash }), find, OPENED + 1)
    expect(decided.ok ? decided.value.state : decided.refusal.code).toBe(state)
  })

  test.each([
    [APPROVAL_MS - 1, 'open', 'approved'],
    [APPROVAL_MS, 'expired', 'gone'],
    [APPROVAL_MS + 1, 'expired', 'gone'],
  ])('after %i ms it is %s, and an approval is %s', (ms, state, said) => {
    expect(expire(cardWith(), OPENED + ms).state).toBe(state)
    expect(after(cardWith(), 'ann+', OPENED + ms)).toBe(said)
  })

  test.each(['approved', 'denied', 'expired', 'void'] as const)('one that is %s never changes again', (state) => {
    const card = cardWith({ state })
    expect(expire(card, OPENED + 2 * APPROVAL_MS)).toBe(card)
    expect(annul(card, 'Why not.', OPENED)).toBe(card)
    for (const said of ['ann+', 'ann-', 'olga*']) expect(after(card, said)).toBe(state === 'void' ? 'void' : 'gone')
  })

  test('a void card says why', () => {
    expect(annul(cardWith(), 'The turn was stopped.', OPENED + 9)).toMatchObject({ state: 'void', note: 'The turn was stopped.', closedAt: OPENED + 9 })
  })
})
