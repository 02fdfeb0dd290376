import { publicAddress } from './public-cache/public-address.ts'

// Nothing but what we serve ourselves: no inline script or style, no frame, no form that posts elsewhere.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(self), geolocation=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Adds what every answer carries. A route that set its own policy, as for an original shown in a page, keeps it. */
export function addSecurityHeaders(headers: Headers): void {
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!headers.has(name)) headers.set(name, value)
  }
  // An office page names people and their work: neither a proxy nor the back button of a shared computer keeps it.
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}

/** Any cache may keep such a page, and asks each time whether it still says the same. */
const KEPT_AND_ASKED = 'public, no-cache'

/**
 * Adds what every answer of the portal carries: as above, and no word of where a reader comes from. Only what everybody
 * may read under this address is kept in between: a link of one's own, as to a subscription, is not.
 */
export function addPublicHeaders({ headers, status }: Response, { pathname, search }: URL): void {
  headers.set('referrer-policy', 'no-referrer')
  const isPublic = publicAddress(pathname + search) !== null && (status === 200 || status === 410)
  if (isPublic && !headers.has('cache-control')) headers.set('cache-control', KEPT_AND_ASKED)
  addSecurityHeaders(headers)
}
