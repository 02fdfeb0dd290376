import { createRequire } from 'node:module'
import type { Server, Socket } from 'node:net'

export type PduFields = Readonly<Record<string, string | number | Date | Buffer | undefined>>

/** What of the package `smpp` is used here; it brings no types of its own. */
export interface Pdu {
  readonly command: string
  readonly command_status: number
  sequence_number: number
  readonly message_id?: string
  readonly message_state?: number
  isResponse(): boolean
  response(fields?: PduFields): Pdu
  toBuffer(): Buffer
}

export interface Session {
  readonly socket: Socket
  on(event: string, heard: (pdu: ServedPdu) => void): this
  on(event: 'error' | 'close', heard: () => void): this
  send(pdu: Pdu): boolean
  deliver_sm(fields: PduFields, answered: (pdu: Pdu) => void): boolean
  close(): void
  destroy(): void
}

/** What a centre reads of a PDU it is sent. */
export interface ServedPdu extends Pdu {
  readonly system_id?: string
  readonly password?: string
  readonly source_addr?: string
  readonly destination_addr?: string
  readonly data_coding?: number
  readonly registered_delivery?: number
  readonly validity_period?: Date | ''
  /** `udh`: its elements, each with tag and length before its octets. */
  readonly short_message?: { readonly message: string | Buffer; readonly udh?: readonly Buffer[] }
}

interface Library {
  readonly PDU: new (command: string | Buffer, fields?: PduFields) => Pdu
  createServer(options: { key?: string; cert?: string }, onSession: (session: Session) => void): Server
}

export const smpp = createRequire(import.meta.url)('smpp') as Library // CommonJS without types
