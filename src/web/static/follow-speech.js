// Follows a machine voice while it speaks: how far it is is fetched again every second. Without it the page loads itself anew.
const EVERY_MS = 1_000

async function follow() {
  const shown = document.getElementById('speech')
  if (shown?.dataset.live !== 'open') return
  // Somebody is about to stop it: left as it is.
  if (document.visibilityState === 'visible' && !shown.contains(document.activeElement)) await renew(shown)
  setTimeout(follow, EVERY_MS)
}

async function renew(shown) {
  try {
    const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } })
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById('speech')
    if (!fresh) return
    if (fresh.dataset.live === 'open') shown.replaceWith(document.adoptNode(fresh))
    else show(page)
  } catch {
    // No network: what is shown stays until there is one.
  }
}

/** It has ended. Where nothing is typed the whole page is loaded anew; else what has changed, and what is typed stays. */
function show(page) {
  const typed = [...document.querySelectorAll('textarea')].some((field) => field.value !== field.defaultValue)
  if (!typed) return location.replace(location.pathname)
  for (const id of ['speech', 'recording']) {
    const fresh = page.getElementById(id)
    if (fresh) document.getElementById(id)?.replaceWith(document.adoptNode(fresh))
  }
  const same = [...document.querySelectorAll('textarea')].every(
    (field) => page.getElementById(field.id)?.defaultValue === field.defaultValue,
  )
  // Somebody else has changed the words: what is typed here must not go over theirs unseen.
  if (!same) return
  const number = page.querySelector('input[name=basedOn]')?.value
  for (const field of document.querySelectorAll('input[name=basedOn]')) field.value = number ?? field.value
}

setTimeout(follow, EVERY_MS)
