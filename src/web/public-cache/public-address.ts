const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** What may be asked of an address, by its form; anything else that is asked is not heard. */
const ASKED: Readonly<Record<string, RegExp>> = {
  in: /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/, // as LANGUAGE_TAG of the slice `message`
  theme: new RegExp(`^${UUID}$`),
  at: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  id: new RegExp(`^${UUID}$`),
}

const PAGES: readonly { readonly path: RegExp; readonly asks: readonly string[] }[] = [
  { path: /^\/cong$/, asks: ['in', 'at', 'id'] },
  { path: new RegExp(`^/cong/${UUID}$`), asks: ['at', 'id'] },
  { path: new RegExp(`^/cong/(?:chu-de|dot)/${UUID}$`), asks: ['in', 'at', 'id'] },
  { path: /^\/cong\/(?:rss|atom)\.xml$/, asks: ['in', 'theme'] },
]

/**
 * The one address of a public page or feed: its path, and what that page is asked, in one order; null for any other
 * address. What no page knows of is left out, so that it can neither fill the cache nor come back on somebody's page.
 */
export function publicAddress(url: string): string | null {
  const [path = '', search = ''] = url.split('?', 2)
  const page = PAGES.find((one) => one.path.test(path))
  if (!page) return null
  const given = new URLSearchParams(search)
  const asked = page.asks.flatMap((name) => {
    const value = given.get(name)
    return value !== null && ASKED[name]?.test(value) ? [`${name}=${encodeURIComponent(value)}`] : []
  })
  return asked.length === 0 ? path : `${path}?${asked.join('&')}`
}
