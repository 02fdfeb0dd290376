import * as v from 'valibot'
import { CHANNELS } from '../../channel/index.ts'
import { actingPerson, action, DaySchema } from '../../kernel/index.ts'
import { upsertPrice } from './price.store.ts'

/** Writes down what a unit costs by a channel from a day on, and where that is known from. Nothing is assumed without it. */
export const keepPrice = action('release.keep_price', {
  input: v.object({
    channel: v.picklist(CHANNELS),
    validFrom: DaySchema,
    /** For one part, or one row where nothing goes in parts; at most two decimals are kept. */
    dongPerUnit: v.pipe(v.number(), v.minValue(0), v.maxValue(100_000_000)),
    source: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)),
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ channel, validFrom, dongPerUnit }) => ({
    subject: 'channel_price',
    subjectId: null,
    facts: { channel, from: validFrom, dong: dongPerUnit },
  }),
  async run(ctx, price) {
    const notedBy = actingPerson(ctx)
    await upsertPrice(ctx.db, { ...price, notedAt: ctx.clock.now(), notedBy })
  },
})
