import { vietnamese, type Day, type Db, type Id } from '../kernel/index.ts'

/** How a body cuts off its periods (chế độ báo cáo). */
export interface Regime {
  readonly code: string
  readonly name: string
  /** Of the month before, 1 to 28; 1: by the calendar. See `daysOf`. */
  readonly firstDay: number
  /** The rule it follows, by its official number. */
  readonly source: string
  readonly ordinal: number
  readonly endedOn: Day | null
}

/** In their order, those that have ended too. */
export function regimes(db: Db): Promise<Regime[]> {
  return db
    .selectFrom('reportingRegime')
    .select(['code', 'name', 'firstDay', 'source', 'ordinal', 'endedOn'])
    .orderBy('ordinal')
    .orderBy(vietnamese('name'))
    .execute()
}

/** Adds a regime, or amends the one of its code. */
export async function upsertRegime(db: Db, regime: Regime): Promise<void> {
  const { code: _code, ...rest } = regime
  await db
    .insertInto('reportingRegime')
    .values(regime)
    .onConflict((clash) => clash.column('code').doUpdateSet(rest))
    .execute()
}

/** The indicators that targets of a campaign are measured by, by the words of the target. */
export async function targetIndicators(db: Db, campaignId: Id<'campaign'>): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('targetIndicator')
    .select(['target', 'indicator'])
    .where('campaignId', '=', campaignId)
    .execute()
  return new Map(rows.map(({ target, indicator }) => [target, indicator]))
}

/** Sets by which indicator a target is measured; null takes it away. */
export async function setTargetIndicator(
  db: Db,
  link: { readonly campaignId: Id<'campaign'>; readonly target: string; readonly indicator: string | null },
  by: { readonly linkedBy: Id<'person'> | null; readonly linkedAt: Date },
): Promise<void> {
  const { campaignId, target, indicator } = link
  if (indicator === null) {
    await db.deleteFrom('targetIndicator').where('campaignId', '=', campaignId).where('target', '=', target).execute()
    return
  }
  await db
    .insertInto('targetIndicator')
    .values({ campaignId, target, indicator, ...by })
    .onConflict((clash) => clash.columns(['campaignId', 'target']).doUpdateSet({ indicator, ...by }))
    .execute()
}

/** What the public sees of the figures. */
export interface PublicFigures {
  /** Whether the page is there at all. */
  readonly shown: boolean
  readonly indicators: readonly string[]
  readonly dayFrom: Day
  /** Null: until today. */
  readonly dayTo: Day | null
  readonly placeId: Id<'place'> | null
}

/** Null while nobody has ever chosen any. */
export async function publicFigures(db: Db): Promise<PublicFigures | null> {
  const row = await db
    .selectFrom('publicFigures')
    .select(['shown', 'indicators', 'dayFrom', 'dayTo', 'placeId'])
    .executeTakeFirst()
  return row ? { ...row, placeId: row.placeId as Id<'place'> | null } : null
}

export async function setPublicFigures(
  db: Db,
  chosen: PublicFigures,
  by: { readonly keptBy: Id<'person'> | null; readonly keptAt: Date },
): Promise<void> {
  const row = { ...chosen, indicators: [...chosen.indicators], ...by }
  await db
    .insertInto('publicFigures')
    .values(row)
    .onConflict((clash) => clash.column('one').doUpdateSet(row))
    .execute()
}
