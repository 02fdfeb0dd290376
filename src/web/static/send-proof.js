// Behind the form of proof: steppers, photographs as they are taken, what a task already says, and a queue on the device
// that sends when there is a network. Without it the form is a plain form.
import {
  allItems,
  bytesKept,
  dropFile,
  dropItem,
  isUnsent,
  itemById,
  keepItem,
  sendAll,
  sha256Of,
  tidyQueue,
} from './proof-queue.js'
import { keepForLater } from './proof-offline.js'
import { showQueue } from './proof-list.js'
import { bytesToSend } from './shrink-photo.js'

const form = document.querySelector('form[data-proof]')
const queue = document.querySelector('[data-queue]')
const words = queue?.dataset ?? {}
const personId = form?.dataset.person ?? ''
const field = (name) => form.elements.namedItem(name)
const TASK_IN_PATH = /^\/tasks\/([0-9a-f-]{36})\/proof$/
const TOKEN_IN_PATH = /^\/g\/([\w-]{22})$/
const FILE_FIELDS = { photos: 'photo', voice: 'voice', documents: 'document' }

/** What is being filled in, as it lies on the device: nothing of it is lost with the browser. */
let draft = null
/** Changes of the draft come one after the other. */
let working = Promise.resolve()
const after = (work) => (working = working.then(work, work))

function start() {
  for (const plain of document.querySelectorAll('[data-plain]')) plain.hidden = true
  steppers()
  field('kind').addEventListener('change', countKind)
  field('taskId')?.addEventListener?.('change', takeTask)
  takeToday()
  if (field('taskId')?.options) takeTask()
  takeTaskOfPath()
  if (!form.querySelector('[data-indicator]:not([hidden])')) countKind()
  for (const [name, role] of Object.entries(FILE_FIELDS)) {
    for (const input of form.querySelectorAll(`input[type=file][name=${name}]`)) {
      for (const event of ['change', 'recorded'])
        input.addEventListener(event, () => after(() => takeFiles(input, role)))
    }
  }
  form.addEventListener('input', () => after(keepDraft))
  form.addEventListener('submit', submit)
  window.addEventListener('online', () => void drain())
  window.addEventListener('offline', network)
  navigator.serviceWorker?.addEventListener('message', () => void show())
  network()
  after(restore)
  void drain()
  void keepForLater(personId)
}

