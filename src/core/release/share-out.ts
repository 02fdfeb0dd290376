import type { Quota } from './claim.store.ts'
import type { OpenRelease } from './release.ts'

/** How many batches this process has shared out: each begins with the owner after the one that the last began with. */
let turns = 0

/**
 * Shares a batch out over the releases that have rows due: the most urgent lane first; within a lane evenly among
 * organisations, so that none takes more than half while another waits, and evenly among the releases of each. What does
 * not divide goes by turns, so that nobody waits for ever where a batch is smaller than the queue of owners. `open` are
 * those of one channel.
 */
export function shareOut(open: readonly OpenRelease[], rows: number, turn = (turns += 1)): Quota[] {
  const lane = Math.min(...open.map((one) => one.lane))
  const urgent = open.filter((one) => one.lane === lane)
  const owners = [...Map.groupBy(urgent, (one) => one.organisationId).values()]
  // A release that has fewer rows than its share leaves the rest to the next round, which comes at once.
  return divide(owners, rows, turn).flatMap(({ one: own, rows: share }) =>
    divide(own, share, turn).map(({ one: { releaseId, ofReleaseId, way }, rows: quota }) => ({
      releaseId,
      ofReleaseId,
      lane,
      way,
      rows: quota,
    })),
  )
}

/** Rows evenly among several, those left over one each from the one whose turn it is; who gets none is left out. */
function divide<One>(all: readonly One[], rows: number, turn: number): { readonly one: One; readonly rows: number }[] {
  const first = turn % Math.max(1, all.length)
  return [...all.slice(first), ...all.slice(0, first)]
    .map((one, at) => ({ one, rows: Math.floor(rows / all.length) + (at < rows % all.length ? 1 : 0) }))
    .filter((share) => share.rows > 0)
}
