import { Refusal, type Day, type Id } from '../kernel/index.ts'

/**
 * `drafted`: both papers are written. `sent`: the request lies with the people's committee. `signed`: the committee has
 * signed its letter, and it may go to the carriers.
 */
export type CarrierRequestState = 'drafted' | 'sent' | 'signed' | 'dropped'

/** What may be done in which state. */
export const CARRIER_MAY = {
  number: ['drafted'],
  send: ['drafted'],
  noteSigned: ['sent'],
  sendToCarriers: ['signed'],
  fileReceipt: ['signed'],
  // What the committee has signed stays in the record.
  drop: ['drafted', 'sent'],
} satisfies Record<string, readonly CarrierRequestState[]>
export type CarrierDeed = keyof typeof CARRIER_MAY

/** The dossier by which carriers are asked to send text messages to a province (hồ sơ đề nghị nhà mạng). */
export interface CarrierRequest {
  readonly id: Id<'carrier_request'>
  readonly releaseId: Id<'release'>
  /** The body that asks. */
  readonly organisationId: Id<'organisation'>
  /** The provincial people's committee, which alone may order it (decree 49/2024/NĐ-CP, articles 32–33). */
  readonly committeeId: Id<'organisation'>
  /** Tờ trình of the body that asks. */
  readonly requestId: Id<'document'>
  /** Draft of the committee's letter to the carriers. */
  readonly letterId: Id<'document'>
  readonly area: string
  /** `HH:MM`; text messages go out between the two, every day of the period. */
  readonly hourFrom: string
  readonly hourTo: string
  readonly fromDay: Day
  readonly toDay: Day
  /** Name under which the message is shown (brandname); `''` where the carrier gives its own. */
  readonly senderName: string
  readonly state: CarrierRequestState
  /** When it was sent to the committee. */
  readonly sentOn: Day | null
  readonly droppedReason: string | null
  readonly createdAt: Date
}

/** One carrier of a request, with what it reported. */
export interface CarrierSending {
  readonly deliveryId: Id<'delivery'>
  readonly outletId: Id<'outlet'>
  /** When the signed letter was sent to it. */
  readonly sentOn: Day | null
  readonly receipt: CarrierReceipt | null
}

export interface CarrierReceipt {
  readonly subscribers: number
  readonly messages: number
  readonly fromDay: Day
  readonly toDay: Day
  readonly note: string
  readonly sha256: string
  readonly fileName: string
  readonly filedAt: Date
  readonly filedBy: string
}

export function whyNotCarrier({ state }: Pick<CarrierRequest, 'state'>, deed: CarrierDeed): Refusal | null {
  const states: readonly CarrierRequestState[] = CARRIER_MAY[deed]
  return states.includes(state) ? null : new Refusal(`carrier.is_${state}`)
}

/** A receipt is filed of a carrier that got the letter, once; the row of the ledger must be in people's hands. */
export function whyNotReceipt(
  request: Pick<CarrierRequest, 'state'>,
  { sentOn }: Pick<CarrierSending, 'sentOn'>,
  delivery: string,
): Refusal | null {
  const refusal = whyNotCarrier(request, 'fileReceipt')
  if (refusal) return refusal
  if (sentOn === null) return new Refusal('carrier.not_sent_yet')
  if (delivery === 'planned' || delivery === 'due' || delivery === 'claimed') return new Refusal('carrier.not_due')
  if (delivery === 'delivered') return new Refusal('carrier.has_receipt')
  return delivery === 'accepted' ? null : new Refusal('carrier.row_closed')
}

/** What the carriers of a request report together. */
export function figuresOf(sendings: readonly CarrierSending[]): {
  subscribers: number
  messages: number
  receipts: number
} {
  const receipts = sendings.flatMap(({ receipt }) => (receipt ? [receipt] : []))
  const sum = (of: (receipt: CarrierReceipt) => number) => receipts.reduce((total, receipt) => total + of(receipt), 0)
  return {
    subscribers: sum(({ subscribers }) => subscribers),
    messages: sum(({ messages }) => messages),
    receipts: receipts.length,
  }
}
