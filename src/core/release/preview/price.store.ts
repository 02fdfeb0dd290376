import { sql } from 'kysely'
import type { ChannelKey } from '../../channel/index.ts'
import type { Day, Db } from '../../kernel/index.ts'

/** What a unit costs by a channel from a day on (đơn giá): one part, or one row where nothing goes in parts. */
export interface Price {
  readonly channel: ChannelKey
  readonly validFrom: Day
  readonly dongPerUnit: number
  /** The contract or decision that says so. */
  readonly source: string
}

/** All there are, by channel, the newest first. */
export async function pricesOf(db: Db): Promise<Price[]> {
  const rows = await db
    .selectFrom('channelPrice')
    .select(['channel', 'validFrom', 'dongPerUnit', 'source'])
    .orderBy('channel')
    .orderBy('validFrom', 'desc')
    .execute()
  return rows.map(asPrice)
}

/** The price of each of these channels on a day, where somebody has said one. */
export async function pricesOn(
  db: Db,
  channels: readonly ChannelKey[],
  day: Day,
): Promise<ReadonlyMap<ChannelKey, Price>> {
  const { rows } = await sql<Record<keyof Price, unknown>>`
    select distinct on (channel) channel, valid_from as "validFrom", dong_per_unit as "dongPerUnit", source
    from channel_price where channel = any(${[...channels]}::text[]) and valid_from <= ${day}
    order by channel, valid_from desc`.execute(db)
  return new Map(rows.map(asPrice).map((price) => [price.channel, price]))
}

/** Sets the price of a channel from a day on; what was said of that day is replaced. */
export async function upsertPrice(
  db: Db,
  price: Price & { readonly notedAt: Date; readonly notedBy: string | null },
): Promise<void> {
  const { channel, validFrom, ...change } = price
  await db
    .insertInto('channelPrice')
    .values(price)
    .onConflict((clash) => clash.columns(['channel', 'validFrom']).doUpdateSet({ channel, validFrom, ...change }))
    .execute()
}

function asPrice(row: Record<keyof Price, unknown>): Price {
  return { ...row, dongPerUnit: Number(row.dongPerUnit) } as Price // channels as the action checked them
}