function steppers() {
  for (const button of form.querySelectorAll('[data-step]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const number = button.parentElement.querySelector('input')
      number.value = String(Math.max(0, Number(number.value || 0) + Number(button.dataset.step)))
      number.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }
}

/** Shows what is counted of the kind that is chosen, with what is preset: the main thing open, the rest folded. */
function countKind() {
  const counted = field('kind').selectedOptions[0]?.dataset.counted?.split(' ') ?? []
  const presets = new Map(counted.map((one) => one.split('=')))
  const [open, folded] = [form.querySelector('[data-numbers]'), form.querySelector('[data-more-numbers]')]
  const blocks = new Map(
    [...form.querySelectorAll('[data-indicator]')].map((block) => [block.dataset.indicator, block]),
  )
  for (const [code, block] of blocks) {
    block.hidden = !presets.has(code)
    for (const input of block.querySelectorAll('input')) input.disabled = block.hidden
  }
  ;[...presets].forEach(([code, preset], at) => {
    const block = blocks.get(code)
    if (!block) return
    const number = block.querySelector(`[name="count_${code}"]`)
    if (number.value === '') number.value = preset
    ;(at === 0 || preset !== '' ? open : folded).append(block)
  })
  folded.closest('details').hidden = ![...presets].some(([, preset], at) => at > 0 && preset === '')
}

/** Takes over what the chosen task says: its kind, its place, its message. */
function takeTask() {
  const chosen = field('taskId').selectedOptions?.[0]
  if (!chosen) return
  const task = form.querySelector('[data-finishes]')
  if (task) task.hidden = chosen.value === '' || chosen.dataset.closes !== undefined
  const { kind, place, spot, topic } = chosen.dataset
  for (const [name, value] of Object.entries({ kind, place, spot, topic })) {
    if (value) field(name).value = value
  }
  countKind()
}

/** The page of one task, opened without a network, is the page of all: the address says which it is. */
function takeTaskOfPath() {
  const id = TASK_IN_PATH.exec(location.pathname)?.[1] ?? taskOfToken(TOKEN_IN_PATH.exec(location.pathname)?.[1])
  const choice = field('taskId')
  if (!id || !choice?.options) return
  choice.value = id
  if (choice.value === id) return takeTask()
  // A task that this device has not seen: it is named by its id, and the office knows the rest.
  choice.append(new Option(id.slice(0, 8), id, true, true))
}

function taskOfToken(token) {
  if (!token) return null
  const letters = atob(token.replaceAll('-', '+').replaceAll('_', '/'))
  const hex = [...letters].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A page that was kept was made on another day. */
function takeToday() {
  const day = field('day')
  if (!day || form.querySelector('[data-problem]')) return
  day.value = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
}

function entriesOf() {
  return [...new FormData(form)].filter(([, value]) => typeof value === 'string')
}

const keyOf = () => form.dataset.task || TASK_IN_PATH.exec(location.pathname)?.[1] || ''

function newDraft() {
  return {
    id: field('activityId').value,
    personId,
    key: keyOf(),
    state: 'draft',
    title: titleOf(),
    entries: entriesOf(),
    files: [],
    madeAt: new Date().toISOString(),
  }
}

function titleOf() {
  const kind = field('kind').selectedOptions[0]?.text ?? ''
  return [kind, field('spot').value].filter(Boolean).join(' · ')
}

async function keepDraft() {
  draft ??= newDraft()
  draft = { ...draft, title: titleOf(), entries: entriesOf() }
  await keepItem(draft)
}

async function takeFiles(input, role) {
  draft ??= newDraft()
  // A note that is spoken again takes the place of the first.
  if (role === 'voice')
    for (const { uploadId } of draft.files.filter((file) => file.role === role)) await forget(uploadId)
  for (const picked of input.files) {
    const content = await bytesToSend(picked)
    const sha256 = await sha256Of(content)
    // The same picture picked twice is one.
    if (draft.files.some((file) => file.sha256 === sha256)) continue
    const file = { uploadId: crypto.randomUUID(), role, fileName: picked.name, bytes: content.byteLength, sha256 }
    draft.files.push(file)
    await keepItem({ ...draft, entries: entriesOf() }, [{ uploadId: file.uploadId, content }])
    if (role === 'photo') await thumb(file, content)
  }
  if (role === 'photo') input.value = ''
}

async function forget(uploadId) {
  await dropFile(draft, uploadId)
  draft.files = draft.files.filter((file) => file.uploadId !== uploadId)
}

/** A small picture of what was taken; drawn, so that no address of it is needed. */
async function thumb(file, content) {
  const list = form.querySelector('[data-thumbs]')
  const line = document.createElement('li')
  const canvas = document.createElement('canvas')
  canvas.width = 120
  canvas.height = 90
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', file.fileName)
  try {
    const picture = await createImageBitmap(new Blob([content]))
    const scale = Math.max(120 / picture.width, 90 / picture.height)
    const [width, height] = [picture.width * scale, picture.height * scale]
    canvas.getContext('2d').drawImage(picture, (120 - width) / 2, (90 - height) / 2, width, height)
    picture.close()
  } catch {
    // What cannot be drawn here is looked at by the office.
  }
  const remove = document.createElement('button')
  remove.type = 'button'
  remove.className = 'btn btn-quiet'
  remove.textContent = list.dataset.remove
  remove.setAttribute('aria-label', `${list.dataset.remove}: ${file.fileName}`)
  remove.addEventListener('click', () =>
    after(async () => {
      line.remove()
      await forget(file.uploadId)
    }),
  )
  line.append(canvas, remove)
  list.append(line)
}

/** Goes on with what was being filled in when the browser was closed. */
async function restore() {
  const drafts = (await allItems()).filter((item) => item.state === 'draft' && item.personId === personId)
  const standing = drafts.findLast((item) => item.key === keyOf())
  if (standing && !form.querySelector('[data-problem]')) await fill(standing)
}

async function fill(item) {
  draft = { ...item, state: 'draft', key: keyOf() }
  const typed = new Map(item.entries)
  field('kind').value = typed.get('kind') ?? field('kind').value
  countKind()
  for (const input of form.elements) {
    if (!input.name || input.type === 'file') continue
    if (input.type === 'checkbox') input.checked = typed.has(input.name)
    else if (typed.has(input.name)) input.value = typed.get(input.name)
  }
  for (const input of form.querySelectorAll('[name^="part_"], [name=note], [data-more-numbers] [name^="count_"]')) {
    if (input.value !== '') input.closest('details').open = true
  }
  form.querySelector('[data-thumbs]').replaceChildren()
  for (const file of item.files.filter(({ role }) => role === 'photo'))
    await thumb(file, await bytesKept(file.uploadId))
}

function submit(event) {
  event.preventDefault()
  const numbers = [...form.querySelectorAll('[name^="count_"]:not(:disabled)')]
  if (!numbers.some(({ value }) => Number(value) > 0)) {
    numbers[0]?.setCustomValidity(form.dataset.nothing)
    numbers[0]?.reportValidity()
    numbers[0]?.addEventListener('input', () => numbers[0].setCustomValidity(''), { once: true })
    return
  }
  after(async () => {
    await keepDraft()
    await keepItem({
      ...draft,
      state: 'waiting',
      madeAt: new Date().toISOString(),
      nextAt: null,
      tries: 0,
      problem: null,
    })
    await tidyQueue()
    clear()
    await show()
    queue.scrollIntoView({ block: 'start' })
    void drain()
    void (await navigator.serviceWorker?.ready)?.sync?.register(`loa-proof:${personId}`).catch(() => undefined)
  })
}

/** An empty form for the next one; the place and the day stay. */
function clear() {
  draft = null
  field('activityId').value = crypto.randomUUID()
  for (const input of form.querySelectorAll('[name^="count_"], [name^="part_"], [name=note], [type=file]'))
    input.value = ''
  for (const box of form.querySelectorAll('[type=checkbox]')) box.checked = false
  form.querySelector('[data-thumbs]').replaceChildren()
  form.querySelector('[data-listen]')?.setAttribute('hidden', '')
  countKind()
}

let timer = 0
let draining = false

/** Sends what waits, now and again until nothing does. */
async function drain() {
  if (draining) return
  draining = true
  clearTimeout(timer)
  const again = await sendAll(personId, show).catch(() => 10_000)
  draining = false
  await show()
  if (again !== null) timer = setTimeout(drain, again)
}

function show() {
  return showQueue(queue, personId, { edit, drop, retry: drain })
}

/** What was refused comes back into the form, to be mended. */
async function edit(id) {
  const item = await itemById(id)
  await keepItem({ ...item, state: 'draft', key: keyOf() })
  await fill(item)
  await tidyQueue()
  await show()
  form.scrollIntoView({ block: 'start' })
}

async function drop(id) {
  const item = await itemById(id)
  if (isUnsent(item) && !confirm(words.dropSure)) return
  await dropItem(item)
  await tidyQueue()
  await show()
}

function network() {
  const state = form.querySelector('[data-network]')
  state.textContent = navigator.onLine ? '' : words.offline
}

// Last, so that all of the above stands: without a store or a digest the plain form is all there is.
if (form && globalThis.indexedDB && globalThis.crypto?.subtle) start()
