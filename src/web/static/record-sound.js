// Records in the browser, lets one listen, shows the wave and sets where to cut. Without it a file is picked and the
// seconds are typed; the server does the cutting either way.
const LEVEL_FALL = 0.85
const BINS = 240
const PLAIN_RATE = 24_000

for (const part of document.querySelectorAll('[data-sound]')) start(part)

function start(form) {
  const part = (name) => form.querySelector(`[data-${name}]`)
  const audio = part('listen')
  const file = form.querySelector('input[type=file]')
  const field = (name) => form.elements.namedItem(name)
  const show = (name, shown = true) => {
    const one = part(name)
    if (one) one.hidden = !shown
  }

  for (const name of ['from', 'to']) {
    part(`${name}-here`)?.addEventListener('click', () => {
      field(name).value = audio.currentTime.toFixed(1)
      draw()
    })
    field(name)?.addEventListener('input', () => draw())
  }
  part('hear-cut')?.addEventListener('click', () => {
    const from = Number(field('from').value.replace(',', '.')) || 0
    audio.currentTime = from
    void audio.play()
  })
  audio?.addEventListener('timeupdate', () => {
    const to = Number(field('to').value.replace(',', '.'))
    if (to > 0 && audio.currentTime >= to && !audio.paused) audio.pause()
  })

  let wave = null
  function draw() {
    const canvas = part('wave')
    if (!canvas || !wave) return
    const { width, height } = canvas
    const pen = canvas.getContext('2d')
    const style = getComputedStyle(canvas)
    const from = Number(field('from').value.replace(',', '.')) || 0
    const to = Number(field('to').value.replace(',', '.')) || wave.seconds
    pen.clearRect(0, 0, width, height)
    wave.peaks.forEach((peak, at) => {
      const moment = (at / BINS) * wave.seconds
      pen.fillStyle = moment >= from && moment <= to ? style.color : style.borderTopColor
      const high = Math.max(1, peak * height)
      pen.fillRect((at * width) / BINS, (height - high) / 2, width / BINS - 1, high)
    })
  }

  async function take(blob) {
    const url = URL.createObjectURL(blob)
    audio.src = url
    audio.hidden = false
    show('cut')
    const sound = await soundOf(blob)
    wave = sound && { peaks: peaksOf(sound), seconds: sound.duration }
    show('wave', wave !== null)
    draw()
    return sound
  }

  if (audio?.getAttribute('src')) {
    show('cut')
    void fetch(audio.src)
      .then((answer) => answer.blob())
      .then(soundOf)
      .then((sound) => {
        if (!sound) return
        wave = { peaks: peaksOf(sound), seconds: sound.duration }
        show('wave')
        draw()
      })
  }

  // A long recording takes a while to be turned: who presses meanwhile is waited for, so that what goes is what was turned.
  let turning = null
  file?.addEventListener('change', () => {
    const [picked] = file.files
    if (picked) turning = turned(picked).finally(() => (turning = null))
  })
  form.addEventListener(
    'submit',
    (event) => {
      if (!turning) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const { submitter } = event
      void turning.then(() => form.requestSubmit(submitter))
    },
    true,
  )

  async function turned(picked) {
    const [sound, read] = await Promise.all([take(picked), isReadByServer(picked)])
    if (sound && !read) put(await asWav(sound), 'recording.wav')
  }

  function put(blob, name) {
    const transfer = new DataTransfer()
    transfer.items.add(new File([blob], name, { type: blob.type }))
    file.files = transfer.files
    file.dispatchEvent(new Event('recorded'))
  }

  const recorder = part('recorder')
  if (!recorder || !navigator.mediaDevices || !window.MediaRecorder) return
  recorder.hidden = false
  const [begin, end, level, clock] = ['begin', 'end', 'level', 'clock'].map(part)
  begin.addEventListener('click', async () => {
    const problem = part('no-microphone')
    problem.hidden = true
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } })
    } catch {
      problem.hidden = false
      return
    }
    const mime = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'].find((one) => MediaRecorder.isTypeSupported(one))
    const machine = new MediaRecorder(stream, { audioBitsPerSecond: 48_000, ...(mime ? { mimeType: mime } : {}) })
    const chunks = []
    machine.addEventListener('dataavailable', ({ data }) => chunks.push(data))
    const stopWatching = watch(stream, level, clock)
    begin.hidden = true
    end.hidden = false
    end.focus()
    end.addEventListener('click', () => machine.stop(), { once: true })
    machine.addEventListener('stop', async () => {
      stopWatching()
      for (const track of stream.getTracks()) track.stop()
      begin.hidden = false
      end.hidden = true
      begin.focus()
      const blob = new Blob(chunks, { type: machine.mimeType })
      const sound = await take(blob)
      const ending = /webm|ogg/.exec(machine.mimeType)?.[0]
      if (ending || !sound) put(blob, `recording.${ending ?? 'webm'}`)
      else put(await asWav(sound), 'recording.wav')
    })
    // Every second, so that what was said is not lost with the last of it.
    machine.start(1_000)
  })
}

