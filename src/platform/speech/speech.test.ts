import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { networkPolicy } from '../http/index.ts'
import { loudnessOf, truePeakOf } from '../sounds/loudness.ts'
import { measured, whyNoFfmpeg } from '../sounds/measured.build.ts'
import { readSound } from '../sounds/read-sound.ts'
import { STANDARD_PROFILE } from '../sounds/sound-profile.ts'
import { buildWav } from '../sounds/wav.build.ts'
import { builtInVoice } from './built-in-voice.ts'
import { openEspeak } from './espeak.ts'
import { httpVoice } from './http-voice.ts'
import { modelVoice } from './model-voice.ts'
import { piecesOf } from './pieces.ts'
import { speechMaker } from './speech-maker.ts'
import { plainWords, type Voice } from './voice.ts'

const NOTICE = 'Bà con chú ý. Khi nghi ngờ hãy gọi một một một, tổng đài quốc gia bảo vệ trẻ em.'
const SHORT = 'Bà con chú ý, hãy hỏi xã trước khi đi.'
const wish = { voice: 'built_in', accent: 'north' as const, speed: 1, chime: false }
const makerOf = (voices: readonly Voice[], standIn: string | null = null) =>
  speechMaker({ voices, standIn, profile: () => STANDARD_PROFILE })
const watch = () => ({ signal: new AbortController().signal, onProgress: () => {} })

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

describe('the voice that is built in', () => {
  test('speaks three accents, faster and slower, and answers a sound of the profile', async () => {
    const maker = makerOf([builtInVoice])
    const made = []
    for (const one of [
      {},
      { accent: 'central' as const },
      { accent: 'south' as const },
      { speed: 1.4 },
      { speed: 0.7 },
    ]) {
      made.push(await maker.make(SHORT, { ...wish, ...one }, watch()))
    }
    const [north, central, south, fast, slow] = made.map(({ bytes, seconds }) => ({ bytes, seconds }))
    expect(new Set([north, central, south].map((one) => Buffer.from(one!.bytes).toString('base64'))).size).toBe(3)
    expect(fast!.seconds).toBeLessThan(north!.seconds * 0.85)
    expect(slow!.seconds).toBeGreaterThan(north!.seconds * 1.2)
    const wave = await readSound(north!.bytes)
    expect(wave?.rate).toBe(24_000)
    expect(wave!.samples.length / wave!.rate).toBeCloseTo(north!.seconds, 0)
    // The encoder leaves the highest sounds of a voice out: a little is missing, nothing is over.
    expect(await loudnessOf(wave!)).toBeGreaterThan(-18)
    expect(await truePeakOf(wave!)).toBeLessThan(-0.5)
    expect(made[0]!.speech).toEqual({ voice: 'eSpeak NG', accent: 'north', speed: 1, chime: false })
  })

  test('is framed by a chime where that is wished for', async () => {
    const maker = makerOf([builtInVoice])
    const bare = await maker.make(NOTICE, wish, watch())
    const framed = await maker.make(NOTICE, { ...wish, chime: true }, watch())
    expect(framed.seconds - bare.seconds).toBeGreaterThan(3)
    expect(framed.loudness).toBeGreaterThan(-17)
    expect(framed.peak).toBeLessThanOrEqual(-1.5)
  })

  test('says every word: as many as stand in the text, in each accent', async () => {
    const espeak = await openEspeak()
    for (const accent of ['north', 'central', 'south'] as const) {
      for (const { words } of piecesOf(`${NOTICE} Nghĩa được ưỡn Đặng mỹ thuở quyển khuỷu ngoằn ngoèo.`)) {
        const { events } = espeak.say(words, { accent, speed: 1 })
        const said = events.filter(({ type }) => type === 'word').map((event) => event.text_position)
        expect(new Set(said).size, words).toBe(words.match(/\p{L}+/gu)?.length)
      }
    }
  })
})

describe('a hostile text', () => {
  test('with markup is said as words or left out, never obeyed', async () => {
    const espeak = await openEspeak()
    const seconds = (words: string) => {
      const { samples, rate } = espeak.say(words, { accent: 'north', speed: 1 })
      return samples.length / rate
    }
    // The program itself does obey it; that is why nothing of it may come there.
    expect(seconds('<speak>Xin <break time="20s"/> chào</speak>')).toBeGreaterThan(15)
    expect(plainWords('<speak>Xin <break time="20s"/> chào</speak> [[h@l@]] &amp; \u0000\u0007\u202e')).toMatch(
      /^[^<>&[\]]+$/,
    )
    const maker = makerOf([builtInVoice])
    const made = await maker.make('<speak>Xin <break time="20s"/> chào</speak>', wish, watch())
    expect(made.seconds).toBeLessThan(8)
  })

  test('of 100,000 characters is cut into pieces that can be stopped, and none is lost', () => {
    for (const text of ['a'.repeat(100_000), 'xin chào '.repeat(11_112), 'x, '.repeat(33_334), '\n'.repeat(100_000)]) {
      const pieces = piecesOf(text)
      expect(Math.max(0, ...pieces.map(({ words }) => words.length))).toBeLessThanOrEqual(280)
      const letters = (words: string) => words.replace(/[^\p{L}]/gu, '')
      expect(letters(pieces.map(({ words }) => words).join(''))).toBe(letters(text))
    }
  })

  test.each(['', ' \n\t', '...!?', '\u0000\u0001', '<>&[]'])(
    'in which nothing is to be said is refused: %j',
    async (text) => {
      await expect(makerOf([builtInVoice]).make(text, wish, watch())).rejects.toMatchObject({ code: 'speech.no_words' })
    },
  )
})

