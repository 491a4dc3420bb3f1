// The real ledger with a clock in the test's hand.
import { env } from 'cloudflare:workers'
import { Ledger } from '../../src/limits/Ledger'
import { ledgerOf, type LedgerSurface } from '../../src/limits/ledger-surface'
import { stageOf } from './stage'

/** One for a test alone; it reads the clock of the stage of that name. */
export function ledgerNamed(name: string): LedgerSurface {
  return ledgerOf(env, name)
}

export class ScriptedLedger extends Ledger {
  protected override now(): number {
    return stageOf(this.ctx.id.name ?? '').now
  }
}
