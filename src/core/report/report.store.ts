import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { ReportFigure } from './report-figure.ts'
import type { Report } from './report.ts'
import type { ReportTemplate } from './template.ts'

const COLUMNS = [
  'id',
  'organisationId',
  'template',
  'kind',
  'subject',
  'campaignId',
  'scopeId',
  'dayFrom as from',
  'dayTo as to',
  'compareFrom',
  'compareTo',
  'acceptedFrom',
  'mapDay',
  'asOf',
  'text',
  'tables',
  'photos',
  'documentId',
  'requestId',
  'createdAt',
  'revision',
] as const

export async function insertReport(db: Db, report: Report, createdBy: Id<'person'> | null): Promise<void> {
  const { from, to, tables, photos, ...row } = report
  await db
    .insertInto('report')
    .values({
      ...row,
      dayFrom: from,
      dayTo: to,
      tables: JSON.stringify(tables),
      photos: JSON.stringify(photos),
      createdBy,
    })
    .execute()
}

export async function reportById(db: Db, id: Id<'report'>): Promise<Report | null> {
  const row = await db.selectFrom('report').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asReport(row) : null
}

/** The report, locked until the transaction ends. */
export async function lockReport(db: Db, id: Id<'report'>): Promise<Report | null> {
  const row = await db.selectFrom('report').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asReport(row) : null
}

/** The report made for a request, the newest where there are several. */
export async function reportOfRequest(db: Db, requestId: Id<'report_request'>): Promise<Report | null> {
  const row = await db
    .selectFrom('report')
    .select(COLUMNS)
    .where('requestId', '=', requestId)
    .orderBy('createdAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? asReport(row) : null
}

export type ReportChange = Partial<Pick<Report, 'subject' | 'text' | 'tables' | 'photos' | 'documentId' | 'asOf'>>

export async function updateReport(db: Db, id: Id<'report'>, change: ReportChange): Promise<void> {
  const { tables, photos, ...rest } = change
  await db
    .updateTable('report')
    .set({
      ...rest,
      ...(tables && { tables: JSON.stringify(tables) }),
      ...(photos && { photos: JSON.stringify(photos) }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .execute()
}

export interface ListedReport extends Pick<Report, 'id' | 'subject' | 'kind' | 'documentId' | 'createdAt'> {
  readonly from: Day
  readonly to: Day
  readonly body: string
  /** Of its document; null while there is none. */
  readonly documentState: string | null
}

/** The newest first; `before` is the last of the page before. */
export async function reportsBefore(
  db: Db,
  before: { readonly createdAt: Date; readonly id: string } | null,
  limit: number,
): Promise<ListedReport[]> {
  const rows = await db
    .selectFrom('report')
    .innerJoin('organisation', 'organisation.id', 'report.organisationId')
    .leftJoin('document', 'document.id', 'report.documentId')
    .select(['report.id', 'report.subject', 'report.kind', 'report.documentId', 'report.createdAt'])
    .select(['dayFrom as from', 'dayTo as to', 'organisation.name as body', 'document.state as documentState'])
    .$if(before !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('report.createdAt', 'report.id'), '<', eb.tuple(before!.createdAt, before!.id)),
      ),
    )
    .orderBy('report.createdAt', 'desc')
    .orderBy('report.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row as unknown as ListedReport) // ids and kinds as they were written
}

type KeptFigure = ReportFigure & { readonly question: unknown }

export async function insertFigures(db: Db, reportId: Id<'report'>, figures: readonly KeptFigure[]): Promise<void> {
  if (figures.length === 0) return
  const rows = figures.map(({ key, value, question, ...row }, ordinal) => ({
    ...row,
    reportId,
    ordinal,
    key: JSON.stringify(key),
    value: JSON.stringify(value),
    question: JSON.stringify(question),
  }))
  await db.insertInto('reportFigure').values(rows).execute()
}

/** In the order in which they were made. */
export async function figuresOf(db: Db, reportId: Id<'report'>): Promise<ReportFigure[]> {
  const rows = await db
    .selectFrom('reportFigure')
    .select(['code', 'key', 'unit', 'value', 'asOf'])
    .where('reportId', '=', reportId)
    .orderBy('ordinal')
    .execute()
  return rows.map((row) => row as unknown as ReportFigure) // as they were written
}

export async function updateFigure(
  db: Db,
  reportId: Id<'report'>,
  { code, value, asOf }: Pick<ReportFigure, 'code' | 'value' | 'asOf'>,
  question: unknown,
): Promise<void> {
  await db
    .updateTable('reportFigure')
    .set({ value: JSON.stringify(value), asOf, question: JSON.stringify(question) })
    .where('reportId', '=', reportId)
    .where('code', '=', code)
    .execute()
}

/** Those in use, in their order. */
export async function templates(db: Db, day: Day): Promise<ReportTemplate[]> {
  const rows = await db
    .selectFrom('reportTemplate')
    .select(['code', 'name', 'kind', 'content'])
    .where((eb) => eb.or([eb('endedOn', 'is', null), eb('endedOn', '>', day)]))
    .orderBy('ordinal')
    .orderBy('code')
    .execute()
  return rows.map((row) => row as unknown as ReportTemplate) // as it was parsed
}

export async function templateByCode(db: Db, code: string): Promise<ReportTemplate | null> {
  const row = await db
    .selectFrom('reportTemplate')
    .select(['code', 'name', 'kind', 'content'])
    .where('code', '=', code)
    .executeTakeFirst()
  return row ? (row as unknown as ReportTemplate) : null // likewise
}

export async function upsertTemplate(
  db: Db,
  { code, content, ...rest }: ReportTemplate & { readonly ordinal: number; readonly endedOn: Day | null },
): Promise<void> {
  const row = { ...rest, content: JSON.stringify(content) }
  await db
    .insertInto('reportTemplate')
    .values({ code, ...row })
    .onConflict((clash) => clash.column('code').doUpdateSet(row))
    .execute()
}

function asReport(row: Record<string, unknown>): Report {
  return row as unknown as Report // the checks of table `report` keep kinds; tables and photos as they were written
}
