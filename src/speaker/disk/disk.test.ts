import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeMp3 } from '../../platform/sounds/write-mp3.ts'
import { LogBook } from '../agent/log-book.ts'
import { AudioShelf } from './audio-shelf.ts'
import { openDisk } from './device-disk.ts'
import { LineFile } from './line-file.ts'
import { mp3Seconds } from '../../platform/sounds/mp3-length.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loa-disk-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a line that was torn when the power went is cut off, and the log goes on behind the last whole one', () => {
  const disk = openDisk(folder)
  const book = new LogBook(disk.log(), (line) => disk.append(line))
  for (const what of ['started', 'clock_jump'] as const)
    book.append('2026-12-01T05:00:00.000Z', 0, { kind: 'note', what })
  disk.close()
  const whole = readFileSync(join(folder, 'log.jsonl'))
  for (let cut = whole.length - 1; cut > whole.indexOf(0x0a) + 1; cut -= 7) {
    writeFileSync(join(folder, 'log.jsonl'), whole.subarray(0, cut))
    const again = openDisk(folder)
    const later = new LogBook(again.log(), (line) => again.append(line))
    expect(later.seq).toBe(1)
    expect(later.append('2026-12-01T05:00:01.000Z', 0, { kind: 'note', what: 'started' })).toBe(true)
    expect(again.log()).toHaveLength(2)
    again.close()
  }
})

test('a last line of noughts, as some disks leave it, is cut off', () => {
  const file = join(folder, 'lines')
  writeFileSync(file, '{"seq":1}\n')
  appendFileSync(file, Buffer.alloc(40))
  appendFileSync(file, '\n')
  const lines = new LineFile(file)
  expect(lines.lines()).toEqual(['{"seq":1}'])
  lines.close()
})

test('what the device keeps is for its owner alone', () => {
  const disk = openDisk(folder)
  disk.keep('held', '{}')
  disk.append('{}')
  for (const name of ['held.json', 'log.jsonl', 'begun.jsonl']) {
    expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0)
  }
  disk.close()
})

test('a recording that was changed on the card is thrown away at the next start', async () => {
  const bytes = Buffer.from(await writeMp3({ rate: 16_000, samples: new Float32Array(16_000) }))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const shelf = new AudioShelf(folder, 1_000_000)
  writeFileSync(shelf.partOf(sha256), bytes)
  expect(shelf.take({ sha256, bytes: bytes.length, seconds: 1 })).toBe(null)
  expect(new AudioShelf(folder, 1_000_000).has(sha256)).toBe(true)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  writeFileSync(shelf.pathOf(sha256), bytes)
  expect(new AudioShelf(folder, 1_000_000).has(sha256)).toBe(false)
})

test('room is made by what is needed no longer, and by nothing else', async () => {
  const [one, two] = ['a'.repeat(64), 'b'.repeat(64)]
  const shelf = new AudioShelf(folder, 1_000)
  writeFileSync(join(folder, one), Buffer.alloc(600))
  writeFileSync(join(folder, two), Buffer.alloc(300))
  expect(await shelf.makeRoom(500, new Set([two]))).toBe(true)
  expect(() => statSync(join(folder, one))).toThrow()
  expect(await shelf.makeRoom(800, new Set([two]))).toBe(false)
  expect(statSync(join(folder, two)).size).toBe(300)
})

test('the length of an MP3 is known without decoding it, and whatever else is none', async () => {
  for (const rate of [16_000, 24_000, 44_100]) {
    const bytes = await writeMp3({
      rate,
      samples: Float32Array.from({ length: rate * 3 }, (_, at) => Math.sin(at / 20)),
    })
    expect(mp3Seconds(bytes)).toBeCloseTo(3, 0)
  }
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 20_000 }),
      (bytes) => mp3Seconds(bytes) === null || bytes[0] === 0xff || bytes[0] === 0x49,
    ),
  )
  expect(mp3Seconds(Buffer.from('RIFF....WAVEfmt '))).toBe(null)
})
