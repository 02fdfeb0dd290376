/**
 * Headers of a page with a form, and of one that is a reader's own: nobody keeps it. A browser that is told to name no
 * referrer names no origin with a form either (Fetch standard, “append a request Origin header”), and a form without its
 * origin is taken for another site's; so these pages name themselves to us alone.
 */
export const OWN_PAGE = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'same-origin',
} as const
