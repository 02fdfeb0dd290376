/** What a mail server says of a letter of ours. */
export type Report =
  /** RFC 3464: `status` as `5.1.1`; null where it says none. */
  | { readonly kind: 'failed' | 'delivered'; readonly status: string | null; readonly at: Date | null }
  /** RFC 5965: its reader calls it abuse. `returnTo` is where the letter was to come back to, as the report names it. */
  | { readonly kind: 'abuse'; readonly returnTo: string | null }

/** Larger ones hold pictures, not reports. */
const MOST_LETTERS = 1_000_000
const MOST_PARTS = 20

/**
 * Reads a bounce (a delivery status notification, RFC 3464) or a complaint (ARF, RFC 5965). Null for all else that comes
 * to such an address: notes that a letter is late, people who are away, letters that people write.
 */
export function readReport(raw: string): Report | null {
  if (raw.length > MOST_LETTERS) return null
  const message = partOf(raw.replace(/\r\n/g, '\n'))
  const type = message.fields.get('content-type') ?? ''
  if (!/^multipart\/report\b/i.test(type)) return null
  const parts = partsOf(message.body, boundaryOf(type))
  const named = (pattern: RegExp) => parts.find(({ fields }) => pattern.test(fields.get('content-type') ?? ''))
  const status = named(/^message\/(global-)?delivery-status\b/i)
  if (status) return bounceOf(wordsOf(status))
  const feedback = named(/^message\/feedback-report\b/i)
  return feedback ? complaintOf(wordsOf(feedback)) : null
}

interface Part {
  /** By name in small letters, unfolded; the first of each. */
  readonly fields: ReadonlyMap<string, string>
  readonly body: string
}

/** The first block tells of the message, each further one of a recipient; ours went to one. */
function bounceOf(words: string): Report | null {
  const [about, ...recipients] = words
    .trim()
    .split(/\n{2,}/)
    .map(fieldsOf)
  const recipient = recipients.find((fields) => fields.has('action'))
  const action = recipient?.get('action')?.toLowerCase()
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(recipient?.get('status') ?? '')?.[0] ?? null
  const at = dateOf(recipient?.get('last-attempt-date') ?? about?.get('arrival-date'))
  if (action === 'failed') return { kind: 'failed', status, at }
  // `relayed` and `expanded` say that it went on to where nobody reports any more.
  return action === 'delivered' ? { kind: 'delivered', status, at } : null
}

/** `not-spam` is the opposite of a complaint; whatever else it is called, its reader wants no more. */
function complaintOf(words: string): Report | null {
  const fields = fieldsOf(words.trim().split(/\n{2,}/)[0] ?? '')
  const type = fields.get('feedback-type')?.toLowerCase()
  if (!type || type === 'not-spam') return null
  return { kind: 'abuse', returnTo: /([^<>\s]+@[^<>\s]+)/.exec(fields.get('original-mail-from') ?? '')?.[1] ?? null }
}

function partOf(text: string): Part {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n')
  if (end === -1) return { fields: fieldsOf(text), body: '' }
  return { fields: fieldsOf(text.slice(0, end)), body: text.slice(end).replace(/^\n{1,2}/, '') }
}

/** RFC 2046 section 5.1.1. */
function partsOf(body: string, boundary: string | null): Part[] {
  if (boundary === null) return []
  const pieces = `\n${body}`.split(`\n--${boundary}`).slice(1, MOST_PARTS + 1)
  const ended = pieces.findIndex((piece) => piece.startsWith('--'))
  const whole = ended === -1 ? pieces : pieces.slice(0, ended)
  return whole.map((piece) => partOf(piece.slice(piece.indexOf('\n') + 1)))
}

function boundaryOf(type: string): string | null {
  const found = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(type)
  return found?.[1] ?? found?.[2] ?? null
}

function fieldsOf(head: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const at = line.indexOf(':')
    const name = line.slice(0, at).trim().toLowerCase()
    if (at > 0 && !fields.has(name)) fields.set(name, line.slice(at + 1).trim())
  }
  return fields
}

/** Its words, whatever they were packed in on the way. */
function wordsOf({ fields, body }: Part): string {
  const packed = fields.get('content-transfer-encoding')?.toLowerCase()
  if (packed === 'base64') return Buffer.from(body, 'base64').toString('latin1').replace(/\r\n/g, '\n')
  if (packed !== 'quoted-printable') return body
  const byte = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))
  return body.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, byte)
}

function dateOf(words: string | undefined): Date | null {
  const at = new Date(words ?? '')
  return Number.isNaN(at.getTime()) ? null : at
}
