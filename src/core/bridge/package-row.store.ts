import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type {
  BridgePackage,
  PlayFigures,
  SourceBeat,
  SourceDevice,
  SourceReport,
  SourceShowing,
} from './bridge-package.ts'

export const ROW_LISTS = ['devices', 'figures', 'beats', 'showings', 'reports'] as const
/** What a package brings besides bulletins and days. */
export type RowList = (typeof ROW_LISTS)[number]

const AT_ONCE = 500

/** Keeps what a package says beside our own, as it came. */
export async function insertRows(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  { days, ...content }: Pick<BridgePackage, 'days' | 'devices' | 'figures' | 'beats' | 'showings'>,
): Promise<void> {
  const spanned = { ...content, figures: content.figures.map((one) => ({ ...one, ...spanOf(days) })) }
  for (const list of ['devices', 'figures', 'beats', 'showings'] as const) {
    const rows = spanned[list].map((row, at) => ({ exchangeId, list, row: at + 1, content: JSON.stringify(row) }))
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      await db
        .insertInto('bridgeRow')
        .values(rows.slice(at, at + AT_ONCE))
        .execute()
    }
  }
}

/** The days that the figures of a package are of are those of its schedule: they name none themselves. */
function spanOf(days: BridgePackage['days']) {
  const all = days.flatMap(({ day, copies }) => [day, ...copies]).toSorted()
  return { from: all[0] ?? null, to: all.at(-1) ?? null }
}

/** How many rows of each list came in by an exchange. */
export async function countRows(db: Db, exchangeId: Id<'bridge_exchange'>): Promise<Record<RowList, number>> {
  const { rows } = await sql<{ list: RowList; n: number }>`
    select list, count(*)::int as n from bridge_row where exchange_id = ${exchangeId}::uuid group by list
    union all
    select 'reports', count(*)::int from bridge_report where exchange_id = ${exchangeId}::uuid`.execute(db)
  const none = { devices: 0, figures: 0, beats: 0, showings: 0, reports: 0 }
  return Object.assign(none, Object.fromEntries(rows.map(({ list, n }) => [list, n])))
}

/** A row with what a page goes on from after it. */
export type Keyed<Row> = Row & { readonly key: string }

/** A device of theirs, and what we have of that code: nothing, a device that is in use here, or one that is not. */
export interface ComparedDevice extends SourceDevice {
  readonly here: 'none' | 'on' | 'off'
  readonly hereArea: string | null
}

export async function deviceRows(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  after: string,
  limit: number,
): Promise<Keyed<ComparedDevice>[]> {
  const { rows } = await sql<{
    row: number
    content: SourceDevice
    state: string | null
    area: string | null
  }>`
    select bridge_row.row, bridge_row.content, device.state, coalesce(cluster.code, outlet.code) as area
    from bridge_row left join device on device.code = bridge_row.content ->> 'code'
    left join cluster on cluster.id = device.cluster_id left join outlet on outlet.id = device.outlet_id
    where exchange_id = ${exchangeId}::uuid and list = 'devices' and row > ${placeOf(after)} order by row limit ${limit}`.execute(
    db,
  )
  return rows.map(({ row, content, state, area }) => ({
    ...content,
    key: String(row),
    here: state === null ? 'none' : state === 'enrolled' ? 'on' : 'off',
    hereArea: area,
  }))
}

/** What they say was played at a device, and what our own record says of the same one on the days of that package. */
export interface ComparedFigures extends PlayFigures {
  readonly from: string | null
  readonly to: string | null
  readonly ours: { readonly total: number; readonly played: number; readonly playedSeconds: number } | null
}

export async function figureRows(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  after: string,
  limit: number,
): Promise<Keyed<ComparedFigures>[]> {
  const { rows } = await sql<{ row: number; content: Omit<ComparedFigures, 'ours'>; ours: ComparedFigures['ours'] }>`
    select told.row, told.content, own.ours from bridge_row as told
    left join lateral (
      select jsonb_build_object('total', count(*), 'played', count(*) filter (where play_end.state = 'played'),
        'playedSeconds', coalesce(sum(play_end.seconds), 0)) as ours
      from outlet join play on play.station_id = outlet.id and play.day between (told.content ->> 'from')::date
        and (told.content ->> 'to')::date
      join play_end on play_end.play_id = play.id and play_end.state <> 'expected'
      left join device on device.id = play_end.device_id
      where outlet.code = told.content ->> 'station' and coalesce(device.code, '') = told.content ->> 'speaker'
      having count(*) > 0
    ) as own on true
    where told.exchange_id = ${exchangeId}::uuid and told.list = 'figures' and told.row > ${placeOf(after)}
    order by told.row limit ${limit}`.execute(db)
  return rows.map(({ row, content, ours }) => ({ ...content, key: String(row), ours }))
}

export async function beatRows(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  after: string,
  limit: number,
): Promise<Keyed<SourceBeat>[]> {
  return (await plainRows<SourceBeat>(db, exchangeId, 'beats', after, limit)).map((one) => ({
    ...one,
    at: new Date(one.at),
  }))
}

export async function showingRows(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  after: string,
  limit: number,
): Promise<Keyed<SourceShowing>[]> {
  const rows = await plainRows<SourceShowing>(db, exchangeId, 'showings', after, limit)
  return rows.map((one) => ({
    ...one,
    ...{ madeAt: new Date(one.madeAt), from: new Date(one.from), until: new Date(one.until) },
  }))
}

async function plainRows<Row>(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  list: 'beats' | 'showings',
  after: string,
  limit: number,
): Promise<Keyed<Row>[]> {
  const rows = await db
    .selectFrom('bridgeRow')
    .select(['row', 'content'])
    .where('exchangeId', '=', exchangeId)
    .where('list', '=', list)
    .where('row', '>', placeOf(after))
    .orderBy('row')
    .limit(limit)
    .execute()
  return rows.map(({ row, content }) => ({ ...(content as Row), key: String(row) })) // as it was written; moments as text
}

/** Status reports that came in first by an exchange, after one. */
export async function reportRows(
  db: Db,
  exchangeId: Id<'bridge_exchange'>,
  after: string,
  limit: number,
): Promise<Keyed<SourceReport>[]> {
  const rows = await db
    .selectFrom('bridgeReport')
    .select(['reportId', 'bulletinId', 'device', 'state', 'at', 'seconds'])
    .where('exchangeId', '=', exchangeId)
    .where('reportId', '>', after)
    .orderBy('reportId')
    .limit(limit)
    .execute()
  return rows.map(({ reportId, seconds, ...report }) => ({
    ...report,
    ...{ id: reportId, seconds: Number(seconds), key: reportId },
  }))
}

function placeOf(after: string): number {
  return /^\d{1,9}$/.test(after) ? Number(after) : 0
}
