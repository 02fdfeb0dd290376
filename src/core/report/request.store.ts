import { sql } from 'kysely'
import { vietnamese, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Correction, PartFigure, ReportPart, ReportRequest } from './request.ts'

const COLUMNS = [
  'id',
  'organisationId',
  'askedBy',
  'subject',
  'template',
  'campaignId',
  'scopeId',
  'dayFrom as from',
  'dayTo as to',
  'dueOn',
  'state',
  'sentAt',
  'sentBy',
  'sentNote',
  'createdAt',
  'revision',
] as const
const PART = [
  'reportPart.id',
  'requestId',
  'reportPart.organisationId',
  'reportPart.state',
  'reportPart.note',
  'figures',
  'asOf',
  'confirmedAt',
  'confirmedBy',
] as const

export async function insertRequest(db: Db, request: ReportRequest, createdBy: Id<'person'> | null): Promise<void> {
  const { from, to, ...row } = request
  await db
    .insertInto('reportRequest')
    .values({ ...row, dayFrom: from, dayTo: to, createdBy })
    .execute()
}

export async function insertParts(
  db: Db,
  parts: readonly Pick<ReportPart, 'id' | 'requestId' | 'organisationId'>[],
): Promise<void> {
  if (parts.length === 0) return
  await db
    .insertInto('reportPart')
    .values(parts.map((part) => ({ ...part, state: 'waiting' })))
    .onConflict((clash) => clash.doNothing())
    .execute()
}

export async function requestById(db: Db, id: Id<'report_request'>): Promise<ReportRequest | null> {
  const row = await db.selectFrom('reportRequest').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asRequest(row) : null
}

/** The request, locked until the transaction ends. */
export async function lockRequest(db: Db, id: Id<'report_request'>): Promise<ReportRequest | null> {
  const row = await db.selectFrom('reportRequest').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asRequest(row) : null
}

export async function askedByOf(db: Db, id: Id<'report_request'>): Promise<string | null> {
  return (await requestById(db, id))?.askedBy ?? null
}

/** The newest first; `before` is the last of the page before. */
export async function requestsBefore(
  db: Db,
  before: { readonly createdAt: Date; readonly id: string } | null,
  limit: number,
): Promise<ReportRequest[]> {
  const rows = await db
    .selectFrom('reportRequest')
    .select(COLUMNS)
    .$if(before !== null, (query) =>
      query.where((eb) => eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(before!.createdAt, before!.id))),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asRequest)
}

/** Those that bodies must still answer, the most urgent first. */
export async function openRequests(
  db: Db,
  bodies: readonly Id<'organisation'>[],
  limit: number,
): Promise<ReportRequest[]> {
  if (bodies.length === 0) return []
  const rows = await db
    .selectFrom('reportRequest')
    .select(COLUMNS)
    .where('organisationId', 'in', bodies)
    .where('state', '=', 'open')
    .orderBy('dueOn')
    .limit(limit)
    .execute()
  return rows.map(asRequest)
}

export async function updateRequest(
  db: Db,
  id: Id<'report_request'>,
  change: Partial<Pick<ReportRequest, 'state' | 'sentAt' | 'sentBy' | 'sentNote'>>,
): Promise<void> {
  await db
    .updateTable('reportRequest')
    .set({ ...change, revision: sql<number>`revision + 1` })
    .where('id', '=', id)
    .execute()
}

/** The parts of a request with the names of their bodies, in their order. */
export async function partsOf(
  db: Db,
  requestId: Id<'report_request'>,
): Promise<(ReportPart & { readonly body: string })[]> {
  const rows = await db
    .selectFrom('reportPart')
    .innerJoin('organisation', 'organisation.id', 'reportPart.organisationId')
    .select([...PART, 'organisation.name as body'])
    .where('requestId', '=', requestId)
    .orderBy(vietnamese('organisation.name'))
    .execute()
  return rows.map((row) => row as unknown as ReportPart & { body: string }) // ids as they were written
}

/** How many parts of each request are confirmed, of how many. */
export async function partCounts(
  db: Db,
  ids: readonly Id<'report_request'>[],
): Promise<Map<string, { readonly all: number; readonly confirmed: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('reportPart')
    .select(['requestId', sql<number>`count(*)::int`.as('all')])
    .select(sql<number>`(count(*) filter (where state = 'confirmed'))::int`.as('confirmed'))
    .where('requestId', 'in', ids)
    .groupBy('requestId')
    .execute()
  return new Map(rows.map(({ requestId, all, confirmed }) => [requestId, { all, confirmed }]))
}

