import { registerOf, symbolOf, twoDigits } from '../core/document/index.ts'
import type { Db } from '../core/kernel/index.ts'
import { writeSheet, type SheetFormat } from '../platform/sheets/sheet.ts'
import type { Words } from './wording/words.ts'

const PER_ROUND = 500
const COLUMNS = ['number', 'day', 'type', 'subject', 'signer', 'receivers', 'state'] as const

/** The register of a body, type and year as a table: what a clerk prints and binds (decree 30/2020, annex IV). */
export async function writeDocumentRegister(
  db: Db,
  w: Words,
  register: Parameters<typeof registerOf>[1],
  format: SheetFormat,
): Promise<Uint8Array> {
  const rows: string[][] = [COLUMNS.map((column) => w(`register_${column}`))]
  let after = 0
  for (;;) {
    const found = await registerOf(db, register, after, PER_ROUND)
    rows.push(...found.map((document) => rowOf(w, document)))
    after = found.at(-1)?.number ?? after
    if (found.length < PER_ROUND) return writeSheet(rows, format)
  }
}

function rowOf(
  w: Words,
  { type, number, issuedOn, content, letterhead, state }: Awaited<ReturnType<typeof registerOf>>[number],
) {
  return [
    `${twoDigits(number ?? 0)}/${symbolOf(type, letterhead?.abbreviation ?? '', content.unit)}`,
    issuedOn?.split('-').reverse().join('/') ?? '',
    w(`document_type_${type}`),
    content.subject,
    content.signature.name,
    [...content.addressees, ...content.receivers].join('; '),
    w(`document_state_${state}`),
  ]
}
