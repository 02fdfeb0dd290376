import { setTimeout as wait } from 'node:timers/promises'

const AGAIN_AFTER_MS = 500
/** Classes of SQLSTATE that say the server is away, stopping, or out of room: not that the question was wrong. */
const AWAY = /^(08|53|57)/

/** Does it, and does it again as long as nothing but an absent database stands in its way. */
export async function whenDatabaseIsBack<Result>(work: () => Promise<Result>, stopping: AbortSignal): Promise<Result> {
  for (;;) {
    try {
      return await work()
    } catch (fault) {
      if (stopping.aborted || !isAway(fault)) throw fault
      await wait(AGAIN_AFTER_MS, undefined, { signal: stopping })
    }
  }
}

/** A broken connection has no SQLSTATE, but the code of the system or none at all. */
function isAway(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false
  const { code } = fault as { code?: unknown }
  if (typeof code === 'string' && code.length === 5 && !code.startsWith('E')) return AWAY.test(code)
  return /connection|terminat|ECONN|EPIPE|timeout/i.test(`${String(code ?? '')} ${fault.message}`)
}
