import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { FIELD_SECTIONS, FIELDS, FieldNames, type BridgePackage, type SourceBulletin } from '../../core/bridge/index.ts'
import { bridgeFile } from './package-file.ts'
import { readBridgeJson } from './read-json.ts'
import { soundPath } from './wire-names.ts'
import { writeBridgeJson } from './write-json.ts'

const SOUND = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 1, 2, 3])
const SHA256 = createHash('sha256').update(SOUND).digest('hex')

const KNOWN = new FieldNames([])

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
const moment = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
const second = moment.map((at) => new Date(Math.floor(at.getTime() / 1_000) * 1_000))
const unmarked = named.map((text) => text.replaceAll(';', ''))
const degrees = (most: number) => fc.option(fc.double({ min: -most, max: most, noNaN: true }).map((n) => n + 0))

const bulletin: fc.Arbitrary<SourceBulletin> = fc.record({
  id: named,
  title: named,
  ...{ field: line, kind: line, urgency: line, source: named, words: line, summary: line, from: line },
  ...{ seconds, createdBy: line, createdAt: line },
  reach: fc.array(unmarked, { maxLength: 3 }),
  author: fc.record({ name: line, userName: line, mail: line, penName: line }),
  sound: fc.option(fc.record({ sha256: fc.constant(SHA256), bytes: count, language: fc.constantFrom('vi', 'hmn') })),
})

