import { createPublicKey, createHash, generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { relaxedBody, type DkimKey } from './dkim.ts'
import { displayName, encodedWords } from './encoded-words.ts'
import { prepareLetter, type Reader, type Sheet } from './letter.ts'

const VOWELS = 'aăâeêioôơuưy'
const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const LETTERS = [...VOWELS].flatMap((letter) => TONES.map((tone) => (letter + tone).normalize('NFC'))).join('') + 'đĐ'
const SHEET: Sheet = {
  from: { name: 'Sở Văn hóa, Thể thao và Du lịch', address: 'ban-tin@loa.example' },
  subject: 'Cảnh giác “việc nhẹ, lương cao” khi có người lạ rủ đi làm xa, kẻo thành nạn nhân mua bán người',
  language: 'vi',
  text: `Gọi 111.\n\n${LETTERS}\n${LETTERS.toUpperCase()}\n.một dòng bắt đầu bằng dấu chấm\nNgừng nhận: {{leave}}`,
  html: `<p>${LETTERS}</p>\n<p><a href="{{leave}}">Ngừng nhận</a></p>`,
  headers: [['List-Id', 'Ban tin <ban-tin.loa.example>']],
}
const READER: Reader = {
  to: 'hoa@example.vn',
  messageId: '0198@loa.example',
  date: new Date('2026-07-01T01:00:00Z'),
  headers: [['List-Unsubscribe', '<https://loa.example/x>']],
  marks: { leave: `https://loa.example/cong/nhan-tin/${'a'.repeat(65)}` },
}

test('a letter is read back whole: subject, names, both forms, every letter of Vietnamese', async () => {
  const raw = await prepareLetter(SHEET).write(READER, null)
  expect(raw.every((byte) => byte < 128)).toBe(true)
  const longest = Math.max(
    ...raw
      .toString()
      .split('\r\n')
      .map((line) => line.length),
  )
  expect(longest).toBeLessThanOrEqual(78)
  const read = await simpleParser(raw)
  expect(read.subject).toBe(SHEET.subject)
  expect(read.from?.value).toEqual([SHEET.from])
  expect(read.text?.trimEnd()).toBe(SHEET.text.replace('{{leave}}', READER.marks?.['leave'] ?? ''))
  expect(String(read.html)).toContain(LETTERS)
  expect(String(read.html)).toContain(`href="${READER.marks?.['leave']}"`)
  expect([read.messageId, read.date, read.headers.get('auto-submitted')]).toEqual([
    '<0198@loa.example>',
    READER.date,
    'auto-generated',
  ])
})

test('whatever is written, a header cannot be forged and the words come back', async () => {
  const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(words, words, async (subject, text) => {
      fc.pre(!/[\uFFFD\p{C}]/u.test(subject + text.replace(/\n/g, '')) && !text.includes('{{'))
      const raw = await prepareLetter({ ...SHEET, subject: `${subject}\r\nBcc: x@y.vn`, text }).write(READER, null)
      const read = await simpleParser(raw)
      expect(read.bcc).toBeUndefined()
      expect(read.text?.replace(/\n$/, '')).toBe(text.normalize('NFC'))
    }),
    { numRuns: 200 },
  )
})

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY: DkimKey = { domain: 'loa.example', selector: 'loa1', key: privateKey }

test.each([
  ['Loa', 'Loa'],
  ['Loa, Lào Cai', '=?UTF-8?B?TG9hLCBMw6BvIENhaQ==?='],
  ['Loa, Lao Cai', '"Loa, Lao Cai"'],
  ['a "b" <c@d.vn>', '"a \\"b\\" <c@d.vn>"'],
  ['=?UTF-8?Q?x?=', '=?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?='],
])('the name %j is written as %j', (name, written) => {
  expect(displayName(name)).toBe(written)
})

test('long words are divided between words, in lines that fit, and read back', async () => {
  const long = fc.array(fc.constantFrom('Nghĩa', 'ưỡn', 'a', 'việc', 'nhẹ,', '“lương', 'cao”', 'ỡ'.repeat(30)), {
    minLength: 1,
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(long, async (words) => {
      const field = encodedWords(words.join(' '))
      for (const line of field.split('\r\n ')) expect(line.length).toBeLessThanOrEqual(72)
      expect((await simpleParser(`Subject: ${field}\r\n\r\n`)).subject).toBe(words.join(' '))
    }),
  )
})

test('its signature holds by a check of its own, and breaks with any change of what was signed', async () => {
  const raw = (await prepareLetter(SHEET).write(READER, KEY)).toString('latin1')
  expect(holds(raw)).toBe(true)
  expect(holds(raw.replace('hoa@example.vn', 'lan@example.vn'))).toBe(false)
  expect(holds(raw.replace('https://loa.example/x>', 'https://evil.example/x>'))).toBe(false)
  expect(holds(raw.replace('G=E1=BB=8Di', 'G=E1=BB=8Dj'))).toBe(false)
  // Blanks may be lost on the way: the relaxed form holds.
  expect(holds(raw.replace(/^To: /m, 'To:   '))).toBe(true)
})

test.each([
  ['', ''],
  ['\r\n\r\n', ''],
  ['a  b \t\r\n\r\n\r\n', 'a b\r\n'],
  [' a\r\n\r\nb', ' a\r\n\r\nb\r\n'],
])('the relaxed form of %j is %j', (body, relaxed) => {
  expect(relaxedBody(body)).toBe(relaxed)
})

/** RFC 6376 section 6, written anew from the bytes of the message. */
function holds(raw: string): boolean {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const fields = head.split(/\r\n(?![ \t])/)
  const signature = fields.find((field) => field.startsWith('DKIM-Signature:')) ?? ''
  const tag = (name: string) => new RegExp(`[;:\\s]${name}=([^;]*)`).exec(signature)?.[1]?.replace(/\s/g, '') ?? ''
  const canon = (field: string) => {
    const at = field.indexOf(':')
    return `${field.slice(0, at).toLowerCase().trim()}:${field
      .slice(at + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`
  }
  const lines = rest
    .join('\r\n\r\n')
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  const body = lines.map((line) => `${line}\r\n`).join('')
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tag('bh')) return false
  const signed = tag('h')
    .split(':')
    .map((name) => fields.find((field) => field.toLowerCase().startsWith(`${name}:`)) ?? '')
  const bare = canon(signature).replace(/(; ?b=).*$/, '$1')
  return verify(
    'sha256',
    Buffer.from([...signed.map(canon), bare].join('\r\n'), 'latin1'),
    createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
    Buffer.from(tag('b'), 'base64'),
  )
}
