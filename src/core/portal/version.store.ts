import type { Db } from '../kernel/index.ts'

/** Version of all that the public reads, and when it last changed. */
export interface PortalVersion {
  readonly version: number
  readonly changedAt: Date
}

/** The database itself counts it on, in the transaction that changes anything. 0 before the first change. */
export async function portalVersion(db: Db): Promise<PortalVersion> {
  const row = await db.selectFrom('portalVersion').select(['version', 'changedAt']).executeTakeFirst()
  return row ? { version: Number(row.version), changedAt: row.changedAt } : { version: 0, changedAt: new Date(0) }
}
