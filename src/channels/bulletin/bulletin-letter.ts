import type { RenditionText } from '../../core/channel/index.ts'
import { escaped, unmarked } from './escaped.ts'
import type { Say } from './mail-settings.ts'

export interface Hotline {
  readonly name: string
  readonly number: string
}

/** What a reader of the bulletin sees, before it is a letter. */
export interface BulletinWords {
  /** BCP 47 of the words. */
  readonly language: string
  readonly fields: RenditionText
  readonly kind: 'news' | 'correction' | 'recall'
  readonly hotlines: readonly Hotline[]
  /** The name of the list; null where the outlet is one reader. */
  readonly list: string | null
  /** The issue on the portal; null where it is not for all to read. */
  readonly issue: { readonly number: number; readonly address: string } | null
}

/** The subject and both forms of the words; the link to leave stands as the mark `{{leave}}`. */
export function writeBulletin(words: BulletinWords, say: Say): { subject: string; text: string; html: string } {
  const title = words.fields['title'] ?? ''
  const subject = words.kind === 'news' ? title : say(`bulletin_subject_${words.kind}`, { title })
  const note = words.kind === 'news' ? null : say(`bulletin_note_${words.kind}`, { title })
  // What is taken back is not said once more.
  const body = words.kind === 'recall' ? '' : (words.fields['body'] ?? '')
  return { subject, text: plain(words, note, title, body, say), html: page(words, note, title, body, say, subject) }
}

function plain(words: BulletinWords, note: string | null, title: string, body: string, say: Say): string {
  const foot = [
    words.issue && `${say('bulletin_issue', { number: words.issue.number })}\n${unmarked(words.issue.address)}`,
    words.list && say('bulletin_why', { list: words.list }),
  ].filter((line) => line !== null)
  return [
    words.hotlines.map(({ name, number }) => `${name}: ${number}`).join('\n'),
    note,
    words.kind === 'recall' ? '' : title.toLocaleUpperCase('vi'),
    body,
    '-- ',
    ...foot,
  ]
    .filter((part) => part !== null && part !== '')
    .map((part) => unmarked(String(part)))
    .concat(words.list === null ? [] : [`${say('bulletin_leave')}\n{{leave}}`])
    .join('\n\n')
}

const CALL = 'font-size:20px;font-weight:bold;color:#8f1713'
const PAGE =
  'font-family:sans-serif;font-size:17px;line-height:1.55;color:#14232b;background:#fbfaf7;margin:0;padding:16px'

/** Readable by ear and without pictures; nothing is fetched from anywhere, so that nobody learns who has opened it. */
function page(
  words: BulletinWords,
  note: string | null,
  title: string,
  body: string,
  say: Say,
  subject: string,
): string {
  const calls = words.hotlines.map(
    ({ name, number }) =>
      `<p><a style="${CALL}" href="tel:${escaped(number.replace(/[^\d+]/g, ''))}">${escaped(number)}</a> ${escaped(name)}</p>`,
  )
  const { issue, list } = words
  return [
    '<!doctype html>',
    `<html lang="${escaped(words.language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title>`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>',
    `<body style="${PAGE}">`,
    '<div style="max-width:640px;margin:0 auto">',
    ...calls,
    note === null
      ? ''
      : `<p style="border-left:4px solid #a86a00;padding-left:12px"><strong>${escaped(note)}</strong></p>`,
    words.kind === 'recall' ? '' : `<h1 style="font-size:26px;line-height:1.25">${escaped(title)}</h1>`,
    ...blocksOf(body),
    '<hr style="border:0;border-top:1px solid #ccc">',
    issue === null
      ? ''
      : `<p><a style="color:#0f5c53" href="${escaped(issue.address)}">${escaped(say('bulletin_issue', { number: issue.number }))}</a></p>`,
    list === null ? '' : `<p>${escaped(say('bulletin_why', { list }))}</p>`,
    list === null
      ? ''
      : `<p><a style="color:#0f5c53"\nhref="{{leave}}"\n>${escaped(say('bulletin_leave_link'))}</a></p>`,
    '</div></body></html>',
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** Paragraphs, and lists of lines that begin with a dash. */
function blocksOf(body: string): string[] {
  const parts = body
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const blocks: string[] = []
  let items: string[] = []
  const flush = () => {
    if (items.length > 0) blocks.push('<ul>', ...items.map((item) => `<li>${escaped(item)}</li>`), '</ul>')
    items = []
  }
  for (const part of parts) {
    const lines = part.split('\n')
    if (lines.every((line) => line.startsWith('- '))) items.push(...lines.map((line) => line.slice(2)))
    else {
      flush()
      blocks.push(`<p>${lines.map(escaped).join('<br>\n')}</p>`)
    }
  }
  flush()
  return blocks
}
