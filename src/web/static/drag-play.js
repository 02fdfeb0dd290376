// Drags a play of a release onto another day, by mouse or finger: what is dropped sends the very form that the page has
// for it, and the answer says why not. Without this script, and by keyboard, each play opens that form by its link.
// Only the grip is held: a finger anywhere else scrolls the page.
const form = document.querySelector('form[data-drag]')
const FAR_ENOUGH = 6
const EDGE = 56
const STEP = 8
let held = null

for (const grip of document.querySelectorAll('[data-play] .grip')) {
  grip.hidden = false
  grip.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !form || held) return
    event.preventDefault()
    const { clientX, clientY, pointerId: by } = event
    const play = grip.closest('[data-play]')
    const start = { x: clientX, y: clientY + scrollY }
    held = { play, by, start, at: { clientX, clientY }, from: play.closest('[data-day]'), over: null, moves: false }
    grip.setPointerCapture(by)
    requestAnimationFrame(scrollAtEdge)
  })
  grip.addEventListener('pointermove', (event) => held?.by === event.pointerId && move(event))
  grip.addEventListener('pointerup', (event) => held?.by === event.pointerId && drop())
  grip.addEventListener('pointercancel', (event) => held?.by === event.pointerId && letGo())
  // A finger that rests would open a menu in the midst of it.
  grip.addEventListener('contextmenu', (event) => event.preventDefault())
}
addEventListener('keydown', ({ key }) => key === 'Escape' && held && letGo())

function move({ clientX, clientY }) {
  held.at = { clientX, clientY }
  const { x, y } = held.start
  held.moves ||= Math.hypot(clientX - x, clientY + scrollY - y) >= FAR_ENOUGH
  if (held.moves) place()
}

function place() {
  const { play, start, at } = held
  play.classList.add('held')
  play.style.transform = `translate(${at.clientX - start.x}px, ${at.clientY + scrollY - start.y}px)`
  const day = document.elementFromPoint(at.clientX, at.clientY)?.closest('[data-day]') ?? null
  if (day === held.over) return
  held.over?.classList.remove('over')
  day?.classList.add('over')
  held.over = day
}

/** Goes on while it is held at an edge, though the finger rests. */
function scrollAtEdge() {
  if (!held) return
  const { clientY } = held.at
  const step = clientY < EDGE ? -STEP : clientY > innerHeight - EDGE ? STEP : 0
  if (held.moves && step !== 0) {
    scrollBy({ top: step, behavior: 'instant' })
    place()
  }
  requestAnimationFrame(scrollAtEdge)
}

function drop() {
  const { play, over, from } = held
  letGo()
  if (!over || over === from) return
  form.elements.play.value = play.dataset.play
  form.elements.slotId.value = play.dataset.slot
  form.elements.day.value = over.dataset.day
  form.requestSubmit()
}

/** It stands where it was; where it is to stand the answer shows. */
function letGo() {
  held.over?.classList.remove('over')
  held.play.classList.remove('held')
  held.play.style.transform = ''
  held = null
}