/** Moves the level and the clock while one speaks; answers how to stop. */
function watch(stream, level, clock) {
  const context = new AudioContext()
  const ear = context.createAnalyser()
  ear.fftSize = 2_048
  context.createMediaStreamSource(stream).connect(ear)
  const samples = new Float32Array(ear.fftSize)
  const began = Date.now()
  let shown = 0
  const timer = setInterval(() => {
    ear.getFloatTimeDomainData(samples)
    shown = Math.max(Math.max(...samples.map(Math.abs)), shown * LEVEL_FALL)
    level.value = shown
    const seconds = Math.floor((Date.now() - began) / 1_000)
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }, 100)
  return () => {
    clearInterval(timer)
    level.value = 0
    void context.close()
  }
}

/**
 * Whether the server reads it, by its first bytes as the server does: WAV, WebM, Ogg Opus and MP3. Anything else a browser can
 * play, as the .m4a of phones, is turned into WAV here; by its name alone nobody knows what a phone has kept.
 */
async function isReadByServer(blob) {
  const bytes = new Uint8Array(await blob.slice(0, 40).arrayBuffer())
  const head = String.fromCharCode(...bytes)
  if (head.startsWith('OggS')) return head.includes('OpusHead')
  const begins = ['RIFF', '\x1a\x45\xdf\xa3', 'ID3'].some((one) => head.startsWith(one))
  return begins || (bytes[0] === 0xff && (bytes[1] & 0xe6) === 0xe2)
}

async function soundOf(blob) {
  const context = new AudioContext()
  try {
    return await context.decodeAudioData(await blob.arrayBuffer())
  } catch {
    return null
  } finally {
    void context.close()
  }
}

function peaksOf(sound) {
  const samples = sound.getChannelData(0)
  const step = Math.max(1, Math.floor(samples.length / BINS))
  return Array.from({ length: BINS }, (_, bin) => {
    let peak = 0
    for (let at = bin * step; at < (bin + 1) * step; at += 16) peak = Math.max(peak, Math.abs(samples[at] ?? 0))
    return peak
  })
}

/** One voice, 16 bits, 24 kHz: what speech needs. */
async function asWav(sound) {
  const length = Math.ceil(sound.duration * PLAIN_RATE)
  const offline = new OfflineAudioContext(1, length, PLAIN_RATE)
  const source = offline.createBufferSource()
  source.buffer = sound
  source.connect(offline.destination)
  source.start()
  const samples = (await offline.startRendering()).getChannelData(0)
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2))
  const text = (at, words) => [...words].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, 36 + samples.length * 2, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, PLAIN_RATE, true)
  view.setUint32(28, PLAIN_RATE * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, samples.length * 2, true)
  samples.forEach((sample, at) => view.setInt16(44 + at * 2, Math.max(-1, Math.min(1, sample)) * 32_767, true))
  return new Blob([view.buffer], { type: 'audio/wav' })
}
