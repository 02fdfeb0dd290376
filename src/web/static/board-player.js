// Shows a board's programme, turn by turn, with or without a network, and says what was seen. Small on purpose: it runs for
// months on whatever stands behind a screen.
import { openLog } from './board-proof.js'

const ASK_EVERY_MS = 5_000
const PATIENCE_MS = 8_000
/** A film is not cut, but nothing stands for longer than this. */
const LONGEST_MS = 10 * 60_000

const board = document.getElementById('board')
const { token } = board.dataset
const [media, words, hotlines] = ['media', 'words', 'hotlines'].map((part) => board.querySelector(`.board-${part}`))
const emergency = board.querySelector('.board-emergency')
const log = await openLog(token).catch(() => null)

let programme = kept()
let at = -1
let turn = null

if ('serviceWorker' in navigator)
  navigator.serviceWorker.register('/board-worker.js', { scope: '/man-hinh/' }).catch(() => {})
document.addEventListener('visibilitychange', () => turn?.look())
window.addEventListener('pagehide', () => endTurn())
if (programme) draw()
await ask()
setInterval(ask, ASK_EVERY_MS)
setInterval(tick, 500)

async function ask() {
  try {
    const asked = `/man-hinh/${token}/chuong-trinh.json?held=${programme?.version ?? 0}`
    const answer = await fetch(asked, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (answer.status === 410) return shut()
    if (answer.ok) take(await answer.json())
    log?.send()
  } catch {
    // Without a network the board goes on with what it has.
  }
}

function take(given) {
  const changed = programme?.version !== given.version || board.dataset.taken === undefined
  // By how much our clock is behind the office's: kept, for a clock that is wrong stays so without a network.
  programme = { ...given, behindMs: given.now - Date.now() }
  board.dataset.taken = String(given.version)
  board.toggleAttribute('data-night', given.night)
  localStorage.setItem(`loa-board-${token}`, JSON.stringify(programme))
  if (changed) drawHotlines()
  // What breaks in, and what was taken down, does not wait for the turn to end.
  if (changed && !stillStands()) draw()
}

/** The address leads nowhere any more: nothing of it is shown. */
function shut() {
  localStorage.removeItem(`loa-board-${token}`)
  programme = {
    ...programme,
    version: 0,
    showings: [],
    hotlines: programme?.hotlines ?? [],
    name: programme?.name ?? '',
  }
  draw()
}

function now() {
  return Date.now() + (programme?.behindMs ?? 0)
}

/** What stands now, in the order of one round; an emergency stands alone. */
function round() {
  const standing = (programme?.showings ?? []).filter(({ from, until }) => from <= now() && now() < until)
  const alone = standing.filter((one) => one.class === 'emergency')
  if (alone.length > 0) return alone
  const twice = standing.filter(({ turns }) => turns > 1)
  const once = standing.filter(({ turns }) => turns === 1)
  const half = Math.ceil(once.length / 2)
  return once.length === 0 ? twice : [...twice, ...once.slice(0, half), ...twice, ...once.slice(half)]
}

function stillStands() {
  const all = round()
  if (!turn) return all.length === 0 && board.dataset.class === 'none'
  return all.some(({ id }) => id === turn.showing.id)
}

function tick() {
  if (turn ? turn.isOver() || !stillStands() : round().length > 0) draw()
}

function draw() {
  endTurn()
  const all = round()
  at = all.length === 0 ? -1 : (at + 1) % all.length
  const showing = all[at]
  board.dataset.class = showing?.class ?? 'none'
  board.dataset.showing = showing?.id ?? ''
  emergency.hidden = showing?.class !== 'emergency'
  drawMedia(showing)
  drawWords(showing?.words ?? programme?.name ?? '', showing?.language ?? 'vi')
  drawHotlines()
  if (showing) turn = beginTurn(showing)
}

function drawWords(text, language) {
  words.lang = language
  const lines = text.split('\n').map((line, n) => {
    return Object.assign(document.createElement(n === 0 ? 'h1' : 'p'), { textContent: line })
  })
  words.replaceChildren(...lines)
  const letters = [...text].length
  board.dataset.size = letters <= 60 ? 'xl' : letters <= 140 ? 'l' : letters <= 260 ? 'm' : 's'
  fit()
}

/** Words are as large as the screen lets them be, and never cut. */
function fit() {
  let size = 0.18 * Math.min(innerWidth, innerHeight)
  words.style.fontSize = `${size}px`
  while (size > 14 && (words.scrollHeight > words.clientHeight || words.scrollWidth > words.clientWidth)) {
    size *= 0.94
    words.style.fontSize = `${size}px`
  }
}
window.addEventListener('resize', fit)

function drawMedia(showing) {
  media.hidden = !showing?.media
  if (!showing?.media) return media.replaceChildren()
  const { address, alternative } = showing.media
  const isFilm = showing.kind === 'film'
  const one = document.createElement(isFilm ? 'video' : 'img')
  if (isFilm) Object.assign(one, { muted: true, autoplay: true, playsInline: true })
  else one.alt = alternative
  one.addEventListener('error', () => {
    // A picture that cannot be had, as without a network, leaves its place to the words.
    media.hidden = true
    fit()
  })
  one.addEventListener('load', fit)
  one.src = address
  media.replaceChildren(one)
}

function drawHotlines() {
  const spans = (programme?.hotlines ?? []).map(({ name, number }) => {
    const [span, strong, label] = ['span', 'strong', 'span'].map((kind) => document.createElement(kind))
    span.className = 'board-hotline'
    strong.textContent = number
    label.textContent = name
    span.append(strong, ' ', label)
    return span
  })
  if (spans.length > 0) hotlines.replaceChildren(...spans)
}

function beginTurn(showing) {
  const fromAt = Math.round(now())
  const began = performance.now()
  let [seenMs, since] = [0, document.visibilityState === 'visible' ? began : null]
  const look = () => {
    const moment = performance.now()
    if (since !== null) seenMs += moment - since
    since = document.visibilityState === 'visible' ? moment : null
  }
  const film = showing.kind === 'film' ? media.querySelector('video') : null
  return {
    showing,
    look,
    isOver() {
      const passedMs = performance.now() - began
      if (film && !media.hidden && !film.ended && passedMs < LONGEST_MS) return false
      return passedMs >= showing.seconds * 1_000
    },
    end() {
      look()
      const passedMs = performance.now() - began
      // By how long it lasted, not by a clock that may have been set meanwhile.
      const entry = { showingId: showing.id, fromAt, toAt: fromAt + Math.round(passedMs) }
      return { ...entry, seconds: Math.floor(seenMs / 100) / 10 }
    },
  }
}

function endTurn() {
  if (!turn) return
  const entry = turn.end()
  turn = null
  if (entry.seconds > 0) log?.add(entry).then(() => log.send())
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(`loa-board-${token}`) ?? 'null')
  } catch {
    return null
  }
}
