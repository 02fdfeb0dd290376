import type { Db } from '../kernel/index.ts'

/** Version of all that the public reads, and when it last changed. */
export interface PortalVersion {
  readonly version: number
  readonly changedAt: Date
}

/** On this channel the database tells of each new version when the change is committed. */
export const PORTAL_RENEWED = 'portal_renewed'

/** The database itself counts it on, in the transaction that changes anything. 0 before the first change. */
export async function portalVersion(db: Db): Promise<PortalVersion> {
  const row = await db.selectFrom('portalVersion').select(['version', 'changedAt']).executeTakeFirst()
  return row ? { version: Number(row.version), changedAt: row.changedAt } : { version: 0, changedAt: new Date(0) }
}

/** What a notice on that channel says, as `renew_portal()` writes it; null for anything else. */
export function readRenewed(payload: string): PortalVersion | null {
  const found = /^(\d+) (\d+)$/.exec(payload)
  return found ? { version: Number(found[1]), changedAt: new Date(Number(found[2])) } : null
}
