// Opens a board's page without a network, as after a cut of the current, and keeps its pictures. Nothing else is kept.
const KEPT = 'loa-board-1'
const PAGE = /^\/man-hinh\/[\w-]{43}$/
const PICTURE = /^\/man-hinh\/[\w-]{43}\/tep\/[0-9a-f-]{36}$/
const PART = /^\/board-(player|proof)\.js$|^\/_app\/immutable\//
const PATIENCE_MS = 5_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  // A film is asked for in pieces, which are not kept.
  if (request.headers.has('range')) return
  if (PAGE.test(pathname) || PICTURE.test(pathname) || PART.test(pathname)) event.respondWith(freshOrKept(request))
})

async function freshOrKept(request) {
  const kept = await caches.open(KEPT)
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (fresh.ok) await kept.put(request, fresh.clone())
    // An address that was taken away is not remembered.
    else if (fresh.status === 410) await kept.delete(request)
    return fresh
  } catch (thrown) {
    const old = await kept.match(request)
    if (old) return old
    throw thrown
  }
}
