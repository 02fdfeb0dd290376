import { sentenceOf } from '#app/wording/words.ts'
import type { Ctx } from '#core/kernel/index.ts'
import type { Outlet } from '#core/outlet/index.ts'
import { openWire, wireOf } from '#core/press/index.ts'
import { makeWebhookSecret, OVERLAP_DAYS, secretsOf } from '#core/webhook/index.ts'

/** What the page of a newsroom says of its wire; null for outlets that have none. */
export async function wireShown(ctx: Ctx, w: App.Locals['w'], outlet: Outlet) {
  if (outlet.kind !== 'newsroom' || outlet.channel !== 'press' || outlet.means !== 'machine') return null
  const wire = await wireOf(ctx.db, outlet.id)
  const refusal = await openWire.whyNot(ctx, { outletId: outlet.id })
  return {
    open: wire !== null && wire.secretSealed !== null,
    openedAt: wire?.openedAt ?? null,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** What the page of a webhook says of its secrets, which it never shows; null for other outlets. */
export async function webhookShown(ctx: Ctx, w: App.Locals['w'], outlet: Outlet) {
  if (outlet.channel !== 'webhook' || outlet.means !== 'machine') return null
  const refusal = await makeWebhookSecret.whyNot(ctx, { outletId: outlet.id })
  const secrets = await secretsOf(ctx.db, outlet.id, ctx.clock.now())
  return {
    overlapDays: OVERLAP_DAYS,
    secrets: secrets.map(({ madeAt, endsAt }) => ({ madeAt, endsAt })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}
