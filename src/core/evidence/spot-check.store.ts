import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { Activity } from './activity.ts'
import type { Lot } from './draw-sample.ts'

/** A draw of activities to be looked at on the spot (lượt rút). */
export interface SpotDraw {
  readonly id: Id<'spot_draw'>
  readonly organisationId: Id<'organisation'>
  readonly organisation: string
  readonly dayFrom: Day
  readonly dayTo: Day
  /** Of each body's activities, from above 0 to 1. */
  readonly share: number
  readonly seed: string
  readonly poolSize: number
  readonly poolHash: string
  readonly drawnBy: string | null
  readonly drawnAt: Date
}

export type SpotState = 'open' | 'held' | 'failed'

export interface SpotCheck {
  readonly activityId: Id<'activity'>
  readonly ordinal: number
  readonly state: SpotState
  readonly note: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

/** Activities of these bodies whose numbers counted at a moment, on these days: what was in the urn then, whatever came after. */
export async function lotsOf(
  db: Db,
  over: readonly Id<'organisation'>[],
  { dayFrom, dayTo, at }: { readonly dayFrom: Day; readonly dayTo: Day; readonly at: Date },
): Promise<Lot[]> {
  const ids = sql`${[...over]}::uuid[]`
  return db
    .selectFrom('activity')
    .innerJoin('activityCount', 'activityCount.activityId', 'activity.id')
    .select(['activity.id', 'activity.organisationId'])
    .distinct()
    .where(sql<boolean>`(activity.organisation_id = any(${ids}) or activity.owed_to = any(${ids}))`)
    .where('activityCount.breakdown', '=', 'all')
    .where('activityCount.day', '>=', dayFrom)
    .where('activityCount.day', '<=', dayTo)
    .where('activityCount.since', '<=', at)
    .where('activityCount.until', '>', at)
    .execute()
}

export async function insertDraw(
  db: Db,
  draw: Omit<SpotDraw, 'organisation' | 'drawnBy'> & { readonly drawnBy: Id<'person'> | null },
  activityIds: readonly string[],
): Promise<void> {
  await db.insertInto('spotDraw').values(draw).execute()
  for (let at = 0; at < activityIds.length; at += 500) {
    const rows = activityIds
      .slice(at, at + 500)
      .map((activityId, index) => ({ drawId: draw.id, activityId, ordinal: at + index + 1 }))
    await db.insertInto('spotCheck').values(rows).execute()
  }
}

const DRAW_COLUMNS = [
  'spotDraw.id',
  'spotDraw.organisationId',
  'organisation.name as organisation',
  'dayFrom',
  'dayTo',
  'share',
  'seed',
  'poolSize',
  'poolHash',
  'person.name as drawnBy',
  'drawnAt',
] as const

function draws(db: Db) {
  return db
    .selectFrom('spotDraw')
    .innerJoin('organisation', 'organisation.id', 'spotDraw.organisationId')
    .leftJoin('person', 'person.id', 'spotDraw.drawnBy')
    .select(DRAW_COLUMNS)
}

export async function drawById(db: Db, id: Id<'spot_draw'>): Promise<SpotDraw | null> {
  const row = await draws(db).where('spotDraw.id', '=', id).executeTakeFirst()
  return row ? asDraw(row) : null
}

/** Newest first, with how many are open, held and failed of each. */
export async function newestDraws(
  db: Db,
  limit: number,
): Promise<(SpotDraw & { readonly open: number; readonly held: number; readonly failed: number })[]> {
  const count = (state: SpotState) =>
    sql<number>`(select count(*)::int from spot_check where draw_id = spot_draw.id and state = ${state})`
  const rows = await draws(db)
    .select([count('open').as('open'), count('held').as('held'), count('failed').as('failed')])
    .orderBy('drawnAt', 'desc')
    .orderBy('spotDraw.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ open, held, failed, ...row }) => ({ ...asDraw(row), open, held, failed }))
}

/** What was drawn, in the order of the draw, after one of it. */
export async function checksOf(db: Db, drawId: Id<'spot_draw'>, after: number, limit: number): Promise<SpotCheck[]> {
  const rows = await db
    .selectFrom('spotCheck')
    .leftJoin('person', 'person.id', 'spotCheck.decidedBy')
    .select(['activityId', 'ordinal', 'spotCheck.state', 'note', 'person.name as decidedBy', 'decidedAt'])
    .where('drawId', '=', drawId)
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(limit)
    .execute()
  return rows as SpotCheck[] // states by the check of table `spot_check`
}

/** Writes down what was found on the spot. Answers false when that was done, or it was never drawn. */
export async function decideCheck(
  db: Db,
  drawId: Id<'spot_draw'>,
  activityId: Activity['id'],
  decision: {
    readonly state: 'held' | 'failed'
    readonly note: string
    readonly decidedBy: Id<'person'> | null
    readonly decidedAt: Date
  },
): Promise<boolean> {
  const rows = await db
    .updateTable('spotCheck')
    .set(decision)
    .where('drawId', '=', drawId)
    .where('activityId', '=', activityId)
    .where('state', '=', 'open')
    .returning('ordinal')
    .execute()
  return rows.length > 0
}

function asDraw(row: Record<string, unknown>): SpotDraw {
  return { ...row, share: Number(row['share']) } as unknown as SpotDraw // ids as table `spot_draw` keeps them
}
