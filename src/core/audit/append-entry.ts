import type { Actor, AuditEntry, AuditLog, Db } from '../kernel/index.ts'
import { insertEntry, lockChainEnd } from './audit.store.ts'
import { entryHash, GENESIS_HASH } from './entry-hash.ts'

/** The record that actions append to; one appender at a time, so the chain has one end. */
export const auditLog: AuditLog = {
  async append(db: Db, at: Date, actor: Actor, entry: AuditEntry): Promise<void> {
    const end = await lockChainEnd(db)
    const chained = {
      ...entry,
      seq: (end?.seq ?? 0) + 1,
      at,
      actorKind: actor.kind,
      actor: actorName(actor),
      previousHash: end?.hash ?? GENESIS_HASH,
    }
    await insertEntry(db, { ...chained, hash: entryHash(chained) })
  },
}

function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.personId
    case 'system':
      return actor.name
    case 'nobody':
      return ''
    default:
      return actor satisfies never
  }
}
