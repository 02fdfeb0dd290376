import type { PduFields, Session } from '../smpp/library.ts'

/** Brings what phones and the network say to whoever is bound, until it is answered for, as a real centre does. */
export interface ReceiptBringer {
  bound(session: Session): void
  bring(fields: PduFields, afterMs: number): void
  /** Brought and answered for; waiting or unanswered. */
  counts(): { readonly brought: number; readonly waiting: number }
  close(): void
}

const MOST_IN_FLIGHT = 1_000
const UNANSWERED_MS = 5_000
const AGAIN_MS = 500
const TICK_MS = 5

interface Letter {
  readonly fields: PduFields
  readonly dueAt: number
}

export function openReceiptBringer(): ReceiptBringer {
  const sessions = new Set<Session>()
  const inFlight = new Map<Letter, { readonly session: Session; readonly since: number }>()
  /** By the moment they are due; nearly in order, since most wait equally long. */
  let queue: Letter[] = []
  let brought = 0

  function later(letter: Letter, ms: number): void {
    queue.push({ ...letter, dueAt: performance.now() + ms })
  }
  function send(letter: Letter, session: Session): void {
    inFlight.set(letter, { session, since: performance.now() })
    session.deliver_sm(letter.fields, ({ command_status: status }) => {
      if (!inFlight.delete(letter)) return
      if (status === 0) brought += 1
      else later(letter, AGAIN_MS)
    })
  }
  function tick(): void {
    const now = performance.now()
    for (const [letter, { session, since }] of inFlight) {
      if (sessions.has(session) && now - since < UNANSWERED_MS) continue
      inFlight.delete(letter)
      later(letter, AGAIN_MS)
    }
    const standing = [...sessions]
    if (standing.length === 0) return
    const rest: Letter[] = []
    for (const session of standing) session.socket.cork()
    queue.forEach((letter, at) => {
      const session = standing[at % standing.length]
      if (letter.dueAt > now || inFlight.size >= MOST_IN_FLIGHT || !session) rest.push(letter)
      else send(letter, session)
    })
    for (const session of standing) session.socket.uncork()
    queue = rest
  }
  const timer = setInterval(tick, TICK_MS)
  return {
    bound(session) {
      sessions.add(session)
      session.on('close', () => sessions.delete(session))
    },
    bring: (fields, afterMs) => later({ fields, dueAt: 0 }, afterMs),
    counts: () => ({ brought, waiting: queue.length + inFlight.size }),
    close: () => clearInterval(timer),
  }
}
