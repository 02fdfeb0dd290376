import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { Ctx } from '../../core/kernel/index.ts'
import { noteReport } from './note-report.ts'
import { readReturnAddress } from './return-path.ts'

const MOST_BYTES = 1_000_000
const MOST_CLIENTS = 50
/** Where the houses of readers send complaints, as we told them when we asked for it. */
const COMPLAINTS = 'complaints@'

export interface ReturnListener {
  readonly port: number
  close(): Promise<void>
}

/**
 * Takes mail that comes back: an SMTP server for return addresses of our own and for complaints, and for nothing else. It
 * listens on the loopback; the mail server of the house hands on what comes for the return domain.
 *
 * @param port 0: any that is free.
 */
export async function listenForReturns(ctx: Ctx, port: number): Promise<ReturnListener> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MOST_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    logger: false,
    onRcptTo({ address }, _session, done) {
      takes(ctx, address).then((taken) => done(taken ? null : answer(550, 'No such address')), later(done))
    },
    onData(stream, { envelope }, done) {
      const addresses = envelope.rcptTo.map(({ address }) => address)
      note(ctx, addresses, stream).then(done, later(done))
    },
  })
  server.on('error', () => {}) // who goes away in the middle comes again
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port, // it listens on a port, not on a pipe
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

async function takes(ctx: Ctx, address: string): Promise<boolean> {
  return address.toLowerCase().startsWith(COMPLAINTS) || (await readReturnAddress(ctx, address)) !== null
}

/** Null when it was taken, whatever it says. */
async function note(ctx: Ctx, addresses: readonly string[], stream: SMTPServerDataStream): Promise<Error | null> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer) // the stream has no encoding
  if (stream.sizeExceeded) return answer(552, 'Too large')
  const raw = Buffer.concat(chunks).toString('latin1')
  for (const to of addresses) if ((await noteReport(ctx, to, raw)) === 'later') return answer(451, 'Try again')
  return null
}

/** A fault of ours: the database may be away. The other side keeps what it has and comes again. */
function later(done: (error: Error) => void) {
  return () => done(answer(451, 'Try again'))
}

function answer(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode })
}
