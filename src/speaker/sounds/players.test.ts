import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { writeMp3 } from '../../platform/sounds/write-mp3.ts'
import { machineClock } from '../clock.ts'
import { soundNamed } from './sounds.ts'

const path = process.env['PATH']
const PLAYERS = ['aplay', 'mpg123', 'ffplay'] as const
const RATE = 24_000
const found = new Map(PLAYERS.map((name) => [name, spawnSync(name, ['--version']).error === undefined]))
let folder: string
let mp3: Uint8Array

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loa-players-'))
  mp3 = await writeMp3({ rate: RATE, samples: new Float32Array(RATE).map((_, at) => 0.5 * Math.sin(at * 0.1)) })
  writeFileSync(join(folder, 'sound'), mp3)
})
beforeEach(() => {
  process.env['PATH'] = path
})
afterAll(() => {
  process.env['PATH'] = path
  rmSync(folder, { recursive: true })
})

/** Puts a program of that name before all others, which keeps what it was asked and was given. */
function standIn(name: string, then: string): void {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/asked'\n${then}\n`)
  chmodSync(file, 0o755)
  process.env['PATH'] = `${folder}${delimiter}${path}`
}

function play(name: string, volume = 50, seconds = 1): Promise<string | null> {
  const sound = soundNamed(name, machineClock(), () => join(folder, 'sound'))
  return new Promise((ended) => sound!.begin({ playId: 'a', sha256: 'b', seconds, volume }, ended))
}

const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n')
const given = () => readFileSync(join(folder, 'given'))
const TAKES = `cat > "$(dirname "$0")/given"`

test('mpg123 and ffplay are given the MP3 by their input, and how loud', async () => {
  standIn('mpg123', TAKES)
  expect(await play('mpg123')).toBeNull()
  expect(asked()).toEqual(['-q', '-f', '16384', '-'])
  expect(given().equals(Buffer.from(mp3))).toBe(true)
  standIn('ffplay', TAKES)
  expect(await play('ffplay', 35)).toBeNull()
  expect(asked()).toEqual(expect.arrayContaining(['-nodisp', '-autoexit', '-volume', '35', 'pipe:0']))
  expect(given().equals(Buffer.from(mp3))).toBe(true)
})

test('aplay, which knows no MP3, is given samples, as much quieter as is wished', async () => {
  standIn('aplay', TAKES)
  expect(await play('aplay', 50)).toBeNull()
  expect(asked()).toEqual(['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(RATE)])
  const samples = new Int16Array(new Uint8Array(given()).buffer)
  expect(samples.length / RATE).toBeCloseTo(1, 0)
  // In the midst of it: an encoder rings at its ends.
  const middle = samples.subarray(RATE / 4, RATE / 2)
  expect(Math.max(...middle) / 32_767).toBeCloseTo(0.25, 1)
})

/** Gives a sound in three pieces, as it would come while somebody speaks. */
function speak(name: string, volume: number): Promise<string | null> {
  const sound = soundNamed(name, machineClock(), () => '')
  return new Promise((ended) => {
    const speech = sound!.speak({ playId: 'speech', volume }, ended)
    for (const at of [0, 1, 2]) speech.push(mp3.subarray((at * mp3.length) / 3, ((at + 1) * mp3.length) / 3), 0.1)
    speech.finish()
  })
}

test('a speech is given piece by piece: to mpg123 and ffplay as it comes, to aplay as samples, into a folder as one file', async () => {
  for (const name of ['mpg123', 'ffplay']) {
    standIn(name, TAKES)
    expect(await speak(name, 50)).toBeNull()
    expect(given().equals(Buffer.from(mp3))).toBe(true)
  }
  standIn('aplay', TAKES)
  expect(await speak('aplay', 50)).toBeNull()
  const samples = new Int16Array(new Uint8Array(given()).buffer)
  expect(samples.length / RATE).toBeCloseTo(1, 0)
  expect(Math.max(...samples.subarray(RATE / 4, RATE / 2)) / 32_767).toBeCloseTo(0.25, 1)
  const heard = join(folder, 'heard')
  expect(await speak(`file:${heard}`, 50)).toBeNull()
  expect(readFileSync(join(heard, 'speech.mp3')).equals(Buffer.from(mp3))).toBe(true)
})

test.each(PLAYERS)('a %s that fails, or is not there, is a fault that is told', async (name) => {
  standIn(name, 'exit 3')
  expect(await play(name)).toBe(`${name} ended with 3`)
  process.env['PATH'] = join(folder, 'nothing')
  expect(await play(name)).toMatch(/ENOENT/)
})

test.each(PLAYERS)('%s that is stopped says nothing any more, and is gone', async (name) => {
  const file = join(folder, `${name}-here`)
  standIn(name, `trap '' TERM; echo $$ > '${file}'; exec sleep 60`)
  const sound = soundNamed(name, machineClock(), () => join(folder, 'sound'))
  let told = false
  const handle = sound!.begin({ playId: 'a', sha256: 'b', seconds: 60, volume: 50 }, () => (told = true))
  const until = async (is: () => boolean) => {
    while (!is()) await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => existsSync(file) && readFileSync(file, 'utf8').trim() !== '')
  handle.stop()
  const pid = Number(readFileSync(file, 'utf8'))
  await until(() => spawnSync('kill', ['-0', String(pid)]).status !== 0)
  expect(told).toBe(false)
})

const REAL = {
  mpg123: `mpg123 "$1" "$2" "$3" -w "$(dirname "$0")/out.wav" -`,
  aplay: `aplay -D null "$@"`,
  ffplay: `SDL_AUDIODRIVER=dummy ffplay "$@"`,
} as const
for (const name of PLAYERS) {
  const lacking = found.get(name)
    ? ''
    : ` (needs it: apt-get install ${{ aplay: 'alsa-utils', mpg123: 'mpg123', ffplay: 'ffmpeg' }[name]})`
  test.skipIf(lacking !== '')(`the real ${name} takes what it is given${lacking}`, async () => {
    // The stand-in leads it to no loudspeaker, and asks for the real one by the path that was before.
    standIn(name, `PATH='${path}'; ${REAL[name]}`)
    expect(await play(name, 80)).toBeNull()
  })
}
