// Notes that a recording was listened to, to the end: when every second of it has been played, not before. Without it the
// listener says so by a button, which the server offers when its length has passed.
const GAP_SECONDS = 0.35

for (const form of document.querySelectorAll('form[data-declare]')) form.hidden = true
for (const audio of document.querySelectorAll('audio[data-listen-through]')) follow(audio)

function follow(audio) {
  let noted = false
  // Who hears it faster has not heard it as the village will; the server would not believe it either.
  audio.addEventListener('ratechange', () => {
    if (audio.playbackRate > 1) audio.playbackRate = 1
  })
  for (const moment of ['timeupdate', 'ended', 'pause']) {
    audio.addEventListener(moment, async () => {
      if (noted || !playedThrough(audio)) return
      noted = true
      noted = await note(audio)
    })
  }
}

function playedThrough({ played, duration }) {
  if (!Number.isFinite(duration) || played.length === 0) return false
  let reached = 0
  for (let part = 0; part < played.length; part += 1) {
    if (played.start(part) > reached + GAP_SECONDS) return false
    reached = Math.max(reached, played.end(part))
  }
  return reached >= duration - GAP_SECONDS
}

async function note(audio) {
  const body = new URLSearchParams({ sha256: audio.dataset.listenThrough, kind: 'played' })
  try {
    const answer = await fetch('?/listen', { method: 'POST', body, headers: { accept: 'text/html' } })
    if (!answer.ok) return false
    renew(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    return true
  } catch {
    return false // No network: it is noted with the next second that plays, or by the button.
  }
}

/** What depends on it is shown anew; what is typed beside it stays. */
function renew(fresh) {
  for (const old of document.querySelectorAll('[data-renewed]')) {
    const now = fresh.getElementById(old.id)
    if (now) old.replaceWith(document.adoptNode(now))
  }
  for (const form of document.querySelectorAll('form[data-declare]')) form.hidden = true
}
