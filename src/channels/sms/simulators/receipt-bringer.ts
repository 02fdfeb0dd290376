import type { PduFields, Session } from '../smpp/library.ts'

/** Brings what phones and the network say to whoever is bound, until it is answered for, as a real centre does. */
export interface ReceiptBringer {
  bound(session: Session, systemId: string): void
  /** To a session of this system, or to any where none is named. */
  bring(fields: PduFields, systemId: string | null, afterMs: number): void
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
  readonly systemId: string | null
  readonly dueAt: number
}

export function openReceiptBringer(): ReceiptBringer {
  const sessions = new Map<Session, string>()
  const inFlight = new Map<Letter, { readonly session: Session; readonly since: number }>()
  /** What waits equally long stands in one line, and its first is due first. */
  const lines = new Map<number, Letter[]>()
  let brought = 0

  function later(letter: Letter, ms: number): void {
    const line = lines.get(ms) ?? []
    lines.set(ms, line)
    line.push({ ...letter, dueAt: performance.now() + ms })
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
    if (sessions.size === 0) return
    const all = [...sessions.keys()]
    const bySystem = Map.groupBy(all, (session) => sessions.get(session))
    for (const session of all) session.socket.cork()
    for (const line of lines.values()) {
      const due = line.findIndex((letter) => letter.dueAt > now)
      const ready = line.splice(0, Math.min(due < 0 ? line.length : due, MOST_IN_FLIGHT - inFlight.size))
      ready.forEach((letter, at) => {
        const standing = letter.systemId === null ? all : (bySystem.get(letter.systemId) ?? [])
        const session = standing[at % standing.length]
        if (session) send(letter, session)
        else later(letter, AGAIN_MS)
      })
    }
    for (const session of all) session.socket.uncork()
  }
  const timer = setInterval(tick, TICK_MS)
  return {
    bound(session, systemId) {
      sessions.set(session, systemId)
      session.on('close', () => sessions.delete(session))
    },
    bring: (fields, systemId, afterMs) => later({ fields, systemId, dueAt: 0 }, afterMs),
    counts() {
      const inLine = [...lines.values()].reduce((total, line) => total + line.length, 0)
      return { brought, waiting: inLine + inFlight.size }
    },
    close: () => clearInterval(timer),
  }
}
