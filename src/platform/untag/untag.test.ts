import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { createEncoder } from 'wasm-media-encoders'
import { untag } from './untag.ts'

const PLACE = '+22.4856+103.9707/'

const text = (words: string) => Buffer.from(words, 'latin1')
const number = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])
const little = (value: number) => Buffer.from(number(value)).reverse()
const box = (name: string, ...content: Buffer[]) => {
  const all = Buffer.concat(content)
  return Buffer.concat([number(8 + all.length), text(name), all])
}
const chunk = (name: string, content: Buffer) =>
  Buffer.concat([text(name), little(content.length), content, Buffer.alloc(content.length % 2)])

function track(handler: string, sampleAt: number, sampleBytes: number): Buffer {
  const table = box(
    'stbl',
    box('stsc', number(0), number(1), number(1), number(1), number(1)),
    box('stsz', number(0), number(0), number(1), number(sampleBytes)),
    box('stco', number(0), number(1), number(sampleAt)),
  )
  return box('trak', box('mdia', box('hdlr', number(0), number(0), text(handler)), box('minf', table)))
}

describe('MP4', () => {
  const head = box('ftyp', text('isom'), number(0))
  const film = text('FILM FILM FILM')
  const samples = box('mdat', film, text(PLACE))
  const filmAt = head.length + 8
  const file = Buffer.concat([
    head,
    samples,
    box(
      'moov',
      track('vide', filmAt, film.length),
      track('meta', filmAt + film.length, PLACE.length),
      box('udta', box('\xa9xyz', text(PLACE))),
    ),
    box('uuid', text(`0123456789abcdef<x:xmpmeta>${PLACE}`)),
  ])

  test('loses the place in its user data, its XMP and the track of the way it went; the film stays where it is', () => {
    const clean = Buffer.from(untag(file, 'video/mp4'))
    expect(clean.includes(PLACE)).toBe(false)
    expect(clean.subarray(filmAt, filmAt + film.length).toString()).toBe('FILM FILM FILM')
    expect(clean.length).toBe(file.length)
    expect(clean.includes('vide')).toBe(true)
    expect(untag(clean, 'video/mp4')).toEqual(new Uint8Array(clean))
  })

  test.each([0, 1, 8, 30, 61, 130, 250])('cut after %d bytes is no trouble', (length) => {
    expect(untag(file.subarray(0, length), 'video/mp4')).toHaveLength(length)
  })
})

describe('WebM', () => {
  const element = (id: string, content: Buffer) =>
    Buffer.concat([Buffer.from(id, 'hex'), Buffer.from([0x40 | (content.length >> 8), content.length & 0xff]), content])

  test.each([4, 200])('loses tags, title and maker of %d bytes; an open cluster stays', (length) => {
    const said = Buffer.concat([text(PLACE), Buffer.alloc(length, 0x41)])
    const cluster = Buffer.concat([Buffer.from('1f43b67501ffffffffffffff', 'hex'), text('SOUND')])
    const file = Buffer.concat([
      element('1a45dfa3', Buffer.alloc(4)),
      Buffer.from('1853806701ffffffffffffff', 'hex'),
      element('1549a966', Buffer.concat([element('7ba9', said), element('4489', Buffer.alloc(4, 0x42))])),
      element('1254c367', said),
      cluster,
    ])
    const clean = Buffer.from(untag(file, 'video/webm'))
    expect(clean.includes(PLACE)).toBe(false)
    expect(clean.subarray(-cluster.length)).toEqual(cluster)
    expect(clean.includes(Buffer.alloc(4, 0x42))).toBe(true)
    expect(clean).toHaveLength(file.length)
  })
})

test('MP3 loses its tags before and after', () => {
  const sound = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(400)])
  const before = Buffer.concat([text('ID3\x04\0\0'), Buffer.from([0, 0, 1, 4]), Buffer.alloc(132, 'x')])
  const after = Buffer.concat([text('TAG'), Buffer.alloc(125, 'y')])
  expect(Buffer.from(untag(Buffer.concat([before, before, sound, after]), 'audio/mpeg'))).toEqual(sound)
  expect(untag(text('ID3'), 'audio/mpeg')).toHaveLength(0)
})

test('WAV keeps its format and its sound alone', () => {
  const format = chunk('fmt ', Buffer.alloc(16, 1))
  const sound = chunk('data', text('SOUND'))
  const all = [
    chunk('LIST', text(`INFO${PLACE}`)),
    format,
    chunk('bext', text('Lan')),
    sound,
    chunk('id3 ', text('Lan')),
  ]
  const body = Buffer.concat(all)
  const file = Buffer.concat([text('RIFF'), little(4 + body.length), text('WAVE'), body])
  const clean = Buffer.from(untag(file, 'audio/wav'))
  expect(clean).toEqual(
    Buffer.concat([text('RIFF'), little(4 + format.length + sound.length), text('WAVE'), format, sound]),
  )
})

test('Ogg keeps its sound, page by page with right sums, and no comment', async () => {
  const wasm = await readFile(new URL(import.meta.resolve('wasm-media-encoders/wasm/ogg')))
  const encoder = await createEncoder('audio/ogg', wasm)
  encoder.configure({ channels: 1, sampleRate: 16_000 })
  const wave = Float32Array.from({ length: 32_000 }, (_, at) => Math.sin(at / 9) / 3)
  const file = Buffer.concat([encoder.encode([wave]).slice(), encoder.finalize().slice()])
  const firstPage = file.indexOf('OggS', 4)
  const clean = Buffer.from(untag(file, 'audio/ogg'))
  // The sum of the first page is made anew and comes out as the encoder made it.
  expect(clean.subarray(0, firstPage)).toEqual(file.subarray(0, firstPage))
  const maker = 'Xiph.Org'
  expect([file.includes(maker), clean.includes(maker)]).toEqual([true, false])
  expect(clean).toHaveLength(file.length)
})
