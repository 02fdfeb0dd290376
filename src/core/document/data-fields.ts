import type { Ctx } from '../kernel/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { paperOf } from './document-file.ts'
import type { OfficialDocument } from './document.ts'
import { symbolOf, twoDigits } from './head-words.ts'
import { DOCUMENT_TYPES } from './paper.ts'

/** Lengths at most, by decree 30/2020, annex VI, part II, table I. */
const MOST = { subject: 500, organName: 200, codeNumber: 11, codeNotation: 30, position: 100, fullName: 50 } as const
/** Priority as a digit; the annex names the field and its length, not its values, so that these are ours. */
const PRIORITY = { none: 0, urgent: 1, very_urgent: 2, express: 3 } as const

/**
 * The data of an outgoing document by the field names of annex VI, for the document system of an office. What Loa does
 * not know (code of the file, its place in it, pages) is left out, never guessed.
 */
export async function dataFields(ctx: Ctx, document: OfficialDocument) {
  const paper = await paperOf(ctx, document)
  const [body] = await organisationsWhere(ctx.db, [document.organisationId])
  const [numberElsewhere, ...symbolElsewhere] = document.numberElsewhere?.split('/') ?? []
  const { authority, position, name } = paper.signature
  const { name: typeName } = DOCUMENT_TYPES[document.type]
  return {
    TypeName: typeName,
    CodeNumber: cut(numberElsewhere ?? (document.number === null ? '' : twoDigits(document.number)), MOST.codeNumber),
    CodeNotation: cut(
      numberElsewhere === undefined
        ? symbolOf(document.type, paper.abbreviation, paper.unit)
        : symbolElsewhere.join('/'),
      MOST.codeNotation,
    ),
    IssuedDate: document.issuedOn ?? '',
    OrganName: cut(body?.name ?? paper.issuer, MOST.organName),
    Subject: cut(paper.subject, MOST.subject),
    Language: 'Tiếng Việt',
    SignerInfo: {
      Position: cut(
        [...authority.map(({ prefix, of }) => `${prefix} ${of}`), position].filter(Boolean).join(' '),
        MOST.position,
      ),
      FullName: cut(name, MOST.fullName),
    },
    To: [...paper.addressees, ...paper.receivers].map((OrganName) => ({ OrganName: cut(OrganName, MOST.organName) })),
    Priority: PRIORITY[paper.urgency ?? 'none'],
    DueDate: paper.dueOn ?? '',
  }
}

type Field = string | number | { readonly [name: string]: Field } | readonly Field[]

/**
 * The same fields as XML, each an element of its name, several of one name one after another. Annex VI names the fields
 * and no schema, so that the root is ours.
 */
export function dataFieldsXml(fields: Awaited<ReturnType<typeof dataFields>>): string {
  const element = (name: string, value: Field): string => {
    if (Array.isArray(value)) return value.map((one: Field) => element(name, one)).join('')
    if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`
    const inner = Object.entries(value).map(([key, one]) => element(key, one))
    return `<${name}>${inner.join('')}</${name}>`
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('OutgoingDocument', fields)}\n`
}

/** Without what XML 1.0 §2.2 does not allow. */
function escaped(words: string): string {
  return words
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[<>&]/g, (letter) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[letter] ?? letter)
}

function cut(words: string, most: number): string {
  return words.slice(0, most)
}
