import { connect } from '../../../platform/mail/index.ts'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { writeBounce, writeComplaint } from './reports.ts'
import { reportsOf, sentinelOf } from './sentinels.ts'

const SLOW_MS = 3_000
const LETTERS_KEPT = 500
const THROTTLED_TIMES = 2

export interface MailCounts {
  /** Messages whose content was taken whole, those that were never answered too. */
  readonly taken: number
  /** Of them those whose Message-ID had been taken before. */
  readonly doubled: number
  /** How often each was taken, by Message-ID without its brackets. */
  readonly byMessageId: ReadonlyMap<string, number>
}

/** A letter as it was taken. */
export interface TakenLetter {
  readonly from: string
  readonly to: string
  readonly raw: string
}

export interface MailSimulator {
  readonly port: number
  counts(): MailCounts
  /** The newest letters, the oldest first. */
  letters(): readonly TakenLetter[]
  close(): Promise<void>
}

export interface MailSimulatorOptions {
  /** 0: any that is free. */
  readonly port: number
  /** Where mail is taken that comes back: bounces and complaints go there. Without it they are not written. */
  readonly returnPort?: number | null
}

/** Plays the mail servers of the world on the loopback: real SMTP, with addresses that behave as they are called. */
export async function startMailSimulator({ port, returnPort = null }: MailSimulatorOptions): Promise<MailSimulator> {
  const byMessageId = new Map<string, number>()
  const letters: TakenLetter[] = []
  const tries = new Map<string, number>()
  const ending = new AbortController()
  let [taken, doubled] = [0, 0]

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Its own codes would stand before those that the sentinels say.
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onRcptTo({ address }, session, done) {
      const sentinel = sentinelOf(address)
      if (sentinel === 'refused') return done(saying(550, '5.1.1 No such user here'))
      if (sentinel === 'full') return done(saying(552, '5.2.2 Mailbox full'))
      if (sentinel === 'throttled' && tryOf(address) <= THROTTLED_TIMES)
        return done(saying(451, '4.7.1 Try again later'))
      if (sentinel === 'busy' && tryOf(address) === 1) return done(saying(421, '4.3.2 Closing, too busy'))
      done()
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const [reader] = session.envelope.rcptTo
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        const letter = { from, to: reader?.address ?? '', raw: Buffer.concat(chunks).toString('latin1') }
        const sentinel = sentinelOf(letter.to)
        if (sentinel === 'policy') return done(saying(554, '5.7.1 Not wanted here'))
        keep(letter)
        if (sentinel === 'silent') return
        if (sentinel === 'dies') return cut(session.id)
        void wait(sentinel === 'slow' ? SLOW_MS : 0, undefined, { signal: ending.signal }).then(
          () => done(),
          () => {},
        )
        for (const { kind, afterMs } of reportsOf(sentinel)) void sendBack(letter, kind, afterMs).catch(() => {})
      })
    },
  })
  server.on('error', () => {}) // a client that goes away in the middle is what we are here for
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')

  function tryOf(address: string): number {
    const n = (tries.get(address) ?? 0) + 1
    tries.set(address, n)
    return n
  }

  function keep(letter: TakenLetter): void {
    const id = /^message-id:\s*<([^>]+)>/im.exec(letter.raw)?.[1] ?? ''
    const before = byMessageId.get(id) ?? 0
    byMessageId.set(id, before + 1)
    taken += 1
    if (before > 0) doubled += 1
    letters.push(letter)
    if (letters.length > LETTERS_KEPT) letters.shift()
  }

  function cut(sessionId: string): void {
    for (const connection of server.connections) if (connection.session.id === sessionId) connection._socket.destroy()
  }

  async function sendBack(letter: TakenLetter, kind: 'failed' | 'delayed' | 'abuse', afterMs: number): Promise<void> {
    await wait(afterMs, undefined, { signal: ending.signal })
    if (returnPort === null) return
    const reported = { returnTo: letter.from, reader: letter.to, raw: letter.raw }
    const report = kind === 'abuse' ? writeComplaint(reported) : writeBounce(reported, kind)
    for (let tried = 0; tried < 20; tried += 1) {
      const relay = { host: '127.0.0.1', port: returnPort, secure: false, user: null, password: null }
      const connection = await connect(relay)
      if ('send' in connection) {
        const handover = await connection.send({ from: '', to: letter.from, raw: Buffer.from(report, 'latin1') })
        connection.close()
        if (handover.kind === 'accepted' || handover.kind === 'refused') return
      }
      await wait(250, undefined, { signal: ending.signal })
    }
  }

  return {
    port: (server.server.address() as AddressInfo).port, // it listens on a port, not on a pipe
    counts: () => ({ taken, doubled, byMessageId }),
    letters: () => letters,
    async close() {
      ending.abort()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

function saying(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode })
}
