import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { smpp, type PduFields, type ServedPdu, type Session } from '../smpp/library.ts'
import { openReceiptBringer } from './receipt-bringer.ts'
import { sentinelOf, type Sentinel } from './sentinels.ts'
import { openTakenBook, type Taken, type TakenCounts } from './taken.ts'

export interface SmscOptions {
  /** 0 takes any that is free. */
  readonly port?: number
  /** What a bind must bring; null takes every one. */
  readonly password?: string | null
  readonly receiptMs?: number
  readonly lateMs?: number
  /** Answers in hexadecimal and writes receipts in decimal, as some centres do. */
  readonly hexadecimal?: boolean
  readonly tls?: { readonly key: string; readonly cert: string }
  /** A file that remembers what was taken when this process is killed. */
  readonly journal?: string | null
}

export interface SmscSimulator {
  readonly port: number
  /** What it took, and what came of its receipts. */
  counts(): TakenCounts & { readonly brought: number; readonly waiting: number }
  taken(to: string): readonly Taken[]
  /** A phone writes to `to`. */
  phoneSays(from: string, to: string, text: string): void
  /** Cuts every connection, as a network does. */
  cut(): void
  close(): Promise<void>
}

const ESME_RINVDSTADR = 0x0b
const ESME_RINVPASWD = 0x0e
const ESME_RMSGQFUL = 0x14
const ESME_RTHROTTLED = 0x58
const ESME_RQUERYFAIL = 0x67
const RECEIPT = 0x04
const DELIVERED = 2
const UNDELIVERABLE = 5
const MOST_STATES = 200_000
const CUT_MS = 50

const NOES: Partial<Record<Sentinel, number>> = {
  refused: ESME_RINVDSTADR,
  throttled: ESME_RTHROTTLED,
  full: ESME_RMSGQFUL,
}

/** A message centre that speaks SMPP 3.4 and obeys the numbers of `sentinels.ts`; nothing leaves this machine. */
export async function startSmscSimulator(options: SmscOptions = {}): Promise<SmscSimulator> {
  const { password = null, receiptMs = 20, lateMs = 5_000, hexadecimal = false, journal = null } = options
  const book = openTakenBook(journal)
  const bringer = openReceiptBringer()
  const states = new Map<string, number>()
  const sessions = new Map<Session, string>()
  // Ids of another start are other ids: the seconds since 1970 stand before the number.
  let id = BigInt(Math.floor(Date.now() / 1_000)) * 10_000_000n

  const server = smpp.createServer({ ...options.tls }, (session) => {
    sessions.set(session, '')
    session.socket.setNoDelay(true)
    session.on('error', () => session.destroy())
    session.on('close', () => sessions.delete(session))
    for (const command of ['bind_transceiver', 'bind_receiver', 'bind_transmitter']) {
      session.on(command, (pdu) => bind(session, pdu))
    }
    session.on('submit_sm', (pdu) => submit(session, pdu))
    session.on('query_sm', (pdu) => query(session, pdu))
    session.on('enquire_link', (pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu) => {
      session.send(pdu.response())
      session.close()
    })
  })

  function bind(session: Session, pdu: ServedPdu): void {
    const welcome = password === null || pdu.password === password
    session.send(pdu.response(welcome ? { system_id: 'loa-smsc' } : { command_status: ESME_RINVPASWD }))
    if (!welcome) return session.close()
    sessions.set(session, pdu.system_id ?? '')
    if (pdu.command !== 'bind_transmitter') bringer.bound(session, pdu.system_id ?? '')
  }
  function submit(session: Session, pdu: ServedPdu): void {
    const to = pdu.destination_addr ?? ''
    const sentinel = sentinelOf(to)
    const no = sentinel ? NOES[sentinel] : undefined
    if (no) return void session.send(pdu.response({ command_status: no }))
    if (sentinel === 'silent') return
    book.take(takenOf(pdu))
    // A moment later, so that its neighbours on the line have their answers and it alone has none.
    if (sentinel === 'dies') return void setTimeout(() => session.destroy(), CUT_MS)
    const own = String(++id)
    remember(own, sentinel === 'undeliverable' ? UNDELIVERABLE : DELIVERED)
    if (pdu.registered_delivery) bringReceipts(own, pdu, sessions.get(session) ?? '', sentinel)
    const answer = () => session.send(pdu.response({ message_id: hexadecimal ? BigInt(own).toString(16) : own }))
    if (sentinel === 'early') setTimeout(answer, 10 * receiptMs)
    else corked(session, answer)
  }
  function bringReceipts(own: string, pdu: ServedPdu, systemId: string, sentinel: Sentinel | null): void {
    if (sentinel === 'lost') return
    const fields = receiptFields(own, pdu, sentinel !== 'undeliverable')
    for (let time = 0; time < (sentinel === 'doubled' ? 3 : 1); time += 1) {
      bringer.bring(fields, systemId, sentinel === 'late' ? lateMs : receiptMs)
    }
  }
  function query(session: Session, pdu: ServedPdu): void {
    const asked = pdu.message_id ?? ''
    const own = hexadecimal && /^[0-9a-f]+$/i.test(asked) ? BigInt(`0x${asked}`).toString() : asked
    const state = states.get(own)
    const answer = { message_id: asked, message_state: state, final_date: '', error_code: 0 }
    session.send(pdu.response(state === undefined ? { command_status: ESME_RQUERYFAIL } : answer))
  }
  function remember(own: string, state: number): void {
    states.set(own, state)
    if (states.size <= MOST_STATES) return
    const [oldest = ''] = states.keys()
    states.delete(oldest)
  }

  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    counts: () => ({ ...book.counts(), ...bringer.counts() }),
    taken: (to) => book.of(to),
    phoneSays(from, to, text) {
      const fields = { source_addr: from, destination_addr: to, esm_class: 0, data_coding: 8 }
      bringer.bring({ ...fields, short_message: Buffer.from(text, 'utf16le').swap16() }, null, 0)
    },
    cut: () => [...sessions.keys()].forEach((session) => session.destroy()),
    async close() {
      bringer.close()
      const closed = new Promise((resolve) => server.close(resolve))
      for (const session of sessions.keys()) session.destroy()
      await closed
    },
  }
}

