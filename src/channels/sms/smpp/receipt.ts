import type { Delivered } from './deliver.ts'

/** What a receipt says. `underWay`: it is not at its end yet; nothing is noted of it. */
export interface CentreReceipt {
  readonly id: string
  readonly state: 'delivered' | 'failed' | 'underWay'
  readonly at: Date | null
  readonly detail: string
}

/** Kinds of message in the esm class (SMPP 3.4 §5.2.12): bits 5 to 2. */
const KIND_BITS = 0x3c
const PHONE_SENT = 0x00

/** Final states (§5.2.28) by number and as the text of a receipt writes them (appendix B). */
const STATES: Readonly<Record<string, CentreReceipt['state']>> = {
  2: 'delivered',
  3: 'failed',
  4: 'failed',
  5: 'failed',
  8: 'failed',
  DELIVRD: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIV: 'failed',
  REJECTD: 'failed',
}

/**
 * A receipt as optional parameters (§5.3.2.12, §5.3.2.35), as the text that most centres write (appendix B), or both; null
 * when a phone sent it, or when it names no message.
 */
export function readReceipt(delivered: Delivered, zoneHours: number): CentreReceipt | null {
  const { esmClass, receiptedId, messageState, words } = delivered
  if ((esmClass & KIND_BITS) === PHONE_SENT && receiptedId === null) return null
  const text = words.toString('latin1')
  const id = receiptedId ?? /\bid:(\S+)/i.exec(text)?.[1]
  if (!id) return null
  const stat = /\bstat:(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? ''
  const error = /\berr:(\S+)/i.exec(text)?.[1] ?? ''
  const state = STATES[messageState ?? ''] ?? STATES[stat] ?? 'underWay'
  const detail = [stat || (messageState === null ? '' : `message_state ${messageState}`), error && `err:${error}`]
  return { id, state, at: doneAt(text, zoneHours), detail: detail.filter(Boolean).join(' ') }
}

/** `done date:YYMMDDhhmm`, with seconds where a centre writes them; in the time of the centre. */
function doneAt(text: string, zoneHours: number): Date | null {
  const found = /\bdone date:(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?/i.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0))
  return new Date(Date.UTC(2000 + year, month - 1, day, hour - zoneHours, minute, second))
}

/**
 * Some centres answer a submit with an id in one base and write the receipt in the other. `decimal`: the receipt is decimal,
 * the answer hexadecimal; `hexadecimal`: the other way round. Both come out in decimal, which is what the ledger keeps.
 */
export type IdQuirk = 'same' | 'decimal' | 'hexadecimal'

export function refOfAnswer(id: string, quirk: IdQuirk): string {
  return quirk === 'decimal' ? inDecimal(id, '0x') : quirk === 'hexadecimal' ? inDecimal(id, '') : id
}

export function refOfReceipt(id: string, quirk: IdQuirk): string {
  return quirk === 'decimal' ? inDecimal(id, '') : quirk === 'hexadecimal' ? inDecimal(id, '0x') : id
}

/** The id as the centre wrote it in its answer: by it the centre is asked. */
export function idForCentre(ref: string, quirk: IdQuirk): string {
  return quirk === 'decimal' && /^\d+$/.test(ref) ? BigInt(ref).toString(16) : ref
}

/** What is no number of its base stays as it is. */
function inDecimal(id: string, prefix: '0x' | ''): string {
  const digits = prefix === '0x' ? /^[0-9a-f]+$/i : /^\d+$/
  return digits.test(id) ? BigInt(prefix + id).toString() : id
}
