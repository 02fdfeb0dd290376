import { dayAt, type Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { sheetMaker, type SheetRow, type SheetRows, type TaskSheet } from '#core/release/index.ts'
import type { Words } from '#app/wording/words.ts'
import { momentWords } from '#web/lib/date-words.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'

interface Where {
  readonly w: Words
  /** As people reach this office, `https://loa.example.vn`: what the code on a sheet leads to. */
  readonly origin: string
}

/** The sheets of these rows as one PDF, in the words of the office. */
export async function sheetsPdf(ctx: Ctx, found: SheetRows, { w, origin }: Where): Promise<Uint8Array> {
  const bodies = await organisationsWhere(
    ctx.db,
    found.rows.map(({ row }) => row.organisationId),
  )
  const names = new Map(bodies.map(({ id, name }) => [id, name]))
  const sheets = found.rows.map((one) => sheetOf(found, one, names.get(one.row.organisationId) ?? '', { w, origin }))
  const madeOn = dayAt(found.release.releasedAt ?? found.release.proposedAt)
  return sheetMaker().pdf({ title: w('sheet_title', { title: found.title }), madeOn, sheets })
}

function sheetOf(
  found: SheetRows,
  { row, outlet, renditions }: SheetRow,
  body: string,
  { w, origin }: Where,
): TaskSheet {
  const { release, title, hotlines } = found
  const isRecall = release.kind === 'recall'
  const facts: (readonly [string, string])[] = [
    [w('sheet_where'), [outlet.name, outlet.address].filter(Boolean).join(' – ')],
    [w('sheet_place'), row.place],
    [w('sheet_body'), body],
    [w('sheet_when'), whenWords(row.dueAt, row.expiresAt, w)],
    [w('sheet_what'), release.words],
  ]
  return {
    kicker: w(isRecall ? 'sheet_kicker_recall' : 'sheet_kicker', { channel: w(`channel_${row.channel}`) }),
    title,
    facts: facts.filter(([, words]) => words !== ''),
    texts: isRecall ? [] : renditions.flatMap((rendition) => textsOf(rendition, w)),
    hotlines: isRecall ? [] : hotlines,
    ticks: [w('sheet_tick_done'), w('sheet_tick_proof')],
    signHere: w('sheet_sign_here'),
    address: `${origin}${row.taskId ? paths.proofShort(row.taskId) : paths.delivery(row.releaseId, row.id)}`,
    addressWords: w('sheet_address'),
  }
}

function whenWords(from: Date, to: Date | null, w: Words): string {
  if (!to) return w('sheet_from', { from: momentWords(from) })
  return w('sheet_from_to', { from: momentWords(from), to: momentWords(to) })
}

/** The words of one language, field by field; whom to call stands large beneath, once. */
function textsOf({ language, fields }: SheetRow['renditions'][number], w: Words): TaskSheet['texts'] {
  const name = languageWords(w, language)
  return Object.entries(fields)
    .filter(([field, words]) => field !== 'hotline' && words.trim() !== '')
    .map(([field, words]) => ({ heading: w('sheet_text', { field: w(`field_${field}`), language: name }), words }))
}
