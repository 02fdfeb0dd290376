import type { Quota } from './claim.store.ts'
import type { OpenRelease } from './release.ts'

/**
 * Shares a batch out over the releases that have rows due: the most urgent lane first; within a lane no organisation
 * takes more than half while another waits, and what an organisation takes is shared among its releases, the one that
 * has waited longest first. `open` are those of one channel.
 */
export function shareOut(open: readonly OpenRelease[], rows: number): Quota[] {
  const lane = Math.min(...open.map((one) => one.lane))
  const urgent = open.filter((one) => one.lane === lane)
  const byOwner = [...Map.groupBy(urgent, (one) => one.organisationId).values()]
  // A lane that has fewer rows than the batch leaves the rest to the next round, which comes at once.
  const most = byOwner.length > 1 ? Math.max(1, Math.floor(rows / 2)) : rows
  const each = Math.min(most, Math.max(1, Math.ceil(rows / Math.max(1, byOwner.length))))
  let left = rows
  return byOwner
    .flatMap((own) => {
      const share = Math.max(1, Math.ceil(each / own.length))
      return own.map(({ releaseId, ofReleaseId }) => ({ releaseId, ofReleaseId, lane, rows: share }))
    })
    .map((quota) => {
      const taken = Math.min(quota.rows, left)
      left -= taken
      return { ...quota, rows: taken }
    })
    .filter((quota) => quota.rows > 0)
}
