// What stands in the audit, in words.
import type { Verdict } from '../../conversation/approval'
import type { PolicyMode } from '../../conversation/policy'
import type { AuditResult, AuditState } from '../../room/approvals/stored-approvals'

export const AUDIT_STATES: Readonly<Record<AuditState, string>> = {
  auto: 'nobody had to be asked',
  open: 'waits for approval',
  approved: 'approved',
  denied: 'denied',
  expired: 'expired',
  void: 'void',
}

export const AUDIT_RESULTS: Readonly<Record<AuditResult | 'pending', string>> = {
  done: 'done',
  failed: 'failed',
  'not-run': 'not run',
  unknown: 'its result is not known any more',
  pending: 'not ended yet',
}

export const AUDIT_VERDICTS: Readonly<Record<Verdict, string>> = {
  approve: 'Approved',
  deny: 'Denied',
  always: 'Always allowed',
  answer: 'Answered',
  decline: 'Declined to answer',
}

export const POLICY_WORDS: Readonly<Record<PolicyMode, string>> = {
  auto: 'runs by itself',
  asker: 'whoever asked or the owner approves',
  moderators: 'the owner approves',
  named: 'people by name approve',
  member: 'any member approves',
  votes: 'several people approve',
  off: 'not used',
}
