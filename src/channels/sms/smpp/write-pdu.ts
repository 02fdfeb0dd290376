import { HEAD_OCTETS } from './frames.ts'

/** A request to carry one part (SMPP 3.4 §4.4.1); what is not named here is empty. */
export interface Submit {
  readonly service_type: string
  readonly source_addr: string
  readonly source_addr_ton: number
  readonly source_addr_npi: number
  readonly destination_addr: string
  readonly dest_addr_ton: number
  readonly dest_addr_npi: number
  readonly esm_class: number
  readonly validity_period: string
  readonly registered_delivery: number
  readonly data_coding: number
  readonly short_message: Buffer
}

const SUBMIT_SM = 0x00000004
const DELIVER_SM_RESP = 0x80000005
/** Octets of the fields that have one each, and of the ends of those that are texts. */
const SINGLE_OCTETS = 12
const TEXT_ENDS = 5

/**
 * The two PDUs of which there are thousands a second, octet by octet: the package `smpp` takes ten times as long for each,
 * and writes the same.
 */
export function writeSubmit(fields: Submit, sequence: number): Buffer {
  const { service_type, source_addr, destination_addr, validity_period, short_message } = fields
  const texts = service_type.length + source_addr.length + destination_addr.length + validity_period.length
  const pdu = Buffer.alloc(HEAD_OCTETS + SINGLE_OCTETS + texts + TEXT_ENDS + short_message.length)
  writeHead(pdu, SUBMIT_SM, 0, sequence)
  let at = HEAD_OCTETS
  const octet = (value: number) => {
    pdu[at++] = value
  }
  const text = (value: string) => {
    at += pdu.write(value, at, 'latin1') + 1
  }
  text(service_type)
  octet(fields.source_addr_ton)
  octet(fields.source_addr_npi)
  text(source_addr)
  octet(fields.dest_addr_ton)
  octet(fields.dest_addr_npi)
  text(destination_addr)
  octet(fields.esm_class)
  at += 2 // protocol_id, priority_flag
  text('') // schedule_delivery_time
  text(validity_period)
  octet(fields.registered_delivery)
  at += 1 // replace_if_present_flag
  octet(fields.data_coding)
  at += 1 // sm_default_msg_id
  octet(short_message.length)
  short_message.copy(pdu, at)
  return pdu
}

/** The answer to what a centre brought (§4.6.2), with an empty id; without a body where it is refused (§3.2). */
export function writeDelivered(status: number, sequence: number): Buffer {
  const pdu = Buffer.alloc(status === 0 ? HEAD_OCTETS + 1 : HEAD_OCTETS)
  writeHead(pdu, DELIVER_SM_RESP, status, sequence)
  return pdu
}

function writeHead(pdu: Buffer, command: number, status: number, sequence: number): void {
  pdu.writeUInt32BE(pdu.length, 0)
  pdu.writeUInt32BE(command, 4)
  pdu.writeUInt32BE(status, 8)
  pdu.writeUInt32BE(sequence, 12)
}
