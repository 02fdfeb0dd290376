// Opens the form of proof without a network, and sends what waits when the network is back. It keeps no other page.
import { sendAll } from './proof-queue.js'

const PAGES = 'loa-proof-pages'
const PARTS = 'loa-proof-parts'
const FORM = '/evidence/send'
const PROOF = /^\/(evidence\/send|tasks\/[0-9a-f-]{36}\/proof|g\/[\w-]{22})$/
/** Parts of the form: what carries a hash in its name never changes; the scripts and the picture of Loa may. */
const FIXED = /^\/_app\/immutable\//
const PART = /^\/(send-proof|proof-[a-z]+|shrink-photo|record-sound|unsent)\.js$|^\/loa[\w-]*\.(svg|png|webmanifest)$/
/** Longer than this nobody waits in front of an empty page: what was kept is shown. */
const PATIENCE_MS = 5_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (address.pathname === '/proof-worker.js') return
  if (request.mode === 'navigate' && PROOF.test(address.pathname)) event.respondWith(page(request))
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => noNetwork()))
  else if (FIXED.test(address.pathname)) event.respondWith(kept(request))
  else if (PART.test(address.pathname)) event.respondWith(freshOrKept(request))
})

self.addEventListener('sync', (event) => {
  if (event.tag.startsWith('loa-proof:')) event.waitUntil(sendWaiting(event.tag.slice('loa-proof:'.length)))
})

/** Rejects while something waits still, so that the browser tries again by itself. */
async function sendWaiting(personId) {
  const again = await sendAll(personId, tellPages)
  if (again !== null) throw new Error('something waits still')
}

async function tellPages() {
  for (const client of await self.clients.matchAll()) client.postMessage('changed')
}

async function page(request) {
  const pages = await caches.open(PAGES)
  try {
    const answer = await inTime(fetch(request))
    if (answer.status >= 500) throw new Error(`answered ${answer.status}`)
    if (answer.status === 200) await pages.put(new URL(request.url).pathname, answer.clone())
    return answer
  } catch {
    return (await pages.match(request, { ignoreSearch: true })) ?? (await pages.match(FORM)) ?? noNetwork()
  }
}

function inTime(answer) {
  const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), PATIENCE_MS))
  return Promise.race([answer, late])
}

async function kept(request) {
  const parts = await caches.open(PARTS)
  const standing = await parts.match(request)
  if (standing) return standing
  const answer = await fetch(request)
  if (answer.ok) await parts.put(request, answer.clone())
  return answer
}

async function freshOrKept(request) {
  const parts = await caches.open(PARTS)
  try {
    const answer = await inTime(fetch(request))
    if (answer.ok) await parts.put(request, answer.clone())
    return answer
  } catch {
    return (await parts.match(request)) ?? Response.error()
  }
}

async function noNetwork() {
  const form = await (await caches.open(PAGES)).match(FORM)
  const way = form ? `<p><a href="${FORM}">Gửi minh chứng</a></p>` : ''
  const words =
    '<h1>Chưa có mạng</h1><p>Trang này cần mạng. Minh chứng vẫn ghi được trên máy và tự gửi khi có mạng.</p>'
  const head =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chưa có mạng – Loa</title>'
  return new Response(`<!doctype html><html lang="vi"><head>${head}</head><body>${words}${way}</body></html>`, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" },
  })
}
