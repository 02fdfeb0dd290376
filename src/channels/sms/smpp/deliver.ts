import { HEAD_OCTETS } from './frames.ts'

/** What a centre brings: a receipt for what we sent, or a message that a phone sent to us. */
export interface Delivered {
  /** SMPP 3.4 §5.2.12. */
  readonly esmClass: number
  readonly dataCoding: number
  /** As the centre writes it, without its kind of number. */
  readonly from: string
  readonly to: string
  /** Octets of the words; a user data header, where there is one, still stands before them. */
  readonly words: Buffer
  /** `receipted_message_id` and `message_state` (§5.3.2.12, §5.3.2.35), where the centre gives them. */
  readonly receiptedId: string | null
  readonly messageState: number | null
}

const RECEIPTED_MESSAGE_ID = 0x001e
const MESSAGE_PAYLOAD = 0x0424
const MESSAGE_STATE = 0x0427

/**
 * Reads a `deliver_sm` (§4.6.1) by its octets. The package `smpp` reads one, too, but takes words of coding 0 for GSM 03.38,
 * whereas centres write receipts in ASCII: an id with `_` or `@` would come out as another.
 *
 * @throws RangeError when it ends before its fields do.
 */
export function readDeliver(frame: Buffer): Delivered {
  let at = HEAD_OCTETS
  const octet = () => frame.readUInt8(at++)
  const text = () => {
    const end = frame.indexOf(0, at)
    if (end < 0) throw new RangeError('a field without its end')
    const value = frame.toString('latin1', at, end)
    at = end + 1
    return value
  }
  const address = () => {
    at += 2 // kinds of number
    return text()
  }
  text() // service_type
  const from = address()
  const to = address()
  const esmClass = octet()
  at += 2 // protocol_id, priority_flag
  text() // schedule_delivery_time
  text() // validity_period
  at += 2 // registered_delivery, replace_if_present_flag
  const dataCoding = octet()
  at += 1 // sm_default_msg_id
  const length = octet()
  const short = frame.subarray(at, at + length)
  const extra = parametersOf(frame, at + length)
  const id = extra.get(RECEIPTED_MESSAGE_ID)
  return {
    esmClass,
    dataCoding,
    from,
    to,
    words: short.length > 0 ? short : (extra.get(MESSAGE_PAYLOAD) ?? short),
    receiptedId: id ? id.toString('latin1').replace(/\0.*$/s, '') : null,
    messageState: extra.get(MESSAGE_STATE)?.[0] ?? null,
  }
}

/** The optional parameters (§3.2.4.1): tag, length, value. */
function parametersOf(frame: Buffer, from: number): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  let at = from
  while (at + 4 <= frame.length) {
    const length = frame.readUInt16BE(at + 2)
    found.set(frame.readUInt16BE(at), frame.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}