const packages: fc.Arbitrary<BridgePackage> = fc
  .uniqueArray(bulletin, { selector: ({ id }) => id, minLength: 1, maxLength: 4 })
  .chain((bulletins) =>
    fc.record({
      source: line,
      madeAt: moment,
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
          at: moment,
        }),
        { maxLength: 2 },
      ),
      beats: fc.array(
        fc.record({
          ...{ device: named, name: line, version: line, at: moment },
          volume: fc.option(fc.integer({ min: 0, max: 100 })),
          faults: fc.array(unmarked, { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      showings: fc.array(
        fc.record({
          ...{ id: named, board: line, title: line, kind: line, words: line, media: line, seconds, on: fc.boolean() },
          ...{ madeAt: second, from: second, until: second },
        }),
        { maxLength: 2 },
      ),
    }),
  )

/** Other names for some fields, none of which stands for two; names of other fields among them. */
const otherNames = fc.array(fc.tuple(fc.nat(), fc.nat(3)), { maxLength: 20 }).map((picks) => {
  const all = FIELD_SECTIONS.flatMap((section) => FIELDS[section].map((field) => ({ section, field })))
  const changed = new Map(
    picks.map(([at, way]) => {
      const { section, field } = all[at % all.length]!
      return [
        `${section} ${field}`,
        { section, field, name: [`${field} khác`, `${field}_2`, `ô ${field}`, `9${field}`][way]! },
      ]
    }),
  )
  // Two that stand in one object change places.
  for (const [field, name] of [
    ['TieuDe', 'NoiDung'],
    ['NoiDung', 'TieuDe'],
  ] as const) {
    changed.set(`bulletin ${field}`, { section: 'bulletin', field, name })
  }
  return new FieldNames([...changed.values()])
})

/** With a row in every list, down to a play and a sound. */
function isFull(given: BridgePackage): boolean {
  const lists = [given.devices, given.figures, given.reports, given.beats, given.showings]
  return (
    lists.every((list) => list.length > 0) &&
    given.bulletins.some(({ sound }) => sound !== null) &&
    given.days.some(({ slots }) => slots.some(({ plays }) => plays.length > 0))
  )
}

describe('a package', () => {
  test('read back is the very same, letter by letter', () => {
    fc.assert(
      fc.property(packages, (given) => {
        expect(readBridgeJson(writeBridgeJson(given, KNOWN), KNOWN)).toEqual({ content: given, problems: [] })
      }),
      { numRuns: 200 },
    )
  })

  test('under other names is read by them, also where two have changed places; by known ones it is not the same', () => {
    fc.assert(
      fc.property(packages, otherNames, (given, names) => {
        const json = writeBridgeJson(given, names)
        expect(readBridgeJson(json, names)).toEqual({ content: given, problems: [] })
        const [first] = given.bulletins
        expect(
          (JSON.parse(json) as Record<string, Record<string, string>[]>)[names.nameOf('package', 'BanTin')]?.[0],
        ).toMatchObject({
          NoiDung: first!.title,
          TieuDe: first!.words,
        })
      }),
      { numRuns: 100 },
    )
  })

  test('with every field renamed bears no known name any more', () => {
    const names = new FieldNames(
      FIELD_SECTIONS.flatMap((section) =>
        FIELDS[section].map((field) => ({ section, field, name: `x_${section}_${field}` })),
      ),
    )
    const [given] = fc.sample(packages.filter(isFull), { numRuns: 1, seed: 7 })
    const keys = new Set<string>()
    JSON.parse(writeBridgeJson(given!, names), (key: string, value: unknown) => {
      if (!/^\d*$/.test(key)) keys.add(key)
      return value
    })
    expect([...keys].filter((key) => !key.startsWith('x_')).sort()).toEqual(['DinhDang', 'PhienBan'])
    expect([...keys].filter((key) => key.startsWith('x_'))).toHaveLength(
      FIELD_SECTIONS.flatMap((section) => FIELDS[section]).length,
    )
  })

  test('as a file brings its recordings, and the same bytes whenever it is packed', () => {
    fc.assert(
      fc.property(packages, (given) => {
        const sounds = new Map(given.bulletins.some(({ sound }) => sound) ? [[SHA256, SOUND]] : [])
        const file = bridgeFile.pack(given, sounds, KNOWN)
        const read = bridgeFile.unpack(file, KNOWN)
        expect(read.content).toEqual(given)
        expect([...read.sounds.keys()]).toEqual([...sounds.keys()])
        expect(bridgeFile.pack(given, sounds, KNOWN)).toEqual(file)
      }),
      { numRuns: 30 },
    )
  })

  test('with letters taken apart comes in composed', () => {
    const json = JSON.stringify({ BanTin: [{ BanTinId: '7', TieuDe: 'Cảnh giác'.normalize('NFD') }] })
    const [first] = readBridgeJson(json, KNOWN).content.bulletins
    expect(first).toMatchObject({ id: '7', title: 'Cảnh giác'.normalize('NFC') })
  })
})

describe('what another system sends', () => {
  const row = { BanTinId: '1', TieuDe: 'Một', MucDoUuTien: 2, VungPhatThietBi: '02683;02686' }

  test('is taken with numbers for text, a mark of byte order and fields nobody knows', () => {
    const read = readBridgeJson(`\uFEFF${JSON.stringify({ BanTin: [{ ...row, Khac: 1 }], Them: {} })}`, KNOWN)
    expect(read.problems).toEqual([])
    expect(read.content.bulletins).toMatchObject([{ urgency: '2', reach: ['02683', '02686'], sound: null }])
  })

  test('row by row: a bad one is named and costs the others nothing', () => {
    const bad = { ...row, BanTinId: '', ThoiLuong: 'dài' }
    const half = { ...row, BanTinId: '3', TieuDe: 'một nửa \ud800' }
    const late = { MaBaoCao: 'r', BanTinId: '1', ThoiGian: 'hôm qua', ThoiLuong: '1' }
    const read = readBridgeJson(JSON.stringify({ BanTin: [row, bad, row, half], TrangThai: [late] }), KNOWN)
    expect(read.content.bulletins.map(({ id }) => id)).toEqual(['1'])
    expect(read.problems).toMatchObject([
      { section: 'bulletins', row: 2, code: 'bridge.bad_row' },
      { section: 'bulletins', row: 3, code: 'bridge.double' },
      { section: 'bulletins', row: 4, code: 'bridge.bad_row', field: 'TieuDe' },
      { section: 'reports', row: 1, field: 'ThoiGian' },
    ])
    const other = new FieldNames([{ section: 'author', field: 'Email', name: 'thu' }])
    const wrong = { ...row, TacGia: { thu: { khong: 'phai' } } }
    expect(readBridgeJson(JSON.stringify({ BanTin: [wrong] }), other).problems).toMatchObject([{ field: 'TacGia.thu' }])
  })

  test.each([
    ['{', 'bridge.not_json'],
    ['[]', 'bridge.no_package'],
    ['{"BanTin":[]}', 'bridge.no_package'],
    ['{"DinhDang":"khac","BanTin":[1]}', 'bridge.other_version'],
    ['{"PhienBan":"2","BanTin":[1]}', 'bridge.other_version'],
    [JSON.stringify({ BanTin: Array.from({ length: 20_001 }, () => 1) }), 'bridge.too_many_rows'],
  ])('is refused as a whole where nothing can be read: %#', (json, code) => {
    expect(() => readBridgeJson(json, KNOWN)).toThrow(expect.objectContaining({ code }))
  })

  test('in other bytes than UTF-8 is refused, and a ZIP without a package, too', () => {
    expect(() => bridgeFile.unpack(Buffer.from('{"BanTin":"é"}', 'latin1'), KNOWN)).toThrow(
      expect.objectContaining({ code: 'bridge.not_utf8' }),
    )
    expect(() => bridgeFile.unpack(zipSync({ 'a.txt': strToU8('a') }), KNOWN)).toThrow(
      expect.objectContaining({ code: 'bridge.no_package' }),
    )
  })

  test('with a recording whose bytes are others, or no sound, is as if it had none', () => {
    const claimed = { ...row, Loa: { Sha256: SHA256, Bytes: '13', NgonNgu: 'vi', TepAmThanh: '../../etc/passwd' } }
    const json = strToU8(JSON.stringify({ BanTin: [claimed] }))
    const lied = zipSync({ 'goi.json': json, [soundPath(SHA256)]: strToU8('không phải') })
    expect(bridgeFile.unpack(lied, KNOWN).sounds.size).toBe(0)
    const text = strToU8('<script>')
    const other = createHash('sha256').update(text).digest('hex')
    const script = { ...row, Loa: { Sha256: other, Bytes: '8', NgonNgu: 'vi' } }
    const file = zipSync({ 'goi.json': strToU8(JSON.stringify({ BanTin: [script] })), [soundPath(other)]: text })
    expect(bridgeFile.unpack(file, KNOWN).sounds.size).toBe(0)
    expect(bridgeFile.unpack(zipSync({ 'goi.json': json, [soundPath(SHA256)]: SOUND }), KNOWN).sounds.size).toBe(1)
  })
})
