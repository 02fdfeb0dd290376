/**
 * Audit (nhật ký): the append-only, hash-chained record of every change of state. Actions append to it in their own
 * transaction; nothing else writes it. `verifyAudit` proves that no entry was changed, removed or put in between.
 */
export { auditLog } from './append-entry.ts'
export { entriesBefore, type StoredEntry } from './audit.store.ts'
export { verifyAudit, type Verdict } from './verify-audit.ts'