test('a long speech tells how far it is, and ends when it is stopped', async () => {
  const stop = new AbortController()
  const seen: [number, number][] = []
  const made = makerOf([builtInVoice]).make('Một câu ngắn. '.repeat(400), wish, {
    signal: stop.signal,
    onProgress(done, pieces) {
      seen.push([done, pieces])
      if (done === 4) stop.abort()
    },
  })
  await expect(made).rejects.toMatchObject({ name: 'AbortError' })
  expect(seen).toEqual([
    [2, 400],
    [4, 400],
  ])
})

describe('a voice behind an address', () => {
  const tone = buildWav(
    Float32Array.from({ length: 16_000 }, (_, at) => 0.3 * Math.sin(at * 0.2)),
    16_000,
  )

  async function serve(listener: RequestListener): Promise<number> {
    const server = createServer(listener)
    closers.push(() => (server.closeAllConnections(), server.close()))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const at = (port: number, header: string | null = null) =>
    httpVoice({ url: `http://127.0.0.1:${port}/say`, header }, networkPolicy([`127.0.0.1:${port}`]))
  const asked = { ...wish, voice: 'http' }

  test('is posted each sentence with its key, and its answer is finished like any other', async () => {
    const heard: { body: unknown; key: string | undefined }[] = []
    const port = await serve(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      heard.push({ body: JSON.parse(Buffer.concat(chunks).toString()), key: request.headers.authorization })
      response.writeHead(200, { 'content-type': 'audio/wav' }).end(tone)
    })
    const voice = at(port, 'Authorization: Bearer bí-mật'.normalize('NFD').replace(/[^\x20-\x7e]/g, ''))
    const made = await makerOf([voice]).make('Một câu. Hai câu.', { ...asked, accent: 'south', speed: 0.9 }, watch())
    expect(heard.map(({ body }) => body)).toEqual([
      { text: 'Một câu.', language: 'vi', accent: 'south', speed: 0.9 },
      { text: 'Hai câu.', language: 'vi', accent: 'south', speed: 0.9 },
    ])
    expect(heard[0]?.key).toMatch(/^Bearer /)
    expect(made.seconds).toBeGreaterThan(2)
    expect(made.speech.voice).toBe(`127.0.0.1:${port}`)
  })

  test.each<[string, RequestListener, string]>([
    ['says no', (_request, response) => response.writeHead(401).end('no'), 'speech.voice_status'],
    ['answers no sound', (_request, response) => response.end('not a sound'), 'speech.voice_broken'],
    ['answers nothing', (_request, response) => response.end(), 'speech.voice_broken'],
    ['hangs up', (_request, response) => response.destroy(), 'speech.voice_unreachable'],
  ])('that %s is refused, and no other voice speaks unless it was said', async (_what, listener, code) => {
    const voice = at(await serve(listener))
    await expect(makerOf([voice, builtInVoice]).make('Xin chào.', asked, watch())).rejects.toMatchObject({ code })
    const other = await makerOf([voice, builtInVoice], 'built_in').make('Xin chào.', asked, watch())
    expect(other.speech.voice).toBe('eSpeak NG')
  })

  test('in a network that is not allowed is not called', async () => {
    const port = await serve((_request, response) => response.end(tone))
    const voice = httpVoice({ url: `http://127.0.0.1:${port}/`, header: null }, networkPolicy())
    await expect(makerOf([voice]).make('Xin chào.', asked, watch())).rejects.toMatchObject({
      code: 'speech.voice_unreachable',
      facts: { kind: 'private_network' },
    })
  })
})

