import { Refusal, type Day, type Id } from '../kernel/index.ts'
import type { MessageKind } from '../channel/index.ts'

/** What is to be said, written once (tin, bài, thông điệp). Where it stands in review is the business of the slice `review`. */
export interface Message {
  readonly id: Id<'message'>
  /** The body that writes it and answers for it. */
  readonly organisationId: Id<'organisation'>
  readonly campaignId: Id<'campaign'> | null
  readonly kind: MessageKind
  readonly workingTitle: string
  /** BCP 47 of the master. */
  readonly language: string
  readonly themes: readonly string[]
  readonly audiences: readonly string[]
  readonly places: readonly string[]
  readonly embargoUntil: Date | null
  /** Last day on which it may be said. */
  readonly validUntil: Day | null
  readonly currentVersion: number
  /** SHA-256 of all that would go out as it stands. */
  readonly contentHash: string
  readonly createdBy: Id<'person'> | null
  readonly createdAt: Date
  readonly changedAt: Date
  readonly withdrawnAt: Date | null
  readonly withdrawnReason: string | null
}

/** The words of the master, with references to facts as `{{code}}`. */
export interface MasterWords {
  readonly title: string
  readonly lead: string
  /** Markup, see `readMarkup`. */
  readonly body: string
  readonly callToAction: string
}
export const MASTER_FIELDS = ['title', 'lead', 'body', 'callToAction'] as const satisfies readonly (keyof MasterWords)[]

export interface MessageVersion extends MasterWords {
  readonly number: number
  readonly restoredFrom: number | null
  readonly editedBy: Id<'person'> | null
  readonly editedAt: Date
}

/** Why its words may no longer be changed; null while they may. */
export function whyNotEdit(message: Pick<Message, 'withdrawnAt'>): Refusal | null {
  return message.withdrawnAt === null ? null : new Refusal('message.is_withdrawn')
}
