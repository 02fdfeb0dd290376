import { createHash } from 'node:crypto'
import { Refusal, type Id } from '../kernel/index.ts'
import type { SourceBulletin } from './bridge-package.ts'
import type { CodeTable } from './code.ts'

/** A bulletin that came from above (bản tin cấp trên gửi): nothing of it goes out before it is a message approved here. */
export interface Proposal {
  readonly id: Id<'bridge_proposal'>
  readonly source: string
  readonly bulletinId: string
  readonly exchangeId: Id<'bridge_exchange'>
  readonly contentHash: string
  readonly bulletin: SourceBulletin
  readonly state: 'proposed' | 'taken' | 'declined'
  readonly messageId: Id<'message'> | null
  readonly cameAt: Date
  readonly decidedAt: Date | null
  readonly decidedBy: Id<'person'> | null
  readonly reason: string
}

/** The same words give the same hash, whoever sends them again. */
export function hashOfContent(content: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

export const ARRIVALS = ['new', 'same', 'changed', 'decided'] as const
/**
 * What a bulletin or a day that comes in is to us: new; the very same as before; changed while nobody had decided; or changed
 * after somebody had, which is not taken.
 */
export type Arrival = (typeof ARRIVALS)[number]

export function arrivalOf(content: object, stood: Pick<Proposal, 'contentHash' | 'state'> | undefined): Arrival {
  if (!stood) return 'new'
  if (stood.contentHash === hashOfContent(content)) return 'same'
  return stood.state === 'proposed' ? 'changed' : 'decided'
}

/** How urgent it is meant to be; a code nobody has mapped is shown as it came and counts for nothing. */
export function classOf({ urgency }: SourceBulletin, codes: CodeTable): string | null {
  return codes.valueOf('class', urgency)
}

export function whyNotDecide({ state }: Pick<Proposal, 'state'>): Refusal | null {
  return state === 'proposed' ? null : new Refusal('bridge.decided')
}
