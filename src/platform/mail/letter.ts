import { createHash } from 'node:crypto'
import { encode, wrap } from 'nodemailer/lib/qp'
import { signMail, type DkimKey, type Header } from './dkim.ts'
import { displayName, encodedWords } from './encoded-words.ts'

export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** What all readers of one letter get alike. */
export interface Sheet {
  readonly from: Mailbox
  readonly subject: string
  /** BCP 47 of the words. */
  readonly language: string
  /** The words twice: plain, and as HTML. A line that holds a mark, as `{{leave}}`, is filled in for each reader. */
  readonly text: string
  readonly html: string
  /** More fields for all, as `List-Id`; ASCII. */
  readonly headers?: readonly Header[]
}

/** What is one reader's alone. */
export interface Reader {
  readonly to: string
  /** Without angle brackets. */
  readonly messageId: string
  readonly date: Date
  /** More fields for this reader, as `List-Unsubscribe`; ASCII. */
  readonly headers?: readonly Header[]
  /** What stands in the place of each mark; ASCII. */
  readonly marks?: Readonly<Record<string, string>>
}

/** A letter that is written once and filled in for each reader. */
export interface Letter {
  write(reader: Reader, key: DkimKey | null): Promise<Buffer>
}

/**
 * Prepares a letter (RFC 5322, 2046): both forms of the words in quoted-printable, so that no letter of Vietnamese is
 * lost on any way; nothing is fetched from elsewhere by who opens it.
 */
export function prepareLetter(sheet: Sheet): Letter {
  const boundary = `loa-${createHash('sha256').update(sheet.text).update(sheet.html).digest('hex').slice(0, 32)}`
  const fill = piecesOf(sheet, boundary)
  const shared: readonly Header[] = [
    ['From', addressField(sheet.from)],
    ['Subject', encodedWords(sheet.subject)],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative;\r\n boundary="${boundary}"`],
    ['Content-Language', sheet.language],
    ['Auto-Submitted', 'auto-generated'], // RFC 3834 section 5: no machine is to answer
    ...(sheet.headers ?? []),
  ]
  return {
    async write({ to, messageId, date, headers = [], marks = {} }, key) {
      const body = fill(marks)
      const own: Header[] = [
        ...shared,
        ['To', to],
        ['Date', date.toUTCString().replace('GMT', '+0000')],
        ['Message-ID', `<${messageId}>`],
        ...headers,
      ]
      const all = key ? [await signMail(key, own, body), ...own] : own
      const head = all.map(([name, value]) => `${name}: ${value}`).join('\r\n')
      // An address may hold letters beyond ASCII where the relay speaks SMTPUTF8 (RFC 6531); all the rest is ASCII.
      return Buffer.from(`${head}\r\n\r\n${body}`, 'utf8')
    },
  }
}

const MARK = /\{\{(\w+)\}\}/g

/** Lines without a mark are encoded once; the others when their reader is known. */
function piecesOf({ text, html }: Sheet, boundary: string): (marks: Readonly<Record<string, string>>) => string {
  const pieces = [
    ...partOf('text/plain', text, boundary),
    ...partOf('text/html', html, boundary),
    { encoded: `--${boundary}--\r\n` },
  ]
  return (marks) =>
    pieces
      .map((piece) =>
        'encoded' in piece ? piece.encoded : lines(piece.line.replace(MARK, (_, name: string) => marks[name] ?? '')),
      )
      .join('')
}

type Piece = { readonly encoded: string } | { readonly line: string }

function partOf(type: string, words: string, boundary: string): Piece[] {
  const head = `--${boundary}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`
  const pieces: Piece[] = [{ encoded: head }]
  let plain: string[] = []
  const flush = () => {
    if (plain.length > 0) pieces.push({ encoded: lines(plain.join('\n')) })
    plain = []
  }
  for (const line of words.normalize('NFC').split('\n')) {
    if (line.search(MARK) === -1) plain.push(line)
    else {
      flush()
      pieces.push({ line })
    }
  }
  flush()
  return pieces
}

function lines(words: string): string {
  return `${wrap(encode(words.replaceAll('\n', '\r\n')))}\r\n`
}

function addressField({ name, address }: Mailbox): string {
  return name === '' ? address : `${displayName(name)}\r\n <${address}>`
}
