import * as v from 'valibot'
import {
  actingPerson,
  action,
  daysBetween,
  DaySchema,
  idOf,
  newId,
  Refusal,
  refuseIf,
  type Ctx,
  type Id,
} from '../kernel/index.ts'
import { settingOf } from './code.store.ts'
import type { BridgeDays, Exchange } from './code.ts'
import { fieldNamesOf } from './field-name.store.ts'
import { insertExchange, lockExchange, updateExchange } from './exchange.store.ts'
import { BRIDGE_ROLES } from './keep-codes.ts'
import { packageOf, soundsOf, unmappedIn } from './make-package.ts'
import { packageFormat } from './package-format.ts'
import { pushJob } from './push.jobs.ts'

/** A package of more days is nobody's daily exchange, and its recordings fill the memory of who packs it. */
export const MOST_DAYS = 31

const Days = {
  from: DaySchema,
  to: DaySchema,
}
const Packed = v.object({
  ...Days,
  way: v.picklist(['file', 'push']),
  name: v.string(),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: v.number(),
  bulletins: v.number(),
  days: v.number(),
  devices: v.number(),
  figures: v.number(),
  unmapped: v.number(),
})

/** Notes a package that was made, and has it pushed where that was asked for. */
export const notePackage = action('bridge.send', {
  input: Packed,
  may: { who: 'roles', roles: BRIDGE_ROLES },
  records: ({ from, to, way, bulletins }, id: Id<'bridge_exchange'>) => ({
    subject: 'bridge_exchange',
    subjectId: id,
    facts: { from, to, way, bulletins },
  }),
  async run(ctx, { from: _from, to: _to, way, ...packed }) {
    if (way === 'push' && (await settingOf(ctx.db)).pushAddress === '') throw new Refusal('bridge.no_address')
    const now = ctx.clock.now()
    const exchange: Exchange = {
      ...packed,
      ...{ id: newId<'bridge_exchange'>(), direction: 'out', way, reports: 0, refused: 0, attempts: 0, reason: '' },
      ...(way === 'push' ? { state: 'waiting', endedAt: null } : { state: 'done', endedAt: now }),
      at: now,
      personId: actingPerson(ctx),
    }
    await insertExchange(ctx.db, exchange)
    if (way === 'push') await ctx.jobs.add(ctx.db, pushJob, { exchangeId: exchange.id })
    return exchange.id
  },
})

/** Makes a package of some days and keeps it: to be downloaded, or to be pushed. Answers the exchange that stands for it. */
export async function sendPackage(ctx: Ctx, days: BridgeDays, way: Exchange['way']): Promise<Id<'bridge_exchange'>> {
  refuseIf(whyNotDays(days))
  const probe = { ...days, way, name: '', sha256: '0'.repeat(64), bytes: 0 }
  refuseIf(await notePackage.whyNot(ctx, { ...probe, bulletins: 0, days: 0, devices: 0, figures: 0, unmapped: 0 }))
  const content = await packageOf(ctx, days)
  const bytes = packageFormat().pack(content, await soundsOf(ctx, content), await fieldNamesOf(ctx.db))
  return notePackage(ctx, {
    ...{ ...days, way },
    name: `httttn-${days.from}-${days.to}.zip`,
    sha256: await ctx.files.put(bytes),
    bytes: bytes.length,
    bulletins: content.bulletins.length,
    days: content.days.length,
    devices: content.devices.length,
    figures: content.figures.length,
    unmapped: unmappedIn(content.bulletins),
  })
}

export function whyNotDays({ from, to }: BridgeDays): Refusal | null {
  if (from > to) return new Refusal('bridge.days_backward', {}, 'to')
  return daysBetween(from, to) >= MOST_DAYS ? new Refusal('bridge.too_many_days', { most: MOST_DAYS }, 'to') : null
}

/** Tries again what could not be pushed. */
export const pushAgain = action('bridge.push_again', {
  input: v.object({ exchangeId: idOf<'bridge_exchange'>() }),
  may: { who: 'roles', roles: BRIDGE_ROLES },
  records: ({ exchangeId }) => ({ subject: 'bridge_exchange', subjectId: exchangeId, facts: {} }),
  async run(ctx, { exchangeId }) {
    const exchange = await lockExchange(ctx.db, exchangeId)
    if (exchange?.way !== 'push') throw new Refusal('bridge.not_found')
    if (exchange.state !== 'failed') throw new Refusal('bridge.not_failed')
    await updateExchange(ctx.db, exchangeId, { state: 'waiting', reason: '', endedAt: null })
    await ctx.jobs.add(ctx.db, pushJob, { exchangeId })
  },
})
