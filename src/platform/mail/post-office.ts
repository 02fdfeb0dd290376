import { connect, type Connection, type Parcel } from './connection.ts'
import type { Relay } from './relay.ts'
import type { Handover } from './smtp-answers.ts'

/** Sessions that nothing was sent over for so long are ended before the server does it. */
const IDLE_MS = 20_000
/** Messages over one session; many servers take no more. */
const MESSAGES_A_SESSION = 100

/** Hands messages to one relay over a few sessions at once. */
export interface PostOffice {
  /** Never throws. What has not begun when `signal` fires is postponed. */
  send(parcel: Parcel, signal?: AbortSignal): Promise<Handover>
  close(): Promise<void>
}

interface Session {
  readonly connection: Connection
  sent: number
}

/** @param atOnce How many sessions at most; more than a server allows bring 421 and are slower in the end. */
export function openPostOffice(relay: Relay, atOnce: number): PostOffice {
  const idle: Session[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  let sweep: NodeJS.Timeout | null = null

  async function turn(): Promise<void> {
    if (busy < atOnce) {
      busy += 1
      return
    }
    // The one who leaves hands its turn on, so that `busy` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function leave(): void {
    const next = waiting.shift()
    if (next) return next()
    busy -= 1
    if (busy === 0) sweep ??= setTimeout(closeIdle, IDLE_MS).unref()
  }

  function closeIdle(): void {
    sweep = null
    if (busy === 0) for (const { connection } of idle.splice(0)) connection.close()
  }

  /** A session that waited may be dead by now: what it lost before the content began goes once more, over a new one. */
  async function sendOver(parcel: Parcel): Promise<Handover> {
    const used = idle.pop()
    if (used?.connection.usable()) {
      const handover = await sendBy(used, parcel)
      if (handover.kind !== 'postponed' || used.connection.usable() || handover.reason !== 'mail_connection_lost') {
        return handover
      }
    }
    const connection = await connect(relay)
    return 'kind' in connection ? connection : sendBy({ connection, sent: 0 }, parcel)
  }

  async function sendBy(session: Session, parcel: Parcel): Promise<Handover> {
    const handover = await session.connection.send(parcel)
    session.sent += 1
    if (!session.connection.usable()) return handover
    if (session.sent < MESSAGES_A_SESSION) idle.push(session)
    else session.connection.close()
    return handover
  }

  return {
    async send(parcel, signal) {
      await turn()
      try {
        return signal?.aborted ? { kind: 'postponed', reason: 'mail_no_time' } : await sendOver(parcel)
      } finally {
        leave()
      }
    },
    async close() {
      if (sweep) clearTimeout(sweep)
      sweep = null
      for (const { connection } of idle.splice(0)) connection.close()
    },
  }
}
