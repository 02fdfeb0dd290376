// Speaks into loudspeakers: what the microphone brings goes to the server in pieces of two seconds, in order, each with its
// number; one whose answer was lost goes again under the same. Without it nobody can speak; the button that stops works.
const RATE = 24_000
const PIECE_SAMPLES = RATE * 2
/** The server takes none that is shorter. */
const LEAST_SAMPLES = RATE / 10
const AGAIN_MS = 400
/** The server waits no longer for the next piece. */
const LOST_MS = 10_000
/** For so long the last words may take on their way. */
const LAST_WORDS_MS = 5_000
const RUNS_WITHIN_MS = 5_000
const LEVEL_FALL = 0.8

const panel = document.querySelector('[data-on-air]')
if (panel) start(panel)

function start(panel) {
  const part = (name) => panel.querySelector(`[data-${name}]`)
  const [begin, stop, level, clock] = ['begin', 'stop', 'level', 'clock'].map(part)
  const began = Number(panel.dataset.next) > 1
  const show = (when) => {
    for (const one of panel.querySelectorAll('[data-when]')) one.hidden = one.dataset.when !== when
    panel.toggleAttribute('data-live-now', when === 'live' || when === 'waits')
  }
  const refuse = (words) => {
    part('refused').textContent = words
    part('refused').hidden = false
  }
  if (!navigator.mediaDevices || !window.AudioWorkletNode) {
    part('no-microphone').hidden = false
    return
  }
  begin.hidden = false
  show(began ? 'again' : 'ready')

  begin.addEventListener('click', async () => {
    part('no-microphone').hidden = true
    part('refused').hidden = true
    begin.disabled = true
    const microphone = await listen().catch(() => null)
    begin.disabled = false
    if (!microphone) {
      part('no-microphone').hidden = false
      return
    }
    begin.hidden = true
    stop.hidden = false
    part('meters').hidden = false
    speak(microphone)
  })

  function speak(microphone) {
    const pieces = cutter()
    const waiting = []
    let next = Number(panel.dataset.next)
    let endsAtMs = Date.now() + Number(panel.dataset.secondsLeft) * 1_000
    let shown = 0
    let ending = false
    show('live')
    stop.querySelector('button').focus()

    microphone.hear((samples) => {
      shown = Math.max(...samples.map(Math.abs), shown * LEVEL_FALL)
      level.value = shown
      if (!ending) waiting.push(...pieces.add(samples))
    })
    const ticking = setInterval(() => {
      const seconds = Math.max(0, Math.round((endsAtMs - Date.now()) / 1_000))
      clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      if (seconds === 0) finish()
    }, 250)
    const over = () => {
      ending = true
      clearInterval(ticking)
      microphone.close()
      level.value = 0
    }

    const send = async () => {
      let sinceMs = Date.now()
      while (!ending || waiting.length > 0) {
        if (waiting.length === 0) {
          sinceMs = Date.now()
          await rest(50)
          continue
        }
        const answer = await post(`${panel.dataset.parts}/${next}`, waiting[0])
        if (answer === null) {
          if (Date.now() - sinceMs > LOST_MS) return lost()
          show('waits')
          await rest(AGAIN_MS)
          continue
        }
        if (answer.refused !== undefined) return lost(answer.refused)
        sinceMs = Date.now()
        next = answer.next
        waiting.shift()
        endsAtMs = Date.now() + answer.secondsLeft * 1_000
        if (!ending) show('live')
      }
    }
    const lost = (words) => {
      over()
      waiting.length = 0
      show('over')
      stop.hidden = true
      if (words) refuse(words)
      // What it came to stands on the page.
      setTimeout(() => location.replace(location.pathname), 2_500)
    }
    const sending = send()

    const finish = async () => {
      if (ending) return
      waiting.push(...pieces.rest())
      over()
      show('ending')
      await Promise.race([sending, rest(LAST_WORDS_MS)])
      if (!stop.hidden) stop.submit()
    }
    stop.addEventListener('submit', (event) => {
      event.preventDefault()
      void finish()
    })
  }
}

/** Opens the microphone; what it brings is at 24,000 samples a second, whatever the machine has. */
async function listen() {
  const audio = { channelCount: 1, noiseSuppression: true, echoCancellation: true, autoGainControl: true }
  const stream = await navigator.mediaDevices.getUserMedia({ audio })
  try {
    return await caught(stream)
  } catch (thrown) {
    for (const track of stream.getTracks()) track.stop()
    throw thrown
  }
}

async function caught(stream) {
  let context = new AudioContext({ sampleRate: RATE })
  let source
  try {
    source = context.createMediaStreamSource(stream)
  } catch {
    // Firefox joins no microphone to a context of another rate.
    void context.close()
    context = new AudioContext()
    source = context.createMediaStreamSource(stream)
  }
  await context.audioWorklet.addModule('/live-worklet.js')
  const node = new AudioWorkletNode(context, 'live-catch', { numberOfOutputs: 0 })
  source.connect(node)
  // On a machine without any way out for sound Firefox waits for one, and says nothing.
  await Promise.race([context.resume(), rest(RUNS_WITHIN_MS)])
  if (context.state !== 'running') {
    void context.close()
    throw new Error('no sound here')
  }
  const atRate = resampler(context.sampleRate)
  return {
    hear(heard) {
      node.port.addEventListener('message', ({ data }) => heard(atRate(data)))
      node.port.start()
    },
    close() {
      for (const track of stream.getTracks()) track.stop()
      void context.close()
    },
  }
}

/** Samples of one rate as samples of ours: each the mean of those that it stands for. */
function resampler(from) {
  if (from === RATE) return (samples) => samples
  const step = from / RATE
  let left = []
  let at = 0
  return (samples) => {
    const all = [...left, ...samples]
    const out = []
    for (; at + step <= all.length; at += step) {
      const piece = all.slice(Math.floor(at), Math.max(Math.floor(at) + 1, Math.floor(at + step)))
      out.push(piece.reduce((sum, one) => sum + one, 0) / piece.length)
    }
    left = all.slice(Math.floor(at))
    at -= Math.floor(at)
    return Float32Array.from(out)
  }
}

/** Cuts samples into pieces of 16 bits, lowest byte first. */
function cutter() {
  let held = []
  const asBytes = (samples) => {
    const view = new DataView(new ArrayBuffer(samples.length * 2))
    samples.forEach((sample, at) => view.setInt16(at * 2, Math.max(-1, Math.min(1, sample)) * 32_767, true))
    return view.buffer
  }
  return {
    add(samples) {
      for (const sample of samples) held.push(sample)
      const pieces = []
      while (held.length >= PIECE_SAMPLES) pieces.push(asBytes(held.splice(0, PIECE_SAMPLES)))
      return pieces
    },
    rest() {
      const rest = held
      held = []
      return rest.length >= LEAST_SAMPLES ? [asBytes(rest)] : []
    },
  }
}

/** The answer of the server, or null where none came. */
async function post(url, body) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(LOST_MS),
    })
    if (answer.type === 'opaqueredirect' || answer.status === 401) return { refused: '' }
    if (answer.status >= 500) return null
    return await answer.json()
  } catch {
    return null
  }
}

function rest(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
