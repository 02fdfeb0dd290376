import type { Day, Db, Id } from '../kernel/index.ts'
import type { ProposedDay } from './proposed-day.ts'

const COLUMNS = [
  'id',
  'source',
  'station',
  'day',
  'exchangeId',
  'contentHash',
  'content',
  'state',
  'stationId',
  'slots',
  'cameAt',
  'decidedAt',
  'decidedBy',
  'reason',
] as const

export async function proposedDayById(db: Db, id: Id<'bridge_day'>): Promise<ProposedDay | null> {
  const row = await db.selectFrom('bridgeDay').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asDay(row) : null
}

export async function lockProposedDay(db: Db, id: Id<'bridge_day'>): Promise<ProposedDay | null> {
  const row = await db.selectFrom('bridgeDay').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asDay(row) : null
}

/** What stands of these days, by `keyOfDay`. */
export async function proposedDaysNamed(
  db: Db,
  source: string,
  days: readonly { readonly station: string; readonly day: Day }[],
): Promise<Map<string, ProposedDay>> {
  if (days.length === 0) return new Map()
  const rows = await db
    .selectFrom('bridgeDay')
    .select(COLUMNS)
    .where('source', '=', source)
    .where('day', 'in', [...new Set(days.map(({ day }) => day))])
    .execute()
  return new Map(rows.map(asDay).map((one) => [keyOfDay(one), one]))
}

export function keyOfDay({ station, day }: { readonly station: string; readonly day: Day }): string {
  return JSON.stringify([station, day])
}

/** Days that nobody has decided on, of one station as it is named there or of all, the nearest first, after one. */
export async function proposedDaysAfter(
  db: Db,
  after: Pick<ProposedDay, 'day' | 'id'> | null,
  limit: number,
  station: string | null = null,
): Promise<ProposedDay[]> {
  let query = db.selectFrom('bridgeDay').select(COLUMNS).where('state', '=', 'proposed').orderBy('day').orderBy('id')
  if (after)
    query = query.where((eb) =>
      eb.or([eb('day', '>', after.day), eb.and([eb('day', '=', after.day), eb('id', '>', after.id)])]),
    )
  if (station !== null) query = query.where('station', '=', station)
  return (await query.limit(limit).execute()).map(asDay)
}

/** How many days from `from` on wait at each of these stations, and the first of them. */
export async function countProposedDays(
  db: Db,
  stations: readonly string[],
  from: Day,
): Promise<{ readonly station: string; readonly count: number; readonly first: Day }[]> {
  if (stations.length === 0) return []
  const rows = await db
    .selectFrom('bridgeDay')
    .select((eb) => ['station', eb.fn.countAll<string>().as('count'), eb.fn.min('day').as('first')])
    .where('state', '=', 'proposed')
    .where('station', 'in', [...stations])
    .where('day', '>=', from)
    .groupBy('station')
    .orderBy('station')
    .execute()
  return rows.map(({ station, count, first }) => ({ station, count: Number(count), first }))
}

export async function upsertProposedDay(db: Db, proposed: ProposedDay): Promise<void> {
  const content = JSON.stringify(proposed.content)
  const { contentHash, exchangeId, cameAt } = proposed
  await db
    .insertInto('bridgeDay')
    .values({ ...proposed, content })
    .onConflict((clash) =>
      clash.columns(['source', 'station', 'day']).doUpdateSet({ content, contentHash, exchangeId, cameAt }),
    )
    .execute()
}

export async function decideProposedDay(
  db: Db,
  id: Id<'bridge_day'>,
  decision: Pick<ProposedDay, 'state' | 'stationId' | 'slots' | 'decidedAt' | 'decidedBy' | 'reason'>,
): Promise<void> {
  await db.updateTable('bridgeDay').set(decision).where('id', '=', id).execute()
}

function asDay(row: Record<(typeof COLUMNS)[number], unknown>): ProposedDay {
  return row as unknown as ProposedDay // states by the check of the table, the content as it was written
}
