/** How far a message had come when an answer or a fault met it. */
export type Phase = 'relay' | 'sender' | 'recipient' | 'content'

/** What came of handing one message over. Reasons are words of ours: what a server says often names the address. */
export type Handover =
  | { readonly kind: 'accepted' }
  /** `dead`: the address itself is no good, so that nothing should be sent there again. */
  | { readonly kind: 'refused'; readonly reason: string; readonly dead: boolean }
  | { readonly kind: 'postponed'; readonly reason: string }
  /** It may have been taken: the content was under way and no answer came. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** An answer of a server, or none. */
export interface Answer {
  readonly phase: Phase
  /** RFC 5321 section 4.2; null when the connection ended without one. */
  readonly code: number | null
  /** RFC 3463, as `5.1.1`; null where the server gives none. */
  readonly status: string | null
}

/** Enhanced status codes (RFC 3463 and the IANA register) that tell of the address, the mailbox or the message. */
const REFUSED: Readonly<Record<string, { readonly reason: string; readonly dead: boolean }>> = {
  '1.1': { reason: 'mail_no_address', dead: true },
  '1.2': { reason: 'mail_no_address', dead: true },
  '1.3': { reason: 'mail_no_address', dead: true },
  '1.6': { reason: 'mail_no_address', dead: true }, // moved, no forwarding address
  '1.10': { reason: 'mail_no_address', dead: true }, // RFC 7505: the domain takes no mail
  '2.1': { reason: 'mail_no_address', dead: true }, // mailbox disabled
  '2.2': { reason: 'mail_full', dead: false },
  '2.3': { reason: 'mail_too_large', dead: false },
  '3.4': { reason: 'mail_too_large', dead: false },
  '4.4': { reason: 'mail_no_route', dead: false },
}
/** By the second number alone, where the whole is not in the table above. */
const REFUSED_CLASS: Readonly<Record<string, string>> = {
  '1': 'mail_address',
  '2': 'mail_mailbox',
  '4': 'mail_no_route',
  '6': 'mail_content',
  '7': 'mail_policy',
}

/**
 * What an answer means. A relay that wants nothing to do with us (phases `relay`, `sender`) is no fault of the reader's
 * address, whatever its code: those rows wait. Without an enhanced code a refusal is believed, but the address lives on:
 * servers say 550 for a full house and for a dislike of ours alike.
 */
export function meaningOf({ phase, code, status }: Answer): Handover {
  if (code === null) return silence(phase)
  if (code < 300) return { kind: 'accepted' }
  if (code < 500) return { kind: 'postponed', reason: code === 421 || code === 451 ? 'mail_busy' : 'mail_not_now' }
  if (phase === 'relay' || phase === 'sender') return { kind: 'postponed', reason: 'mail_relay_refuses' }
  return refusal(status)
}

/** Why a server refuses for good, by its enhanced code as `5.1.1`; as bounces tell it too. */
export function refusal(status: string | null): Handover & { readonly kind: 'refused' } {
  const [, level, kind = '', detail = ''] = /^([245])\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? []
  const told = REFUSED[`${kind}.${detail}`] ?? { reason: REFUSED_CLASS[kind] ?? 'mail_refused', dead: false }
  // A mail server that gave up on what it only put off (4.x.x) does not say that the address is no good.
  return { kind: 'refused', reason: told.reason, dead: told.dead && level === '5' }
}

function silence(phase: Phase): Handover {
  if (phase === 'content') return { kind: 'unknown', reason: 'mail_lost_in_answer' }
  return { kind: 'postponed', reason: phase === 'relay' ? 'mail_relay_away' : 'mail_connection_lost' }
}

/** The enhanced code of an answer (RFC 2034), as `5.1.1` of `550 5.1.1 <…> no such user`. */
export function statusOf(answer: string): string | null {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(answer)?.[1] ?? null
}