/** All that one turn of the loop answers goes in one piece. */
function corked(session: Session, write: () => void): void {
  if (session.socket.writableCorked === 0) {
    session.socket.cork()
    setImmediate(() => session.socket.uncork())
  }
  write()
}

function takenOf({ destination_addr: to = '', source_addr: from = '', short_message: words }: ServedPdu): Taken {
  const header = words?.udh?.find((element) => element[0] === 0)
  const text = typeof words?.message === 'string' ? words.message : (words?.message.toString('hex') ?? '')
  return { to, from, text, part: header?.[4] ?? 1, parts: header?.[3] ?? 1 }
}

/** As appendix B of SMPP 3.4 writes it, and as optional parameters besides. */
function receiptFields(id: string, pdu: ServedPdu, arrived: boolean): PduFields {
  const at = secondNow()
  const [stat, error, state] = arrived ? ['DELIVRD', '000', DELIVERED] : ['UNDELIV', '034', UNDELIVERABLE]
  const counts = `sub:001 dlvrd:00${arrived ? 1 : 0}`
  const text = `id:${id} ${counts} submit date:${at} done date:${at} stat:${stat} err:${error} text:`
  return {
    esm_class: RECEIPT,
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    data_coding: 0,
    short_message: Buffer.from(text, 'latin1'),
    receipted_message_id: id,
    message_state: state,
  }
}

/** Written once a second, not once a receipt. */
const written = { second: NaN, words: '' }

/** YYMMDDhhmmss by the clocks of Vietnam. */
function secondNow(): string {
  const second = Math.floor(Date.now() / 1_000)
  if (second !== written.second) {
    const digits = new Date((second + 7 * 3_600) * 1_000).toISOString().replace(/\D/g, '')
    Object.assign(written, { second, words: digits.slice(2, 14) })
  }
  return written.words
}
