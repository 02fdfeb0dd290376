import { Refusal, type Day, type Id } from '../kernel/index.ts'
import type { DocumentType, Letterhead, PaperContent } from './paper.ts'

export const DOCUMENT_STATES = ['draft', 'issued', 'signed', 'dropped'] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

/** What may be done in which state. */
export const DOCUMENT_MAY = {
  change: ['draft'],
  issue: ['draft'],
  drop: ['draft'],
  // A better scan is kept beside the first: nothing that was kept is taken away.
  keepSigned: ['issued', 'signed'],
  recordElsewhere: ['draft'],
} satisfies Record<string, readonly DocumentState[]>
export type DocumentDeed = keyof typeof DOCUMENT_MAY

/** An official document that Loa writes (văn bản đi). */
export interface OfficialDocument {
  readonly id: Id<'document'>
  /** The body that issues it. */
  readonly organisationId: Id<'organisation'>
  readonly type: DocumentType
  readonly content: PaperContent
  /** As it stood when the document was issued; a draft takes what stands today. */
  readonly letterhead: Letterhead | null
  readonly state: DocumentState
  /** Of the register of its body, type and year; null while none is taken, and where another office numbered it. */
  readonly number: number | null
  /** Number and symbol as another office gave them. */
  readonly numberElsewhere: string | null
  readonly issuedOn: Day | null
  /** What asked for it, as `carrier_request`; null for one written by itself. */
  readonly originKind: string | null
  readonly originId: string | null
  readonly createdAt: Date
  /** Grows with every change: who acts on an older one has not seen the last change. */
  readonly revision: number
}

/** The document as it came back signed, a file by its SHA-256. */
export interface SignedCopy {
  readonly id: Id<'signed_copy'>
  readonly documentId: Id<'document'>
  readonly sha256: string
  readonly fileName: string
  readonly mime: string
  readonly bytes: number
  readonly keptAt: Date
  readonly keptBy: string
}

export function whyNotDocument({ state }: Pick<OfficialDocument, 'state'>, deed: DocumentDeed): Refusal | null {
  const states: readonly DocumentState[] = DOCUMENT_MAY[deed]
  return states.includes(state) ? null : new Refusal(`document.is_${state}`)
}

/** A draft is issued only when it says who signs it. */
export function whyNotIssue(document: Pick<OfficialDocument, 'state' | 'content'>): Refusal | null {
  const refusal = whyNotDocument(document, 'issue')
  if (refusal) return refusal
  const { name, position, authority } = document.content.signature
  if (name === '') return new Refusal('document.no_signer', {}, 'name')
  return position === '' && authority.length === 0 ? new Refusal('document.no_position', {}, 'position') : null
}
