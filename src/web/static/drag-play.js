// Drags a play of a release onto another day, by mouse or finger: what is dropped sends the very form that the page has
// for it, and the answer says why not. Without this script, and by keyboard, each play opens that form by its link.
const form = document.querySelector('form[data-drag]')
const FAR_ENOUGH = 6
const EDGE = 56
let held = null

for (const grip of document.querySelectorAll('[data-play] .grip')) {
  grip.hidden = false
  grip.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !form) return
    event.preventDefault()
    const play = grip.closest('[data-play]')
    held = { play, grip, x: event.clientX, y: event.clientY + scrollY, from: play.closest('[data-day]'), over: null }
    grip.setPointerCapture(event.pointerId)
  })
  grip.addEventListener('pointermove', (event) => held && move(event))
  grip.addEventListener('pointerup', () => held && drop())
  grip.addEventListener('pointercancel', () => held && letGo())
}
addEventListener('keydown', ({ key }) => key === 'Escape' && held && letGo())

function move({ clientX, clientY }) {
  const [right, down] = [clientX - held.x, clientY + scrollY - held.y]
  if (!held.over && Math.hypot(right, down) < FAR_ENOUGH) return
  held.play.classList.add('held')
  held.play.style.transform = `translate(${right}px, ${down}px)`
  const day = document.elementFromPoint(clientX, clientY)?.closest('[data-day]') ?? null
  if (day !== held.over) {
    held.over?.classList.remove('over')
    day?.classList.add('over')
    held.over = day
  }
  if (clientY < EDGE) scrollBy(0, -EDGE / 4)
  if (clientY > innerHeight - EDGE) scrollBy(0, EDGE / 4)
}

function drop() {
  const { play, over, from } = held
  letGo()
  if (!over || over === from) return
  form.elements.play.value = play.dataset.play
  form.elements.slot.value = play.dataset.slot
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
