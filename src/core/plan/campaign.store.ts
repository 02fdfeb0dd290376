import { fold, newId, type Db, type Day, type Id } from '../kernel/index.ts'
import type { Item, ItemOf } from './item.ts'

export interface Campaign {
  readonly id: Id<'campaign'>
  readonly planId: Id<'plan'>
  readonly organisationId: Id<'organisation'>
  readonly name: string
  readonly openedAt: Date
}
export interface CampaignPeriod {
  readonly kind: string
  readonly dayFrom: Day | null
  readonly dayTo: Day | null
  readonly rhythm: string | null
}

const COLUMNS = ['id', 'planId', 'organisationId', 'name', 'openedAt'] as const

export async function insertCampaign(db: Db, campaign: Campaign): Promise<void> {
  await db.insertInto('campaign').values(campaign).execute()
}

/** An amended plan takes the campaign over. */
export async function moveCampaign(db: Db, id: Id<'campaign'>, planId: Id<'plan'>, name: string): Promise<void> {
  await db.updateTable('campaign').set({ planId, name }).where('id', '=', id).execute()
}

export async function campaignOfPlan(db: Db, planId: Id<'plan'>): Promise<Campaign | null> {
  const row = await db.selectFrom('campaign').select(COLUMNS).where('planId', '=', planId).executeTakeFirst()
  return row ? asCampaign(row) : null
}

export async function campaignById(db: Db, id: Id<'campaign'>): Promise<Campaign | null> {
  const row = await db.selectFrom('campaign').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asCampaign(row) : null
}

/** Newest first; a province has few. */
export async function campaigns(db: Db, limit = 100): Promise<Campaign[]> {
  const rows = await db.selectFrom('campaign').select(COLUMNS).orderBy('openedAt', 'desc').limit(limit).execute()
  return rows.map(asCampaign)
}

export async function campaignsLike(db: Db, words: string, limit: number): Promise<Campaign[]> {
  const rows = await db
    .selectFrom('campaign')
    .select(COLUMNS)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .limit(limit)
    .execute()
  return rows.map(asCampaign)
}

/** Writes periods, themes and lines of a campaign anew from the items that count. A theme that says the same keeps its id: figures are counted under it. */
export async function setCampaignContent(db: Db, campaignId: Id<'campaign'>, items: readonly Item[]): Promise<void> {
  const standing = new Map((await themesOf(db, campaignId)).map(({ text, id }) => [text, id]))
  for (const table of ['campaignPeriod', 'campaignTheme', 'campaignLine'] as const) {
    await db.deleteFrom(table).where('campaignId', '=', campaignId).execute()
  }
  const periods = items.filter((item): item is ItemOf<'period'> => item.kind === 'period')
  const themes = items.filter((item): item is ItemOf<'theme'> => item.kind === 'theme')
  const lines = items.filter((item) => LINES.has(item.kind))
  const of = (item: Item) => ({ id: newId<'campaign_part'>(), campaignId, itemId: item.id })
  if (periods.length > 0) {
    const rows = periods.map((item) => ({
      ...of(item),
      kind: item.value.kind,
      dayFrom: item.value.from,
      dayTo: item.value.to,
      rhythm: item.value.rhythm,
    }))
    await db.insertInto('campaignPeriod').values(rows).execute()
  }
  if (themes.length > 0) {
    const rows = themes.map((item, ordinal) => ({
      ...of(item),
      ...keptId(standing, item.value.text),
      ordinal,
      clause: item.value.clause,
      text: item.value.text,
    }))
    await db.insertInto('campaignTheme').values(rows).execute()
  }
  if (lines.length > 0) {
    const rows = lines.map((item, ordinal) => ({
      ...of(item),
      kind: item.kind,
      ordinal,
      value: JSON.stringify(item.value),
    }))
    await db.insertInto('campaignLine').values(rows).execute()
  }
}

/** The id under which these words stood, once: two themes of the same words are two. */
function keptId(standing: Map<string, string>, text: string): { id?: string } {
  const id = standing.get(text)
  return standing.delete(text) && id ? { id } : {}
}

const LINES: ReadonlySet<string> = new Set(['slogan', 'hotline', 'audience', 'target', 'channel'])

export async function periodsOf(db: Db, campaignId: Id<'campaign'>): Promise<CampaignPeriod[]> {
  return db
    .selectFrom('campaignPeriod')
    .select(['kind', 'dayFrom', 'dayTo', 'rhythm'])
    .where('campaignId', '=', campaignId)
    .orderBy('dayFrom')
    .execute()
}

export async function themesOf(
  db: Db,
  campaignId: Id<'campaign'>,
): Promise<{ id: string; clause: string; text: string }[]> {
  return db
    .selectFrom('campaignTheme')
    .select(['id', 'clause', 'text'])
    .where('campaignId', '=', campaignId)
    .orderBy('ordinal')
    .execute()
}

export async function linesOf(
  db: Db,
  campaignId: Id<'campaign'>,
): Promise<{ id: string; kind: string; value: Record<string, unknown> }[]> {
  const rows = await db
    .selectFrom('campaignLine')
    .select(['id', 'kind', 'value'])
    .where('campaignId', '=', campaignId)
    .orderBy('kind')
    .orderBy('ordinal')
    .execute()
  return rows.map((row) => ({ ...row, value: row.value as Record<string, unknown> }))
}

function asCampaign(row: Record<(typeof COLUMNS)[number], unknown>): Campaign {
  return row as Campaign // the foreign keys of table `campaign` keep the ids what they say
}
