import { dayAt, momentOf, type Clock } from '../core/kernel/index.ts'
import { PORTAL_RENEWED, portalVersion, readRenewed, type PortalVersion } from '../core/portal/index.ts'
import { openLine, type Line } from '../platform/database/index.ts'

/** What the public reads now: pages made under the same `id` say the same. */
export interface PortalState {
  /** Never the same again after a change, nor on another day: numbers to call are valid by the day. */
  readonly id: string
  /** Since when it has been so. */
  readonly since: Date
}

export interface PortalWatch {
  /** Null while nobody can know it: then nothing kept may be shown. */
  current(): PortalState | null
  close(): Promise<void>
}

interface WatchOptions {
  readonly databaseUrl: string
  readonly clock: Clock
  /** How often the version is read besides being told. @defaultValue 1000 */
  readonly everyMs?: number
}

/** How long a version counts that was read: twice the time in which it is read again. */
const TRUSTED_ROUNDS = 2

/**
 * Watches what the public reads, from any process on this database: it is told at once by the database when a change is
 * committed, and reads the version each second in case a notice was lost. So nothing is taken for current that was
 * changed more than two seconds ago, whatever breaks.
 */
export async function watchPortal({ databaseUrl, clock, everyMs = 1_000 }: WatchOptions): Promise<PortalWatch> {
  const trustedMs = everyMs * TRUSTED_ROUNDS
  let line: Line | null = null
  let known: PortalVersion = { version: -1, changedAt: new Date(0) }
  let state: PortalState = stateOf(known, dayAt(clock.now()))
  let readAt = -Infinity
  let timer: NodeJS.Timeout | undefined
  let closed = false

  /** Only ever onwards: an answer that was under way when a notice came must not bring the older version back. */
  const learn = (heard: PortalVersion) => {
    if (heard.version > known.version) known = heard
    const next = stateOf(known, dayAt(clock.now()))
    if (next.id !== state.id) state = next
  }
  const onNotice = (payload: string) => {
    const heard = readRenewed(payload)
    if (heard) learn(heard)
  }
  const hangUp = () => {
    void line?.close()
    line = null
  }

  const read = async () => {
    const askedAt = performance.now()
    try {
      if (line?.isLost()) hangUp()
      line ??= await openLine({ url: databaseUrl, channel: PORTAL_RENEWED, onNotice, patienceMs: trustedMs })
      learn(await portalVersion(line.db))
      // From when it was asked, not from when it was answered: a change may have come between.
      readAt = askedAt
    } catch {
      hangUp()
    }
  }
  const goOn = async () => {
    await read()
    if (!closed) timer = setTimeout(() => void goOn(), everyMs).unref()
  }
  await goOn()

  return {
    current: () => (performance.now() - readAt > trustedMs ? null : state),
    async close() {
      closed = true
      clearTimeout(timer)
      await line?.close()
    },
  }
}

function stateOf({ version, changedAt }: PortalVersion, day: string): PortalState {
  const dawn = momentOf(day)
  return { id: `${version}/${day}`, since: changedAt > dawn ? changedAt : dawn }
}
