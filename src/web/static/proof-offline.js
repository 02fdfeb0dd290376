// Keeps the form of proof and its parts on the device, so that it opens without a network; for one person at a time.
const PAGES = 'loa-proof-pages'
const PARTS = 'loa-proof-parts'
const FORM = '/evidence/send'
const OWNER = 'loa-proof-person'

export async function keepForLater(personId) {
  if (!navigator.serviceWorker || !globalThis.caches) return
  // What another person was shown is not for this one.
  if (localStorage.getItem(OWNER) !== personId) await caches.delete(PAGES)
  localStorage.setItem(OWNER, personId)
  try {
    await navigator.serviceWorker.register('/proof-worker.js', { type: 'module', scope: '/' })
    // Asked, not needed: without it a browser short of room may let go of what was not sent.
    await navigator.storage?.persist?.()
    await keepPages()
    await keepParts()
    document.documentElement.dataset.kept = ''
  } catch {
    // Without a network there is nothing to keep: it was kept before, or is next time.
  }
}

async function keepPages() {
  const pages = await caches.open(PAGES)
  for (const path of new Set([FORM, location.pathname])) {
    const answer = await fetch(path, { redirect: 'manual' })
    if (answer.status === 200) await pages.put(path, answer)
  }
}

/** What this page is made of: its style and letters, its scripts, the picture of Loa. */
async function keepParts() {
  const parts = await caches.open(PARTS)
  const named = [...document.querySelectorAll('link[href], script[src], img[src]')].map((one) => one.href ?? one.src)
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  const scripts = ['proof-queue', 'proof-list', 'proof-offline', 'shrink-photo'].map(
    (name) => `${location.origin}/${name}.js`,
  )
  const own = [...named, ...fetched, ...scripts].filter((address) => new URL(address).origin === location.origin)
  for (const address of new Set(own)) {
    const { pathname } = new URL(address)
    if (!/^\/_app\/immutable\/|\.(js|svg|png|webmanifest)$/.test(pathname) || (await parts.match(address))) continue
    const answer = await fetch(address)
    if (answer.ok) await parts.put(address, answer)
  }
}
