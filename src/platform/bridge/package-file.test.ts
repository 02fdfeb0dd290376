import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { BridgePackage, SourceBulletin } from '../../core/bridge/index.ts'
import { bridgeFile } from './package-file.ts'
import { readBridgeJson } from './read-json.ts'
import { soundPath } from './wire-names.ts'
import { writeBridgeJson } from './write-json.ts'

const SOUND = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 1, 2, 3])
const SHA256 = createHash('sha256').update(SOUND).digest('hex')

const nfc = (text: string) => text.normalize('NFC').replaceAll('\0', '')
const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('Cảnh giác: “việc nhẹ, lương cao”', 'Đừng đi!', 'ỡ ữ ợ ẵ ặ đ Đ', 'hmoob – Mông', '<b>&"\''),
)
const line = words.map(nfc)
const named = line.map((text) => `id${text}`)
const seconds = fc.integer({ min: 0, max: 100_000 }).map((hundredths) => hundredths / 100)
const count = fc.integer({ min: 0, max: 9_999 })
const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10))
const clock = fc.integer({ min: 0, max: 1_439 }).map((n) => new Date(n * 60_000).toISOString().slice(11, 16))
const degrees = (most: number) => fc.option(fc.double({ min: -most, max: most, noNaN: true }).map((n) => n + 0))

const bulletin: fc.Arbitrary<SourceBulletin> = fc.record({
  id: named,
  title: named,
  ...{ field: line, kind: line, urgency: line, source: named, words: line, summary: line, from: line },
  ...{ seconds, createdBy: line, createdAt: line },
  reach: fc.array(
    named.map((text) => text.replaceAll(';', '')),
    { maxLength: 3 },
  ),
  author: fc.record({ name: line, userName: line, mail: line, penName: line }),
  sound: fc.option(fc.record({ sha256: fc.constant(SHA256), bytes: count, language: fc.constantFrom('vi', 'hmn') })),
})

