import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Readable } from 'node:stream'
import { needsTls, type Relay } from './relay.ts'
import { meaningOf, statusOf, type Handover, type Phase } from './smtp-answers.ts'

const CONNECT_MS = 10_000
/** A server that has gone quiet: RFC 5321 section 4.5.3.2 would wait minutes, a claimed row cannot. */
const SILENCE_MS = 30_000

export interface Parcel {
  /** Where it comes back to; empty for what must never come back. */
  readonly from: string
  readonly to: string
  /** The message as it goes over the wire, lines ended by CRLF. */
  readonly raw: Uint8Array
}

/** One session with a relay. */
export interface Connection {
  /** Hands one message over; never throws. Afterwards `usable` says whether another may follow. */
  send(parcel: Parcel): Promise<Handover>
  usable(): boolean
  close(): void
}

/** Opens a session; what stands in its way is answered as the handover of what was to be sent. */
export async function connect(relay: Relay): Promise<Connection | Handover> {
  const { host, port, secure, user, password } = relay
  const session = new SMTPConnection({
    host,
    port,
    secure,
    requireTLS: needsTls(relay),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    logger: false,
  })
  const state = { usable: true }
  session.on('end', () => (state.usable = false))
  const fault = await new Promise<unknown>((resolve) => {
    session.once('error', resolve)
    session.connect((error) => {
      if (error || user === null) return resolve(error ?? null)
      session.login({ user, pass: password ?? '' }, (refused) => resolve(refused ?? null))
    })
  })
  session.on('error', () => (state.usable = false))
  if (fault === null) return asConnection(session, state)
  session.close()
  return meaningOf({ phase: 'relay', ...answerIn(fault) })
}

function asConnection(session: SMTPConnection, state: { usable: boolean }): Connection {
  return {
    usable: () => state.usable,
    close: () => (state.usable ? session.quit() : session.close()),
    async send({ from, to, raw }) {
      let begun = false
      // Asked to pour itself out only when the server has said that it listens (354): from then on nothing is sure.
      const content = {
        pipe(wire: NodeJS.WritableStream) {
          begun = true
          wire.end(raw)
        },
      } as unknown as Readable // all of a stream that SMTPConnection.send asks of its message
      const fault = await new Promise<unknown>((resolve) =>
        session.send({ from, to: [to], size: raw.length }, content, (error) => resolve(error ?? null)),
      )
      if (fault === null) return { kind: 'accepted' }
      const answer = answerIn(fault)
      if (answer.code === null) state.usable = false
      else if (state.usable) state.usable = await reset(session)
      return meaningOf({ phase: begun ? 'content' : phaseOf(fault), ...answer })
    },
  }
}

/** Clears what a refused message left behind, so that the next one starts clean. */
function reset(session: SMTPConnection): Promise<boolean> {
  return new Promise((resolve) => {
    session.once('end', () => resolve(false))
    session.reset((error) => resolve(!error))
  })
}

const PHASES: Readonly<Record<string, Phase>> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'content' }

function phaseOf(fault: unknown): Phase {
  const command = fault instanceof Error && 'command' in fault ? String(fault.command) : ''
  return PHASES[command] ?? 'sender'
}

function answerIn(fault: unknown): { readonly code: number | null; readonly status: string | null } {
  const response = fault instanceof Error && 'response' in fault ? String(fault.response) : ''
  const code = Number(/^\d{3}/.exec(response)?.[0] ?? Number.NaN)
  return { code: Number.isNaN(code) ? null : code, status: statusOf(response) }
}
