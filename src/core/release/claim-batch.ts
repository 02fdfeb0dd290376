import type { Db } from '../kernel/index.ts'
import { claimDeliveries, type Claim, type Claimed } from './claim.store.ts'
import type { OpenRelease } from './release.ts'
import { shareOut } from './share-out.ts'

/**
 * Claims up to `rows` of what is due, of the most urgent lane that gives any. Releases whose due rows all wait for a
 * paused outlet keep nobody behind them waiting, be it in their lane or below; and what is urgent stays in a batch of
 * its own.
 */
export async function claimBatch(
  db: Db,
  open: readonly OpenRelease[],
  rows: number,
  claim: Omit<Claim, 'quotas'>,
): Promise<Claimed[]> {
  let left = [...open]
  while (left.length > 0) {
    const quotas = shareOut(left, rows)
    if (quotas.length === 0) return []
    const claimed = await claimDeliveries(db, { ...claim, quotas })
    if (claimed.length > 0) return claimed
    const tried = new Set(quotas.map(({ releaseId, lane }) => `${releaseId} ${lane}`))
    left = left.filter(({ releaseId, lane }) => !tried.has(`${releaseId} ${lane}`))
  }
  return []
}
