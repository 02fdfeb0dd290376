import { sql } from 'kysely'
import type { Day, Db } from '../kernel/index.ts'

/** By what coverage tells places' messages apart. */
export const COVERED_BY = ['language', 'audience', 'theme', 'channel'] as const
export type CoveredBy = (typeof COVERED_BY)[number]

export interface Heard {
  readonly placeId: string
  readonly key: string
  /** Activities and rows of the ledger, answers of newsrooms, issues and articles: occasions, not people. */
  readonly times: number
  readonly lastDay: Day
}

export interface HeardPeriod {
  readonly from: Day
  readonly to: Day
  readonly campaign: string | null
}

/**
 * How often something reached each place in a period, told apart by language, audience, theme or channel. What came down
 * again is no occasion: a removal tells nobody anything. Each occasion counts once, whatever was counted of it.
 */
export async function heard(db: Db, period: HeardPeriod, by: CoveredBy): Promise<Heard[]> {
  const key = by === 'theme' ? sql`coalesce(theme_id::text, '')` : sql.ref(by)
  const ofCampaign = period.campaign === null ? sql`true` : sql`campaign_id = ${period.campaign}::uuid`
  const { rows } = await sql<Heard>`
    select place_id, key, count(*)::int as times, max(day)::text as last_day from (
      select place_id, ${key} as key, activity_id as occasion, max(day) as day from activity_count
      where until = 'infinity' and breakdown = 'all' and day between ${period.from}::date and ${period.to}::date and ${ofCampaign}
        and kind <> 'removal' group by 1, 2, 3
      union all
      select place_id, key, source_id, max(day) from (
        select place_id, ${key}, source_id, max(day) from ledger_count
        where day between ${period.from}::date and ${period.to}::date and ${ofCampaign}
        group by 1, 2, 3, indicator having sum(value) > 0
      ) as standing (place_id, key, source_id, day) group by 1, 2, 3
    ) as occasion (place_id, key, occasion, day) group by 1, 2`.execute(db)
  return rows
}
