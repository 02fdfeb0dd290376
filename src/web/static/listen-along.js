// Listens along with a village: what is pressed to play begins where its devices are, goes over to the next play when they do,
// and the rest of the page is fetched again while it is open. Without it the player begins where they were when the page came.
const EVERY_MS = Number(document.getElementById('standing')?.dataset.everyMs ?? 5_000)
/** A player that buffers falls behind; by less than this nobody hears it. */
const NEAR_SECONDS = 2

bind(document.getElementById('along'), false)
setTimeout(follow, EVERY_MS)

function bind(along, plays) {
  const audio = along?.querySelector('[data-along]')
  if (!audio) return
  // By the clock of the office: that of this machine may be wrong.
  const behindMs = Number(audio.dataset.nowMs) - Date.now()
  const now = () => (Date.now() + behindMs - Number(audio.dataset.fromMs)) / 1_000
  const catchUp = () => {
    const at = now()
    if (at < audio.duration && Math.abs(audio.currentTime - at) > NEAR_SECONDS) audio.currentTime = at
  }
  // The first time alone: who then seeks wants to hear something again.
  audio.addEventListener('play', catchUp, { once: true })
  const button = along.querySelector('[data-catch-up]')
  button.hidden = false
  button.addEventListener('click', () => {
    catchUp()
    void audio.play()
  })
  if (plays) void audio.play().catch(() => {})
}

async function follow() {
  if (document.visibilityState === 'visible') await renew()
  setTimeout(follow, EVERY_MS)
}

async function renew() {
  const [shown, along] = ['standing', 'along'].map((id) => document.getElementById(id))
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok || answer.redirected) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const [standing, next] = ['standing', 'along'].map((id) => page.getElementById(id))
    if (standing && !shown.contains(document.activeElement)) shown.replaceWith(document.adoptNode(standing))
    const audio = along.querySelector('audio')
    // What plays here to its end is left to it, though the village is a little ahead.
    const hears = audio !== null && !audio.paused && !audio.ended
    if (!next || next.dataset.play === along.dataset.play || (hears && next.dataset.play === '')) return
    const goesOn = hears || audio?.ended === true
    along.replaceWith(document.adoptNode(next))
    bind(next, goesOn)
  } catch {
    // No network: what is shown says when it was so.
  }
}
