// On every page of the office: sends what waits on this device, says how much does, and warns before signing out.
const counts = () => JSON.parse(localStorage.getItem('loa-unsent') ?? '{}')
const signOut = document.querySelector('form[data-sign-out]')
const personId = signOut?.dataset.person ?? ''
const badge = document.querySelector('[data-unsent]')

function show() {
  const own = counts()[personId] ?? 0
  if (!badge) return
  badge.hidden = own === 0
  badge.textContent = badge.dataset.words.replace('#', String(own))
}

if (personId) {
  show()
  signOut.addEventListener('submit', (event) => {
    const own = counts()[personId] ?? 0
    if (own > 0 && !confirm(signOut.dataset.unsentSure.replace('#', String(own)))) event.preventDefault()
    // What was shown to this person is not left for the next; what is not sent stays, for this person alone.
    else void globalThis.caches?.delete('loa-proof-pages')
  })
  // The form has its own sender.
  if ((counts()[personId] ?? 0) > 0 && !document.querySelector('form[data-proof]')) {
    const { sendAll } = await import('./proof-queue.js')
    const send = async () => {
      const again = await sendAll(personId, show).catch(() => 10_000)
      show()
      if (again !== null) setTimeout(send, again)
    }
    await send()
    window.addEventListener('online', send)
  }
}
