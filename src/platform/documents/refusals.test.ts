import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../core/kernel/refusal.ts'
import { type DocumentLimits, readDocument } from './index.ts'
import { buildDoc } from './doc.build.ts'
import { DOCUMENT_LIMITS } from './limits.ts'
import { buildPdf } from './pdf/pdf.build.ts'
import { readBytes } from './read-bytes.ts'
import { buildDocx, buildZip } from './zip.build.ts'

const refusalOf = async (bytes: Uint8Array, limits: Partial<DocumentLimits> = {}): Promise<string> => {
  const answer = await readDocument(bytes, 'ke-hoach.docx', { limits }).catch((error: unknown) => error)
  return answer instanceof Refusal ? answer.code : `no refusal: ${JSON.stringify(answer)}`
}
const page = { lines: [{ text: 'Kế hoạch', x: 60, y: 700 }] }
const paragraph = '<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>'
const compound = (name: string, fib = ''): Buffer =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex').subarray(0),
    Buffer.alloc(504),
    Buffer.from(fib, 'hex'),
    Buffer.alloc(512 - fib.length / 2),
    Buffer.from(name, 'utf16le'),
  ])

/** An old Word file whose words lie in sectors that lead round: the fourth of its table names the third. */
function leadingRound(): Buffer {
  const file = buildDoc('Kế hoạch')
  file.writeInt32LE(2, 512 + 3 * 4)
  return file
}

test.each<[string, Uint8Array, string, Partial<DocumentLimits>?]>([
  ['an empty file', new Uint8Array(), 'document.empty'],
  ['a file of spaces', Buffer.from(' \n\n '), 'document.empty'],
  ['a Word file without words', buildDocx('<w:document/>'), 'document.empty'],
  ['a program', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0'), 'document.unknown_type'],
  [
    'a spreadsheet',
    buildZip([{ name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') }]),
    'document.unknown_type',
  ],
  ['another compound file', compound('Workbook'), 'document.unknown_type'],
  ['a Word file under a password', compound('EncryptedPackage'), 'document.encrypted'],
  ['an old Word file under a password', compound('WordDocument', 'eca5c1000000000000000001'), 'document.encrypted'],
  [
    'a ZIP file under a password',
    buildZip([{ name: 'word/document.xml', bytes: Buffer.from('x'), encrypted: true }]),
    'document.encrypted',
  ],
  [
    'a PDF under a password',
    buildPdf([page], {
      trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}> >> /ID [<00><00>]`,
    }),
    'document.encrypted',
  ],
  ['half a Word file', buildDocx(paragraph.repeat(500)).subarray(0, 300), 'document.broken'],
  ['an old Word file that leads round for ever', leadingRound(), 'document.broken'],
  ['a PDF of nothing but a head', Buffer.from('%PDF-1.7\nrubbish'), 'document.broken'],
  ['a picture cut off', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'document.broken'],
  ['a bomb that says so', buildDocx(Buffer.alloc(30_000_000)), 'document.bomb'],
  ['a bomb that lies', buildDocx(Buffer.alloc(30_000_000), 1000), 'document.bomb'],
  [
    'many parts too large together',
    buildDocx(Buffer.from(paragraph.repeat(500))),
    'document.bomb',
    { unfoldedBytes: 10_000 },
  ],
  ['a Word file nested without end', buildDocx('<w:tbl>'.repeat(100_000)), 'document.bomb'],
  ['a large file', Buffer.alloc(2000, 'a'), 'document.too_large', { fileBytes: 1000 }],
  ['a long PDF', buildPdf([page, page, page]), 'document.too_many_pages', { textPages: 2 }],
  ['a slow file', buildPdf(Array.from({ length: 60 }, () => page)), 'document.took_too_long', { totalMs: 5 }],
])('%s is refused', async (_, bytes, code, limits) => {
  expect(await refusalOf(bytes, limits)).toBe(code)
})

test('an aborted reading rejects with the reason given', async () => {
  await expect(
    readDocument(Buffer.from('chữ'), 'a.txt', { signal: AbortSignal.abort(new Error('called off')) }),
  ).rejects.toThrow('called off')
})

test('damaged and random files give a text or a refusal, and nothing else', { timeout: 120_000 }, async () => {
  const seeds = [
    buildPdf([page, page]),
    buildDocx(
      `<w:document><w:body>${paragraph}<w:tbl><w:tr><w:tc>${paragraph}</w:tc></w:tr></w:tbl></w:body></w:document>`,
    ),
    Buffer.from('<html><body><table><tr><td>Kế hoạch<td>b</table><ol><li>x</ol></body></html>'),
    compound('WordDocument', 'eca5c100'),
    buildDoc('Kế hoạch'),
  ]
  const damaged = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
      fc.option(fc.nat(), { freq: 3 }),
    )
    .map(([seed, changes, cut]) => {
      const bytes = Buffer.from(seed)
      for (const [at, value] of changes) bytes[at % bytes.length] = value
      return bytes.subarray(0, cut === null ? bytes.length : cut % bytes.length)
    })
  const files = fc.oneof(
    { weight: 4, arbitrary: damaged },
    fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  )
  await fc.assert(
    fc.asyncProperty(files, async (bytes) => {
      const answer = await readBytes(bytes, DOCUMENT_LIMITS, () => undefined).catch((error: unknown) => error)
      if (answer instanceof Error) expect(answer).toBeInstanceOf(Refusal)
      else expect(answer).toHaveProperty('text')
    }),
    { numRuns: 300 },
  )
})

test.each(['vi', 'en'])('every refusal has words in %s', (language) => {
  const words = JSON.parse(
    readFileSync(join(import.meta.dirname, `../../../wording/${language}/document.json`), 'utf8'),
  ) as Record<string, string>
  const codes = ['bomb', 'broken', 'empty', 'encrypted', 'too_large', 'too_many_pages', 'took_too_long', 'unknown_type']
  expect(Object.keys(words).toSorted(), 'Add the missing refusal_document_… to wording/').toEqual(
    codes.map((code) => `refusal_document_${code}`).toSorted(),
  )
})
