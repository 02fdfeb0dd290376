import type { Db } from '../kernel/index.ts'
import type { ActivityKind, Catalogue, Indicator, PeoplePart } from './catalogue.ts'

/** All kinds, indicators and parts in their order: a few dozen rows. */
export async function readCatalogue(db: Db): Promise<Catalogue> {
  const kinds = await db
    .selectFrom('activityKind')
    .select(['code', 'name', 'channel', 'staysDays', 'ordinal', 'endedOn'])
    .orderBy('ordinal')
    .orderBy('code')
    .execute()
  const counted = await db
    .selectFrom('activityKindIndicator')
    .select(['kind', 'indicator', 'preset'])
    .orderBy('ordinal')
    .execute()
  const byKind = Map.groupBy(counted, ({ kind }) => kind)
  const indicators = await db
    .selectFrom('indicator')
    .select(['code', 'name', 'unit', 'definition', 'counting', 'people', 'ordinal', 'endedOn'])
    .orderBy('ordinal')
    .orderBy('code')
    .execute()
  const parts = await db
    .selectFrom('peoplePart')
    .select(['breakdown', 'code', 'name', 'ordinal', 'endedOn'])
    .orderBy('breakdown')
    .orderBy('ordinal')
    .execute()
  return {
    kinds: kinds.map((kind): ActivityKind => ({
      ...kind,
      indicators: (byKind.get(kind.code) ?? []).map(({ indicator, preset }) => ({ code: indicator, preset })),
    })),
    indicators,
    parts: parts as PeoplePart[], // the check of table `people_part` keeps the breakdown
  }
}

/** Adds a kind, or amends the one of its code; what is counted of it is written anew. */
export async function upsertKind(db: Db, { indicators, ...kind }: ActivityKind): Promise<void> {
  const { code, ...rest } = kind
  await db
    .insertInto('activityKind')
    .values(kind)
    .onConflict((clash) => clash.column('code').doUpdateSet(rest))
    .execute()
  await db.deleteFrom('activityKindIndicator').where('kind', '=', code).execute()
  if (indicators.length === 0) return
  const rows = indicators.map(({ code: indicator, preset }, at) => ({ kind: code, indicator, preset, ordinal: at + 1 }))
  await db.insertInto('activityKindIndicator').values(rows).execute()
}

/** Adds an indicator, or amends the one of its code. */
export async function upsertIndicator(db: Db, indicator: Indicator): Promise<void> {
  const { code: _code, ...rest } = indicator
  await db
    .insertInto('indicator')
    .values(indicator)
    .onConflict((clash) => clash.column('code').doUpdateSet(rest))
    .execute()
}

/** Adds a part by which people are told apart, or amends the one of its code. */
export async function upsertPart(db: Db, part: PeoplePart): Promise<void> {
  const { name, ordinal, endedOn } = part
  await db
    .insertInto('peoplePart')
    .values(part)
    .onConflict((clash) => clash.columns(['breakdown', 'code']).doUpdateSet({ name, ordinal, endedOn }))
    .execute()
}
