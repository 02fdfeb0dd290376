// What a board's screen says it showed: signed by a key that never leaves this browser, each entry bound to the one before,
// kept until the office has it. docs: src/channels/board/README.md
const encoder = new TextEncoder()
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' }
const SIGN = { name: 'ECDSA', hash: 'SHA-256' }
/** Entries in one call, and how many are kept while there is no network: a week of turns of ten seconds. */
const AT_ONCE = 100
const MOST_KEPT = 60_000

/** What is said before this page may write the log is kept to here: another page of the same browser may never end. */
const MOST_PENDING = 100

/** Opens the log of a board; null where this browser cannot sign. Of several pages of a browser one writes it at a time. */
export async function openLog(token) {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB || !navigator.locks) return null
  return new Log(token, await openStore())
}

class Log {
  #token
  #store
  #screen = null
  #pending = 0
  #work

  constructor(token, store) {
    this.#token = token
    this.#store = store
    // The page before this one, as when it is opened anew, lets go of it in a moment.
    this.#work = new Promise((resolve) => {
      const held = navigator.locks.request(`loa-board-${token}`, () => {
        resolve()
        return new Promise(() => {})
      })
      held.catch(() => {})
    })
  }

  /** Appends what was shown; what cannot be written now is lost, what is written is not. */
  add(entry) {
    return this.#inTurn(async () => {
      const kept = await this.#kept()
      // What a screen shows that nobody believes is not worth keeping.
      if (kept?.state !== 'trusted' || kept.queue.length >= MOST_KEPT) return
      const seq = kept.seq + 1
      const { showingId, fromAt, toAt, seconds } = entry
      const lines = ['loa-board-proof/1', kept.id, seq, kept.previous, showingId, fromAt, toAt, seconds.toFixed(1)]
      const text = encoder.encode(lines.join('\n'))
      const signature = base64url(await crypto.subtle.sign(SIGN, kept.key.privateKey, text))
      const previous = hex(await crypto.subtle.digest('SHA-256', text))
      const said = { seq, showingId, fromAt, toAt, seconds, signature }
      await this.#keep({ ...kept, seq, previous, queue: [...kept.queue, said] })
    })
  }

  /** Sends what waits; whatever goes wrong, it waits on. */
  send() {
    return this.#inTurn(async () => {
      const kept = await this.#kept()
      if (kept?.state !== 'trusted') return
      while (kept.queue.length > 0) {
        const entries = kept.queue.slice(0, AT_ONCE)
        const { upTo, refused } = await call(this.#token, 'bang-chung', { screenId: kept.id, entries })
        // What cannot be told, as after a copy of this browser was put back, would stand in the way of all that follows.
        if (typeof upTo !== 'number') return this.#knownAs(kept.key, refused?.startsWith('board.proof') ? null : kept)
        kept.queue = kept.queue.filter(({ seq }) => seq > upTo)
        await this.#keep(kept)
      }
    })
  }

  #inTurn(work) {
    if (this.#pending >= MOST_PENDING) return this.#work
    this.#pending++
    const done = () => void this.#pending--
    this.#work = this.#work.then(work).then(done, done)
    return this.#work
  }

  /** The key and the log of this screen; made, and made known, when there is none yet or it is not believed yet. */
  async #kept() {
    this.#screen ??= await request(this.#store.transaction('screen').objectStore('screen').get(this.#token))
    if (this.#screen?.state === 'trusted') return this.#screen
    const key = this.#screen?.key ?? (await crypto.subtle.generateKey(ECDSA, false, ['sign', 'verify']))
    return this.#knownAs(key, this.#screen)
  }

  async #knownAs(key, kept) {
    if (!kept) await this.#keep({ key, id: '', state: 'new', seq: 0, previous: '', queue: [] })
    const publicKey = base64url(await crypto.subtle.exportKey('raw', key.publicKey))
    const { id, state, lastSeq, lastHash } = await call(this.#token, 'khoa', { publicKey })
    if (!id) return this.#screen
    // The office knows how far the log has come; what waits here goes on from there.
    const goesOn = kept?.id === id && kept.seq >= lastSeq
    const log = goesOn ? {} : { seq: lastSeq, previous: lastHash, queue: [] }
    return this.#keep({ ...this.#screen, ...log, key, id, state })
  }

  async #keep(screen) {
    this.#screen = screen
    await request(this.#store.transaction('screen', 'readwrite').objectStore('screen').put(screen, this.#token))
    return screen
  }
}

async function call(token, what, body) {
  const answer = await fetch(`/man-hinh/${token}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  if (answer.status >= 500) throw new Error(`the office answered ${answer.status}`)
  return answer.json()
}

async function openStore() {
  const opening = indexedDB.open('loa-board', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('screen')
  return request(opening)
}

function request(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}

function base64url(bytes) {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function hex(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
