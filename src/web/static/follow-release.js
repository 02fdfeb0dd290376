// Follows a release while its page is open: what stands is fetched again every two seconds, until all has come to its
// end. Stations never do and are asked less often. Without it the link beside the numbers does the same.
const EVERY_MS = Number(document.getElementById('standing')?.dataset.everyMs ?? 2_000)

async function follow() {
  const shown = document.getElementById('standing')
  if (shown?.dataset.live !== 'open') return
  // Somebody reads in it just now, or nobody looks: left as it is.
  if (document.visibilityState === 'visible' && !shown.contains(document.activeElement)) await renew(shown)
  setTimeout(follow, EVERY_MS)
}

async function renew(shown) {
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.getElementById('standing')
    if (fresh) shown.replaceWith(document.adoptNode(fresh))
    for (const other of document.querySelectorAll('[data-also]')) renewAlso(other, page.getElementById(other.id))
  } catch {
    // No network: what is shown says when it was so.
  }
}

/** What stands elsewhere on the page and goes with it: taken away when it holds no more, and read anew only where nobody types. */
function renewAlso(shown, fresh) {
  if (!fresh) shown.remove()
  else if (shown.dataset.also === 'fresh') shown.replaceWith(document.adoptNode(fresh))
}

setTimeout(follow, EVERY_MS)
