import * as v from 'valibot'
import { action, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { endOldSecrets, insertSecret, secretsOf } from './webhook.store.ts'
import { aboutSecret, newWebhookSecret, OVERLAP_DAYS } from './webhook.ts'

const DAY_MS = 86_400_000

const OneOutlet = v.object({ outletId: idOf<'outlet'>() })
// Who brings outlets in by the table gives them their secrets, too.
const may = { who: 'roles' as const, roles: ['administrator', 'campaign_officer'] as const }
const records = ({ outletId }: { readonly outletId: Id<'outlet'> }) => ({
  subject: 'outlet',
  subjectId: outletId,
  facts: {},
})

/** Makes a new secret for a receiver; the one before signs beside it for some days. Answers the secret, the only time it is shown. */
export const makeWebhookSecret = action('webhook.make_secret', {
  input: OneOutlet,
  may,
  records,
  async run(ctx, { outletId }): Promise<string> {
    const outlet = await outletById(ctx.db, outletId)
    if (outlet?.channel !== 'webhook' || outlet.means !== 'machine') throw new Refusal('webhook.no_webhook')
    const [id, secret, now] = [newId<'webhook_secret'>(), newWebhookSecret(), ctx.clock.now()]
    const sealed = await ctx.secrets.seal(secret, aboutSecret(id))
    const oldEndsAt = new Date(now.getTime() + OVERLAP_DAYS * DAY_MS)
    await insertSecret(ctx.db, { id, outletId, sealed, madeAt: now }, oldEndsAt)
    return secret
  },
})

/** Ends the secrets before the newest at once, as when one has become known. */
export const endOldWebhookSecrets = action('webhook.end_old_secrets', {
  input: OneOutlet,
  may,
  records,
  async run(ctx, { outletId }) {
    if ((await endOldSecrets(ctx.db, outletId, ctx.clock.now())) === 0) throw new Refusal('webhook.no_old_secret')
  },
})

/** The secrets that sign now, the newest first; none where none was made, or the key of the box is another. */
export async function signingSecrets(ctx: Ctx, outletId: Id<'outlet'>): Promise<string[]> {
  const opened: string[] = []
  for (const { id, sealed } of await secretsOf(ctx.db, outletId, ctx.clock.now())) {
    const secret = await ctx.secrets.open(sealed, aboutSecret(id))
    if (secret) opened.push(secret)
  }
  return opened
}
