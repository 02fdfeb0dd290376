// The queue of a device: activities and their files, in IndexedDB, sent one by one and piece by piece. Used by the form
// (send-proof.js), by every page of the office (unsent.js) and by the service worker (proof-worker.js) alike.
const DATABASE = 'loa-proof'
const PIECE_BYTES = 256 * 1024
const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 300_000
/** What was sent is still shown for a day: one looks whether it went. */
const SHOWN_MS = 24 * 3_600_000
/** A flag that other pages can read at once, without opening the database. */
export const UNSENT = 'loa-unsent'

let opened = null

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('items', { keyPath: 'id' })
      request.result.createObjectStore('files', { keyPath: 'uploadId' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

/** Runs `work` on both stores in one transaction that is on the disk when it is over: a battery may be empty next. */
async function transact(mode, work) {
  const database = await open()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(['items', 'files'], mode, { durability: 'strict' })
    const asked = work(transaction.objectStore('items'), transaction.objectStore('files'))
    transaction.oncomplete = () => resolve(asked?.result)
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
}

export async function allItems() {
  const items = await transact('readonly', (store) => store.getAll())
  return items.sort((one, other) => one.madeAt.localeCompare(other.madeAt))
}

export const itemById = (id) => transact('readonly', (items) => items.get(id))

/** Writes an item down; `files` are the new ones with their bytes. */
export function keepItem(item, files = []) {
  return transact('readwrite', (items, store) => {
    for (const file of files) store.put({ ...file, itemId: item.id })
    return items.put(item)
  })
}

export function dropFile(item, uploadId) {
  return transact('readwrite', (items, files) => {
    files.delete(uploadId)
    return items.put({ ...item, files: item.files.filter((file) => file.uploadId !== uploadId) })
  })
}

export function dropItem(item) {
  return transact('readwrite', (items, files) => {
    for (const { uploadId } of item.files) files.delete(uploadId)
    return items.delete(item.id)
  })
}

/** The bytes of a file that is kept. */
export const bytesKept = async (uploadId) =>
  (await transact('readonly', (_items, files) => files.get(uploadId))).content

export const isUnsent = ({ state }) => state !== 'sent' && state !== 'draft'

/** Notes in the open how many of whom wait, and lets go of what was sent long ago. */
export async function tidyQueue() {
  const items = await allItems()
  for (const item of items) {
    if (item.state === 'sent' && Date.now() - Date.parse(item.sentAt) > SHOWN_MS) await dropItem(item)
  }
  const counts = {}
  for (const { personId } of items.filter(isUnsent)) counts[personId] = (counts[personId] ?? 0) + 1
  if (typeof localStorage !== 'undefined') localStorage.setItem(UNSENT, JSON.stringify(counts))
  return counts
}

export async function sha256Of(bytes) {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Sends what waits of this person, the oldest first, until all is sent or nothing goes on. One sender at a time on a
 * device, whichever page or worker it is. `changed` is called at each step. Answers in how many milliseconds it is worth
 * trying again, or null when nothing waits.
 */
export async function sendAll(personId, changed = () => {}) {
  const send = async () => {
    for (const item of await allItems()) {
      if (item.personId !== personId || !['waiting', 'sending', 'signed_out'].includes(item.state)) continue
      if (item.nextAt && item.nextAt > Date.now() && item.state === 'waiting') continue
      const goOn = await sendItem(item, changed)
      if (!goOn) break
    }
    await tidyQueue()
    const waiting = (await allItems()).filter((item) => item.personId === personId && item.state === 'waiting')
    if (waiting.length === 0) return null
    return Math.max(500, Math.min(...waiting.map(({ nextAt }) => (nextAt ?? 0) - Date.now())))
  }
  if (!navigator.locks) return send()
  return navigator.locks.request('loa-proof-send', { ifAvailable: true }, (lock) => (lock ? send() : FIRST_WAIT_MS))
}

/** Answers false when it is of no use to go on with others: there is no network, or nobody is signed in. */
async function sendItem(item, changed) {
  const note = async (change) => {
    Object.assign(item, change)
    await keepItem(item)
    await changed(item)
  }
  await note({ state: 'sending' })
  try {
    const sent = await call('/evidence/send/queued', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        personId: item.personId,
        entries: item.entries,
        madeAt: item.madeAt,
        expects: item.files.map(({ uploadId, role, fileName, bytes, sha256 }) => ({
          uploadId,
          role,
          fileName,
          bytes,
          sha256,
        })),
      }),
    })
    await note({ path: sent.path, received: true })
    for (const file of item.files) {
      if (!file.done) await sendFile(item, file, note)
    }
    await note({ state: 'sent', sentAt: new Date().toISOString(), problem: null })
    for (const { uploadId } of item.files) await transact('readwrite', (_items, files) => files.delete(uploadId))
    return true
  } catch (thrown) {
    if (thrown.signedOut) {
      await note({ state: 'signed_out' })
      return false
    }
    if (thrown.refused) {
      await note({ state: 'refused', problem: thrown.refused, field: thrown.field })
      return true
    }
    const tries = (item.tries ?? 0) + 1
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1)) * (0.75 + Math.random() / 2)
    await note({ state: 'waiting', tries, nextAt: Date.now() + wait })
    return false
  }
}

async function sendFile(item, file, note) {
  const address = `/evidence/uploads/${file.uploadId}`
  const content = await bytesKept(file.uploadId)
  let state = await call(address)
  // What it says after a piece that did not fit brings us to where it stands, so that this ends.
  while (!state.whole && !state.finished && !state.refusal) {
    const piece = content.slice(state.received, state.received + PIECE_BYTES)
    state = await call(`${address}?at=${state.received}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: piece,
    })
    file.sent = state.received
    await note({ tries: 0 })
  }
  if (!state.finished && !state.refusal) state = await call(address, { method: 'POST' })
  if (!state.finished && !state.refusal) throw new Error('what came was not what was sent; it goes once more')
  file.done = true
  file.refused = Boolean(state.refusal)
  await note({})
}

/** The answer of the server. @throws what says why not: `refused` in words, `signedOut`, or a fault that may pass. */
async function call(address, options = {}) {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), 60_000)
  try {
    const answer = await fetch(address, { ...options, redirect: 'manual', cache: 'no-store', signal: timeout.signal })
    if (answer.type === 'opaqueredirect' || answer.status === 401) throw Object.assign(new Error(), { signedOut: true })
    if (answer.status >= 500 || answer.status === 429) throw new Error(`answered ${answer.status}`)
    const said = await answer.json()
    if (!answer.ok)
      throw Object.assign(new Error(), { refused: said.refused ?? String(answer.status), field: said.field })
    return said
  } finally {
    clearTimeout(timer)
  }
}
