/**
 * What a mail server can do to us, by the first word of the address: `refused.3@example.vn`, `dies@example.vn`. Every
 * other address takes its mail. The words are the same in every domain.
 */
export const SENTINELS = [
  'refused', // 550 5.1.1: there is no such mailbox
  'full', // 552 5.2.2: the mailbox is full
  'policy', // 554 5.7.1 after the content: not wanted here
  'throttled', // 451 4.7.1 twice, then taken
  'busy', // 421 4.3.2 once, and the connection ends; then taken
  'silent', // takes the content and never answers
  'dies', // takes the content and ends the connection before the last answer
  'slow', // answers after three seconds
  'bounces', // taken, and comes back as a delivery status notification (RFC 3464)
  'late', // the same, after five seconds
  'twice', // the same, twice
  'delayed', // taken, and a notification says that it is only delayed
  'complains', // taken, and its reader says that it is abuse (RFC 5965)
] as const
export type Sentinel = (typeof SENTINELS)[number]

export function sentinelOf(address: string): Sentinel | null {
  const word = /^[a-z]+/.exec(address.toLowerCase())?.[0]
  return SENTINELS.find((sentinel) => sentinel === word) ?? null
}

/** Which reports come back of what was taken: what they say, and after how many milliseconds. */
export function reportsOf(
  sentinel: Sentinel | null,
): readonly { readonly kind: 'failed' | 'delayed' | 'abuse'; readonly afterMs: number }[] {
  switch (sentinel) {
    case 'bounces':
      return [{ kind: 'failed', afterMs: 100 }]
    case 'late':
      return [{ kind: 'failed', afterMs: 5_000 }]
    case 'twice':
      return [
        { kind: 'failed', afterMs: 100 },
        { kind: 'failed', afterMs: 200 },
      ]
    case 'delayed':
      return [{ kind: 'delayed', afterMs: 100 }]
    case 'complains':
      return [{ kind: 'abuse', afterMs: 100 }]
    default:
      return []
  }
}