const packages: fc.Arbitrary<BridgePackage> = fc
  .uniqueArray(bulletin, { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
  .chain((bulletins) =>
    fc.record({
      source: line,
      madeAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      bulletins: fc.constant(bulletins),
      days: fc.array(
        fc.record({
          ...{ id: line, station: line, day },
          copies: fc.array(day, { maxLength: 2 }),
          slots: fc.array(
            fc.record({
              ...{ id: line, name: line, begins: clock, ends: clock },
              plays: fc.array(
                fc.record({
                  ...{ id: line, order: count, seconds },
                  bulletinId: fc.constantFrom(...bulletins.map(({ id }) => id)),
                }),
                { maxLength: 3 },
              ),
            }),
            { maxLength: 2 },
          ),
        }),
        { maxLength: 2 },
      ),
      devices: fc.array(
        fc.record({
          ...{ code: named, name: line, area: line, address: line, on: fc.boolean() },
          ...{ latitude: degrees(90), longitude: degrees(180) },
        }),
        { maxLength: 2 },
      ),
      figures: fc.array(
        fc.record({
          ...{ station: named, speaker: line, place: line, latitude: degrees(90), longitude: degrees(180) },
          ...{ total: count, played: count, emergencies: count, playedSeconds: seconds, askedSeconds: seconds },
        }),
        { maxLength: 2 },
      ),
      reports: fc.array(
        fc.record({
          ...{ id: named, bulletinId: named, device: line, state: line, seconds },
          at: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        }),
        { maxLength: 2 },
      ),
    }),
  )

describe('a package', () => {
  test('read back is the very same, letter by letter', () => {
    fc.assert(
      fc.property(packages, (given) => {
        expect(readBridgeJson(writeBridgeJson(given))).toEqual({ content: given, problems: [] })
      }),
      { numRuns: 200 },
    )
  })

  test('as a file brings its recordings, and the same bytes whenever it is packed', () => {
    fc.assert(
      fc.property(packages, (given) => {
        const sounds = new Map(given.bulletins.some(({ sound }) => sound) ? [[SHA256, SOUND]] : [])
        const file = bridgeFile.pack(given, sounds)
        const read = bridgeFile.unpack(file)
        expect(read.content).toEqual(given)
        expect([...read.sounds.keys()]).toEqual([...sounds.keys()])
        expect(bridgeFile.pack(given, sounds)).toEqual(file)
      }),
      { numRuns: 30 },
    )
  })

  test('with letters taken apart comes in composed', () => {
    const json = JSON.stringify({ BanTin: [{ BanTinId: '7', TieuDe: 'Cảnh giác'.normalize('NFD') }] })
    const [first] = readBridgeJson(json).content.bulletins
    expect(first).toMatchObject({ id: '7', title: 'Cảnh giác'.normalize('NFC') })
  })
})

describe('what another system sends', () => {
  const row = { BanTinId: '1', TieuDe: 'Một', MucDoUuTien: 2, VungPhatThietBi: '02683;02686' }

  test('is taken with numbers for text, a mark of byte order and fields nobody knows', () => {
    const read = readBridgeJson(`\uFEFF${JSON.stringify({ BanTin: [{ ...row, Khac: 1 }], Them: {} })}`)
    expect(read.problems).toEqual([])
    expect(read.content.bulletins).toMatchObject([{ urgency: '2', reach: ['02683', '02686'], sound: null }])
  })

  test('row by row: a bad one is named and costs the others nothing', () => {
    const bad = { ...row, BanTinId: '', ThoiLuong: 'dài' }
    const half = { ...row, BanTinId: '3', TieuDe: 'một nửa \ud800' }
    const late = { MaBaoCao: 'r', BanTinId: '1', ThoiGian: 'hôm qua', ThoiLuong: '1' }
    const read = readBridgeJson(JSON.stringify({ BanTin: [row, bad, row, half], TrangThai: [late] }))
    expect(read.content.bulletins.map(({ id }) => id)).toEqual(['1'])
    expect(read.problems).toMatchObject([
      { section: 'bulletins', row: 2, code: 'bridge.bad_row' },
      { section: 'bulletins', row: 3, code: 'bridge.double' },
      { section: 'bulletins', row: 4, code: 'bridge.bad_row', field: 'TieuDe' },
      { section: 'reports', row: 1, field: 'ThoiGian' },
    ])
  })

  test.each([
    ['{', 'bridge.not_json'],
    ['[]', 'bridge.no_package'],
    ['{"BanTin":[]}', 'bridge.no_package'],
    ['{"DinhDang":"khac","BanTin":[1]}', 'bridge.other_version'],
    ['{"PhienBan":"2","BanTin":[1]}', 'bridge.other_version'],
    [JSON.stringify({ BanTin: Array.from({ length: 20_001 }, () => 1) }), 'bridge.too_many_rows'],
  ])('is refused as a whole where nothing can be read: %#', (json, code) => {
    expect(() => readBridgeJson(json)).toThrow(expect.objectContaining({ code }))
  })

  test('in other bytes than UTF-8 is refused, and a ZIP without a package, too', () => {
    expect(() => bridgeFile.unpack(Buffer.from('{"BanTin":"é"}', 'latin1'))).toThrow(
      expect.objectContaining({ code: 'bridge.not_utf8' }),
    )
    expect(() => bridgeFile.unpack(zipSync({ 'a.txt': strToU8('a') }))).toThrow(
      expect.objectContaining({ code: 'bridge.no_package' }),
    )
  })

  test('with a recording whose bytes are others, or no sound, is as if it had none', () => {
    const claimed = { ...row, Loa: { Sha256: SHA256, Bytes: '13', NgonNgu: 'vi', TepAmThanh: '../../etc/passwd' } }
    const json = strToU8(JSON.stringify({ BanTin: [claimed] }))
    const lied = zipSync({ 'goi.json': json, [soundPath(SHA256)]: strToU8('không phải') })
    expect(bridgeFile.unpack(lied).sounds.size).toBe(0)
    const text = strToU8('<script>')
    const other = createHash('sha256').update(text).digest('hex')
    const script = { ...row, Loa: { Sha256: other, Bytes: '8', NgonNgu: 'vi' } }
    const file = zipSync({ 'goi.json': strToU8(JSON.stringify({ BanTin: [script] })), [soundPath(other)]: text })
    expect(bridgeFile.unpack(file).sounds.size).toBe(0)
    expect(bridgeFile.unpack(zipSync({ 'goi.json': json, [soundPath(SHA256)]: SOUND })).sounds.size).toBe(1)
  })
})