export async function partById(db: Db, id: Id<'report_part'>): Promise<ReportPart | null> {
  const row = await db.selectFrom('reportPart').select(PART).where('id', '=', id).executeTakeFirst()
  return row ? asPart(row) : null
}

/** The part, locked until the transaction ends. */
export async function lockPart(db: Db, id: Id<'report_part'>): Promise<ReportPart | null> {
  const row = await db.selectFrom('reportPart').select(PART).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asPart(row) : null
}

export async function confirmPartRow(
  db: Db,
  id: Id<'report_part'>,
  given: {
    readonly note: string
    readonly figures: readonly PartFigure[]
    readonly asOf: Date
    readonly confirmedAt: Date
    readonly confirmedBy: string
    readonly confirmedById: Id<'person'> | null
  },
): Promise<void> {
  const row = { ...given, figures: JSON.stringify(given.figures), state: 'confirmed' }
  await db.updateTable('reportPart').set(row).where('id', '=', id).execute()
}

export async function insertCorrections(
  db: Db,
  corrections: readonly {
    readonly id: Id<'report_correction'>
    readonly partId: Id<'report_part'>
    readonly indicator: string
    readonly shown: number
    readonly said: number
    readonly reason: string
    readonly saidAt: Date
    readonly saidBy: string
    readonly saidById: Id<'person'> | null
  }[],
): Promise<void> {
  if (corrections.length > 0)
    await db
      .insertInto('reportCorrection')
      .values([...corrections])
      .execute()
}

/** All that bodies said beside the figures of a request, numbered in the order in which they said it. */
export async function correctionsOfRequest(db: Db, requestId: Id<'report_request'>): Promise<Correction[]> {
  const rows = await db
    .selectFrom('reportCorrection')
    .innerJoin('reportPart', 'reportPart.id', 'reportCorrection.partId')
    .innerJoin('organisation', 'organisation.id', 'reportPart.organisationId')
    .innerJoin('indicator', 'indicator.code', 'reportCorrection.indicator')
    .select(['partId', 'organisation.name as body', 'indicator.code as indicator', 'indicator.name', 'indicator.unit'])
    .select(['shown', 'said', 'reason', 'saidAt', 'saidBy'])
    .where('requestId', '=', requestId)
    .orderBy('saidAt')
    .orderBy('reportCorrection.id')
    .execute()
  return rows.map((row, at) => ({
    ...row,
    code: `c${at + 1}`,
    partId: row.partId as Id<'report_part'>,
    shown: Number(row.shown),
    said: Number(row.said),
  }))
}

/** What bodies wrote with their confirmation, in the order of their names. */
export async function notesOfRequest(
  db: Db,
  requestId: Id<'report_request'>,
): Promise<{ readonly body: string; readonly text: string }[]> {
  return (await partsOf(db, requestId))
    .filter(({ note }) => note !== '')
    .map(({ body, note }) => ({ body, text: note.replace(/\s*\n\s*/gu, ' ') }))
}

/** Parts of these bodies that wait, with their request, the most urgent first. */
export async function waitingParts(db: Db, bodies: readonly Id<'organisation'>[], limit: number) {
  if (bodies.length === 0) return []
  return db
    .selectFrom('reportPart')
    .innerJoin('reportRequest', 'reportRequest.id', 'reportPart.requestId')
    .select(['reportPart.id', 'reportRequest.subject', 'reportRequest.dueOn', 'remindedOn'])
    .where('reportPart.organisationId', 'in', bodies)
    .where('reportPart.state', '=', 'waiting')
    .where('reportRequest.state', '=', 'open')
    .orderBy('reportRequest.dueOn')
    .limit(limit)
    .execute()
}

/** Notes on parts that wait and are due on one of these days that they were called to mind today. Answers how many. */
export async function noteReminded(db: Db, dueOn: readonly Day[], today: Day): Promise<number> {
  const result = await db
    .updateTable('reportPart')
    .from('reportRequest')
    .set({ remindedOn: today })
    .whereRef('reportRequest.id', '=', 'reportPart.requestId')
    .where('reportPart.state', '=', 'waiting')
    .where('reportRequest.state', '=', 'open')
    .where('reportRequest.dueOn', 'in', dueOn)
    .where((eb) => eb.or([eb('remindedOn', 'is', null), eb('remindedOn', '<', today)]))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

function asRequest(row: Record<string, unknown>): ReportRequest {
  return row as unknown as ReportRequest // the checks of table `report_request` keep states
}

function asPart(row: Record<string, unknown>): ReportPart {
  return row as unknown as ReportPart // likewise
}
