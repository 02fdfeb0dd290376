import { domainToASCII } from 'node:url'
import type { Ctx, Id } from '../kernel/index.ts'

export const CONTACT_KINDS = ['mail', 'phone'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

/** How we know the same contact point again: it is never kept readable. */
export function hashOf(ctx: Ctx, kind: ContactKind, contact: string): Promise<string> {
  // The part before the @ may in law differ by case (RFC 5321 section 2.4); in life it never does.
  return ctx.secrets.fingerprint(`${kind}:${contact.toLowerCase()}`, 'subscriber.contact')
}

/** What the sealed contact of a subscriber belongs to: moved to another row it does not open. */
export const sealedFor = (id: Id<'subscriber'>) => `subscriber:${id}`

/**
 * A contact point as it is kept: an address with its domain in ASCII (IDNA), or a number as `+84…` (E.164).
 * Null for what can be none.
 */
export function readContact(kind: ContactKind, written: string): string | null {
  return kind === 'mail' ? readAddress(written.normalize('NFC').trim()) : readNumber(written)
}

/** RFC 5321 section 4.5.3.1: 64 octets before the @, 254 in all. Quoted names, addresses of numbers and
 * letters beyond ASCII before the @ (RFC 6531), which few servers take, are not taken. */
function readAddress(written: string): string | null {
  const found = /^([A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@([^\s@]{1,190})$/u.exec(written)
  const [local = '', domain = ''] = [found?.[1], domainToASCII(found?.[2] ?? '')]
  if (local === '' || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return null
  if (!/^(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+$/.test(domain)) return null
  return `${local}@${domain}`
}

/** Numbers of mobile phones in Vietnam: ten digits after the renumbering of 2018, written in any usual way. */
function readNumber(written: string): string | null {
  const digits = written.replace(/[\s.()-]/g, '')
  const found = /^(?:\+84|0084|84|0)([35789]\d{8})$/.exec(digits)
  return found ? `+84${found[1]}` : null
}

/** What a page may show of it: `h…@gmail.com`, `09…67`. */
export function maskContact(kind: ContactKind, contact: string): string {
  if (kind === 'phone') return `0${contact.slice(3, 4)}…${contact.slice(-2)}`
  const [local = '', domain = ''] = contact.split('@')
  return `${[...local][0] ?? ''}…@${domain}`
}