describe('a model on this machine', () => {
  async function folder(files: Readonly<Record<string, string>>): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'loa-voice-'))
    closers.push(() => rm(made, { recursive: true, force: true }))
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(made, name, '..'), { recursive: true })
      await writeFile(join(made, name), content)
    }
    return made
  }
  const say = async (files: Readonly<Record<string, string>>) =>
    makerOf([modelVoice({ folder: await folder(files), accents: ['north'] })]).make(
      'Xin chào.',
      { ...wish, voice: 'model' },
      watch(),
    )

  test('says plainly that its files or its program are not there', async () => {
    await expect(say({})).rejects.toMatchObject({ code: 'speech.voice_no_model' })
    await expect(say({ 'vi.onnx': '', 'tokens.txt': '' })).rejects.toMatchObject({
      code: 'speech.voice_no_program',
      facts: { program: 'sherpa-onnx-node' },
    })
  })

  const LETTERS = [...'abcdeghinopxàấặđ.'].map((letter, at) => `${letter} ${at}`).join('\n')
  /** Samples: 1000 for each letter it is given; what sherpa-onnx does with a bad model, this does at certain words. */
  const PROGRAM = `exports.OfflineTts = class {
    constructor(config) { if (!config.model.vits.model.endsWith('vi.onnx')) throw new Error('no model') }
    generate({ text, speed }) {
      if (text === 'thoát') { console.error("'sample_rate' does not exist in the metadata"); process.exit(255) }
      if (text === 'bỏ') process.abort()
      if (text === 'ném') throw new TypeError('Please check your config!')
      if (text === 'biết') return { samples: new Float32Array(Object.keys(process.env).filter((name) => /LOA|PG/.test(name)).length), sampleRate: 1 }
      const samples = Float32Array.from({ length: text.length * 1000 / speed }, (_, at) => Math.sin(at / 9) * 0.2)
      return { samples, sampleRate: 8000 }
    }
  }`
  const installed = {
    'vi.onnx': '',
    'node_modules/sherpa-onnx-node/package.json': '{"name":"sherpa-onnx-node","version":"0.0.0","main":"index.js"}',
    'node_modules/sherpa-onnx-node/index.js': PROGRAM,
  }

  test('speaks by the program that the operator installed beside it', async () => {
    const made = await say({ ...installed, 'tokens.txt': LETTERS })
    expect(made.seconds).toBeCloseTo(1.5, 0)
  })

  test('that ends its process is refused in words; the office and the next sentence live', async () => {
    process.env['LOA_A_SECRET'] = 'x'
    closers.push(() => delete process.env['LOA_A_SECRET'])
    const voice = modelVoice({
      folder: await folder({ ...installed, 'tokens.txt': '', 'espeak-ng-data/x': '' }),
      accents: [],
    })
    const lengthOf = async (words: string) => {
      const said = await voice.say(words, { accent: 'north', speed: 1 }, new AbortController().signal)
      return 'samples' in said && said.samples.length
    }
    const failed = (reason: unknown) => ({
      status: 'rejected',
      reason: { code: 'speech.voice_failed', facts: { reason } },
    })
    // At once: none that waits goes down with the one that ends the process.
    const told = await Promise.allSettled(['thoát', 'xin', 'bỏ', 'ném', 'Xin', 'biết'].map(lengthOf))
    expect(told).toMatchObject([
      failed("'sample_rate' does not exist in the metadata (exit code 255)"),
      { value: 3000 },
      failed(expect.stringContaining(process.platform === 'win32' ? 'exit code' : 'SIGABRT')),
      failed('TypeError: Please check your config!'),
      { value: 3000 },
      { value: 0 }, // settings of ours that the program can read
    ])
  })

  test.each([
    ['by letters', { 'tokens.txt': LETTERS }],
    ['by words', { 'tokens.txt': '', 'lexicon.txt': 'đặng đ ă ng\nấp â p\n' }],
  ])('that goes %s is given small letters, and refused words it would leave out', async (_how, files) => {
    const voice = modelVoice({ folder: await folder({ ...installed, ...files }), accents: [] })
    const asked = (words: string) => voice.say(words, { accent: 'north', speed: 1 }, new AbortController().signal)
    await expect(asked('Đặng Ấp Ủy Zơ, Ủy.')).rejects.toMatchObject({
      code: 'speech.voice_cannot_say',
      facts: { words: 'ủy, zơ' },
    })
    expect(await asked('Đặng, Ấp.')).toMatchObject({ rate: 8000 })
  })

  test('is refused where two models lie in its folder', async () => {
    await expect(say({ ...installed, 'vi.int8.onnx': '', 'tokens.txt': LETTERS })).rejects.toMatchObject({
      code: 'speech.voice_no_model',
    })
  })
})

test.skipIf(whyNoFfmpeg !== null)(
  `a finished speech measures the same by another program${whyNoFfmpeg ? ` (${whyNoFfmpeg})` : ''}`,
  async () => {
    const made = await makerOf([builtInVoice]).make(SHORT, { ...wish, chime: true }, watch())
    const file = join(await mkdtemp(join(tmpdir(), 'loa-speech-')), 'a.mp3')
    await writeFile(file, made.bytes)
    const heard = await measured(file)
    expect(Math.abs(heard.loudness - STANDARD_PROFILE.lufs)).toBeLessThan(0.8)
    expect(Math.abs(heard.loudness - made.loudness)).toBeLessThan(0.3)
    expect(heard.truePeak).toBeLessThanOrEqual(-1)
    expect(heard.clipped).toBe(0)
    expect(Math.abs(heard.seconds - made.seconds)).toBeLessThan(0.2)
  },
)
