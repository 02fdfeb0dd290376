// Keeps what is typed while it is typed: on the server, or in this browser while there is no network; shows how the
// renditions will read. Without it the form is a plain form.
const form = document.querySelector('form[data-autosave]')
const state = form?.querySelector('[data-autosave-state]')
// By person too: on a shared computer nobody is given what another typed.
const key = `loa-draft:${form?.dataset.person}:${form?.dataset.autosave}`
const PAUSE_MS = 800
let timer = 0

function typed() {
  const fields = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields[name] = value
  return { subject: form.dataset.subject ?? 'master', basedOn: Number(form.dataset.basedOn), fields }
}

async function keep() {
  const body = JSON.stringify(typed())
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    const kept = await answer.json()
    if (!answer.ok) throw new Error(kept.refused)
    // Typed on meanwhile: what is newer stays here until it, too, has arrived.
    if (localStorage.getItem(key) === body) localStorage.removeItem(key)
    state.textContent = kept.alsoHere ? `⚠ ${kept.alsoHere}` : `✓ ${new Date(kept.savedAt).toLocaleTimeString('vi-VN')}`
    show(kept.previews)
  } catch {
    // No network, or the server is gone: it lies in this browser and goes out with the next key or when the network is back.
    state.textContent = '⋯'
  }
}

function show(previews) {
  for (const [id, fields] of Object.entries(previews ?? {})) {
    for (const [name, words] of Object.entries(fields)) {
      const place = document.querySelector(`[data-preview="${id}:${name}"]`)
      if (place) place.textContent = words
    }
  }
}

if (form) {
  form.addEventListener('input', () => {
    // In this browser at once: between two keys the page may be closed.
    localStorage.setItem(key, JSON.stringify(typed()))
    state.textContent = '⋯'
    clearTimeout(timer)
    timer = setTimeout(keep, PAUSE_MS)
  })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    localStorage.setItem(key, JSON.stringify(typed()))
  })
  window.addEventListener('online', keep)
  const left = JSON.parse(localStorage.getItem(key) ?? 'null')
  if (left && left.basedOn === Number(form.dataset.basedOn)) {
    for (const [name, value] of Object.entries(left.fields)) {
      const field = form.elements.namedItem(name)
      if (field && 'value' in field && ['text', 'textarea', 'search'].includes(field.type)) field.value = value
    }
    void keep()
  } else localStorage.removeItem(key)
  let written = null
  form.addEventListener('focusin', ({ target }) => (written = target.matches?.('textarea') ? target : written))
  for (const mark of document.querySelectorAll('[data-insert]')) {
    mark.setAttribute('tabindex', '0')
    mark.setAttribute('role', 'button')
    const insert = () => {
      // Into the text one was writing at, else where such marks mostly stand.
      const field = written ?? form.querySelector(`textarea[name=${mark.dataset.into ?? 'callToAction'}]`)
      field.setRangeText(mark.dataset.insert, field.selectionStart, field.selectionEnd, 'end')
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.focus()
    }
    mark.addEventListener('click', insert)
    mark.addEventListener('keydown', (event) => event.key === 'Enter' && insert())
  }
}
