// What models may cost in a day (UTC): per person, per network of guests, per room, for all guests and for the whole instance. A call is counted when it is
// granted, with the tokens that it may take, and corrected when it is known what it took; a crash in between costs that much.
// While any are left a call is granted, so that the last of a day may go over by what one answer takes, and no further.
import type { MemberId, RoomId } from '../conversation/ids'
import { accept, refuse, type Result } from '../conversation/refusal'
import { spentInWords } from './budget-words'
import { DAY_MS, dayOf } from './day-counts'
import type { Allowance, Reservation, Spent } from './ledger-surface'
import type { Budget, Spender } from './limit-settings'

/** People and rooms that are named to whoever looks after the instance. */
const NAMED = 100
/** Days that are kept: to see how a week went. */
const KEPT_DAYS = 31

interface Account {
  readonly spender: Spender
  readonly scope: 'person' | 'network' | 'guests' | 'room' | 'instance'
  readonly id: string
}

export class Budgets {
  private readonly sql: SqlStorage
  private readonly budgets: Readonly<Record<Spender, Budget>>

  constructor(sql: SqlStorage, budgets: Readonly<Record<Spender, Budget>>) {
    this.sql = sql
    this.budgets = budgets
    sql.exec(`
      CREATE TABLE IF NOT EXISTS spent (
        day INTEGER, scope TEXT, id TEXT, calls INTEGER NOT NULL, tokens INTEGER NOT NULL, PRIMARY KEY (day, scope, id)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS account (id TEXT PRIMARY KEY) WITHOUT ROWID;
    `)
  }

  /** `address`: the network of whoever asks; null where none is known or counted. */
  reserve(person: MemberId, room: RoomId, address: string | null, tokens: number, now: number): Result<Reservation> {
    const day = dayOf(now)
    const accounts = this.accountsOf(person, room, address)
    const spent = accounts.find((account) => this.left(account, day) < 1)
    if (spent) return refuse('budget_spent', spentInWords(spent.spender), DAY_MS - (now % DAY_MS))
    this.sql.exec('DELETE FROM spent WHERE day < ?', day - KEPT_DAYS)
    // From where people came is nobody's concern when the day is over.
    this.sql.exec(`DELETE FROM spent WHERE day < ? AND scope = 'network'`, day)
    for (const account of accounts) this.add(account, day, 1, tokens)
    return accept({ day, person, room, address, tokens, wasGuest: !this.isAccount(person), left: this.allowance(person, room, address, now) })
  }

  settle({ day, person, room, address, tokens, wasGuest }: Reservation, took: number): void {
    for (const account of this.accountsOf(person, room, address, wasGuest)) this.add(account, day, 0, Math.max(0, Math.ceil(took)) - tokens)
  }

  allowance(person: MemberId, room: RoomId, address: string | null, now: number): Allowance {
    const day = dayOf(now)
    const left = this.accountsOf(person, room, address).map((account) => ({ spender: account.spender, calls: this.left(account, day) }))
    const [tightest = { spender: 'instance' as const, calls: Infinity }] = left.sort((a, b) => a.calls - b.calls)
    return { calls: tightest.calls === Infinity ? null : tightest.calls, spender: tightest.spender, resetsAt: (day + 1) * DAY_MS }
  }

  setAccount(person: MemberId, isAccount: boolean): void {
    this.sql.exec(isAccount ? 'INSERT INTO account (id) VALUES (?) ON CONFLICT DO NOTHING' : 'DELETE FROM account WHERE id = ?', person)
  }

  /** Nobody but the owner of the instance has an account so far. */
  setOwner(person: MemberId): void {
    this.sql.exec('DELETE FROM account WHERE id <> ?', person)
    this.setAccount(person, true)
  }

  today(now: number): {
    readonly instance: Spent
    readonly people: readonly (Spent & { readonly id: MemberId; readonly isAccount: boolean })[]
    readonly rooms: readonly (Spent & { readonly id: RoomId })[]
  } {
    const most = (scope: string) =>
      this.sql
        .exec<{ id: string; calls: number; tokens: number }>(
          'SELECT id, calls, tokens FROM spent WHERE day = ? AND scope = ? ORDER BY tokens DESC, calls DESC LIMIT ?',
          dayOf(now),
          scope,
          NAMED,
        )
        .toArray()
    return {
      instance: this.spent({ spender: 'instance', scope: 'instance', id: '' }, dayOf(now)),
      people: most('person').map((row) => ({ ...row, id: row.id as MemberId, isAccount: this.isAccount(row.id as MemberId) })),
      rooms: most('room').map((row) => ({ ...row, id: row.id as RoomId })),
    }
  }

  private accountsOf(person: MemberId, room: RoomId, address: string | null, isGuest = !this.isAccount(person)): readonly Account[] {
    return [
      { spender: isGuest ? 'guest' : 'account', scope: 'person', id: person },
      ...(isGuest && address !== null ? [{ spender: 'network', scope: 'network', id: address } as const] : []),
      { spender: 'room', scope: 'room', id: room },
      ...(isGuest ? [{ spender: 'guests', scope: 'guests', id: '' } as const] : []),
      { spender: 'instance', scope: 'instance', id: '' },
    ]
  }

  private isAccount(person: MemberId): boolean {
    return this.sql.exec('SELECT 1 FROM account WHERE id = ?', person).toArray().length > 0
  }

  /** Calls that are left; none once the tokens are gone. */
  private left(account: Account, day: number): number {
    const budget = this.budgets[account.spender]
    const spent = this.spent(account, day)
    if (budget.tokens !== null && spent.tokens >= budget.tokens) return 0
    return budget.calls === null ? Infinity : Math.max(0, budget.calls - spent.calls)
  }

  private spent({ scope, id }: Account, day: number): Spent {
    const rows = this.sql.exec<{ calls: number; tokens: number }>('SELECT calls, tokens FROM spent WHERE day = ? AND scope = ? AND id = ?', day, scope, id)
    return rows.toArray()[0] ?? { calls: 0, tokens: 0 }
  }

  private add({ scope, id }: Account, day: number, calls: number, tokens: number): void {
    this.sql.exec(
      `INSERT INTO spent (day, scope, id, calls, tokens) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, tokens = tokens + excluded.tokens`,
      day,
      scope,
      id,
      calls,
      tokens,
    )
  }
}
