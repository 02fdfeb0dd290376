import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { frameReader } from './frames.ts'
import { smpp, type Pdu, type PduFields } from './library.ts'
import { statusName } from './statuses.ts'
import { writeDelivered, writeSubmit, type Submit } from './write-pdu.ts'

export interface LinkOptions {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** PEM of who signed the certificate of the centre; empty: those that Node knows. */
  readonly tlsAuthority: string
  readonly systemId: string
  readonly password: string
  readonly systemType: string
  /** How often the centre is asked whether it is there (SMPP 3.4 §4.11). */
  readonly enquireMs: number
}

/** What a link tells its owner. */
export interface LinkEvents {
  /** `answer` is to be called once it is kept for good; with 0, or with the status that asks to bring it again. */
  delivered(frame: Buffer, answer: (status: number) => void): void
  /** It is gone; whoever waited for an answer has been told. */
  lost(reason: string): void
}

/** A session bound as transceiver. */
export interface Link {
  /**
   * Writes a request at once and waits as long as the link stands; who waits less looks at the clock.
   *
   * @throws NotWritten when it surely did not leave; NoAnswer when it did and nobody knows what became of it.
   */
  ask(command: string, fields: PduFields): Promise<Pdu>
  /** The same, to carry a part. */
  submit(fields: Submit): Promise<Pdu>
  /** Says good-bye (§4.2) and hangs up. */
  close(): Promise<void>
}

/** Written, but unanswered: what was asked may have been done. */
export class NoAnswer extends Error {}
export class NotWritten extends Error {}

const BIND_MS = 10_000
const GOODBYE_MS = 2_000
const ENQUIRE_ANSWER_MS = 10_000
/** An answer later than this is forgotten; until then it still tells what became of a request. */
const LATEST_ANSWER_MS = 600_000
const ESME_RINVCMDID = 0x03
const DELIVER_SM = 0x00000005

interface Waiting {
  readonly since: number
  readonly answered: (pdu: Pdu) => void
  readonly failed: (why: NoAnswer) => void
}

/** Connects and binds. @throws Error with the reason when it comes to no bound session; then nothing was sent. */
export async function openLink(options: LinkOptions, events: LinkEvents): Promise<Link> {
  const socket = await connected(options)
  const waiting = new Map<number, Waiting>()
  const framesOf = frameReader()
  let sequence = 0
  let unwritten: Buffer[] = []
  let over = false

  /** All that one turn of the loop has to say goes in one piece: a system call a PDU was half of the time. */
  function write(bytes: Buffer): void {
    if (unwritten.length === 0) setImmediate(flush)
    unwritten.push(bytes)
  }
  function flush(): void {
    const bytes = Buffer.concat(unwritten)
    unwritten = []
    if (!over) socket.write(bytes)
  }
  function end(reason: string): void {
    if (over) return
    over = true
    clearInterval(enquirer)
    socket.destroy()
    for (const { failed } of waiting.values()) failed(new NoAnswer(reason))
    waiting.clear()
    events.lost(reason)
  }
  function ask(command: string, fields: PduFields): Promise<Pdu> {
    return request((sequence_number) => new smpp.PDU(command, { ...fields, sequence_number }).toBuffer())
  }
  function request(pduOf: (sequence: number) => Buffer): Promise<Pdu> {
    if (over) return Promise.reject(new NotWritten('not_connected'))
    sequence = sequence >= 0x7fffffff ? 1 : sequence + 1
    const own = sequence
    write(pduOf(own))
    return new Promise((answered, failed) => {
      waiting.set(own, { since: performance.now(), answered, failed })
    })
  }
  function forgetOldest(): void {
    for (const [own, { since, failed }] of waiting) {
      if (performance.now() - since < LATEST_ANSWER_MS) break // the oldest come first
      waiting.delete(own)
      failed(new NoAnswer('no_answer'))
    }
  }
  function hear(frame: Buffer): void {
    if (frame.readUInt32BE(4) === DELIVER_SM) {
      const own = frame.readUInt32BE(12)
      events.delivered(frame, (status) => {
        if (!over) write(writeDelivered(status, own))
      })
      return
    }
    const pdu = new smpp.PDU(frame)
    if (pdu.isResponse()) {
      const asked = waiting.get(pdu.sequence_number)
      waiting.delete(pdu.sequence_number)
      asked?.answered(pdu)
    } else if (pdu.command === 'enquire_link' || pdu.command === 'unbind') {
      write(pdu.response().toBuffer())
      if (pdu.command === 'unbind') setImmediate(() => end('unbound'))
    } else if (pdu.command !== 'alert_notification' && pdu.command !== 'outbind') {
      write(pdu.response({ command_status: ESME_RINVCMDID }).toBuffer())
    }
  }
  function read(piece: Buffer): void {
    try {
      for (const frame of framesOf(piece)) hear(frame)
    } catch (thrown) {
      end(thrown instanceof Error ? thrown.message : 'unreadable')
    }
  }
  socket.on('data', read)
  socket.on('error', ({ message }) => end(message))
  // The centre hung up: what is written from here on would never arrive.
  for (const gone of ['end', 'close']) socket.on(gone, () => end('connection_lost'))
  const enquirer = setInterval(() => {
    forgetOldest()
    within(ENQUIRE_ANSWER_MS, ask('enquire_link', {})).catch(() => end('no_answer_to_enquire_link'))
  }, options.enquireMs)

  const { systemId, password, systemType } = options
  const names = { system_id: systemId, password, system_type: systemType, interface_version: 0x34 }
  const bound = await within(BIND_MS, ask('bind_transceiver', names)).catch((thrown: Error) => {
    end(thrown.message)
    throw new Error(`bind_transceiver: ${thrown.message}`)
  })
  if (bound.command_status !== 0) {
    end('bind_refused')
    throw new Error(`bind_transceiver: ${statusName(bound.command_status)}`)
  }
  return {
    ask,
    submit: (fields) => request((own) => writeSubmit(fields, own)),
    async close() {
      if (!over) await within(GOODBYE_MS, ask('unbind', {})).catch(() => undefined)
      end('closed')
    },
  }
}

/** @throws NoAnswer when it takes longer. */
export function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer('no_answer')), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

function connected({ host, port, tls, tlsAuthority }: LinkOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = tls
      ? connectTls({ host, port, servername: isIP(host) ? '' : host, ...(tlsAuthority ? { ca: tlsAuthority } : {}) })
      : connectPlain({ host, port })
    socket.setNoDelay(true)
    socket.setTimeout(BIND_MS, () => socket.destroy(new Error('no connection in time')))
    socket.once('error', reject)
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
