import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readDocument } from '../index.ts'
import { mendLegacy } from './mend-legacy.ts'
import { isSyllable } from './syllable.ts'
import { fromTcvn3 } from './tcvn3.ts'
import { fromVni } from './vni.ts'
import { toMarked, toTcvn3, toVni } from './legacy.build.ts'

const TEXT = `Kế hoạch tuyên truyền về phòng, chống mua bán người năm 2023
a) Nâng cao nhận thức của cán bộ, đảng viên và Nhân dân trên địa bàn tỉnh Lào Cai.
b) Phát huy vai trò của hệ thống truyền thanh cơ sở ở từng thôn, bản; kịp thời, hiệu quả.
- Treo băng rôn, áp phích tại trụ sở; phổ biến những quy định mới, tỉ mỉ, dễ hiểu, kỹ lưỡng.`
const read = async (bytes: Uint8Array): Promise<{ text: string; encoding: string | null }> =>
  readDocument(bytes, 'a.txt')

test.each(['utf-8', 'utf-16le', 'utf-16be'])('plain text in %s, with its mark and without', async (encoding) => {
  for (const addBOM of [true, false])
    expect(await read(iconv.encode(TEXT, encoding, { addBOM }))).toMatchObject({ text: TEXT, encoding })
})

test('NFD becomes NFC, line ends become LF', async () => {
  expect((await read(Buffer.from(TEXT.normalize('NFD').replaceAll('\n', '\r\n')))).text).toBe(TEXT)
})

test('TCVN3, VNI and windows-1258 bytes are recognised', async () => {
  expect(await read(iconv.encode(toTcvn3(TEXT), 'windows-1252'))).toMatchObject({ text: TEXT, encoding: 'tcvn3' })
  expect(await read(iconv.encode(toVni(TEXT), 'windows-1252'))).toMatchObject({ text: TEXT, encoding: 'vni' })
  expect(await read(iconv.encode(toMarked(TEXT), 'windows-1258'))).toMatchObject({
    text: TEXT,
    encoding: 'windows-1258',
  })
})

test('legacy letters saved as UTF-8 are recognised, and lines in Unicode beside them stay', () => {
  const mixed = `${toTcvn3(TEXT)}\nđường dây nóng tư vấn`
  expect(mendLegacy(mixed)).toEqual({ text: `${TEXT}\nđường dây nóng tư vấn`, encoding: 'tcvn3' })
  for (const text of [TEXT, 'Résumé: café déjà vu, élève, garçon, naïve', 'plain text only'])
    expect(mendLegacy(text)).toEqual({ text, encoding: null })
})

test('capitals drawn by a capital font come back as capitals', () => {
  expect(fromTcvn3('CéNG HOµ X· HéI')).toBe('CỘNG HOÀ XÃ HỘI')
})

test('every Vietnamese letter survives VNI, every small one TCVN3', () => {
  const small = [...'aăâeêioôơuưy'].flatMap((vowel) =>
    ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (vowel + tone).normalize('NFC')),
  )
  const letters = fc
    .array(fc.constantFrom(...small, ...'đbcdghklmnpqrstvx'), { maxLength: 20 })
    .map((word) => word.join(' '))
  fc.assert(
    fc.property(letters, (word) => {
      expect(fromTcvn3(toTcvn3(word))).toBe(word)
      expect(fromVni(toVni(word))).toBe(word)
      expect(fromVni(toVni(word.toUpperCase()))).toBe(word.toUpperCase())
    }),
  )
})

test.each(['nghiêng', 'Quyết', 'thuỷ', 'thúy', 'khuỷu', 'ƯỚC', 'giữa', 'khuya', 'uống', 'y', 'xoong'])(
  '%s is a syllable',
  (word) => expect(isSyllable(word)).toBe(true),
)
test.each(['phế1', 'xkậy', 'DUNGG', 'café', 'là̀', 'brôn'])('%s is none', (word) => expect(isSyllable(word)).toBe(false))
