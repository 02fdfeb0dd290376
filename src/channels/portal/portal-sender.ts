import { newId, type Ctx } from '../../core/kernel/index.ts'
import { publishArticle, withdrawArticles } from '../../core/portal/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'

/** The portal of this very Loa takes an article by having it: done twice it is done once. */
export const portalSender: Sender = {
  channel: 'portal',
  repeatable: true,
  withdraws: true,
  batch: 20,
  send: (ctx, rows) => Promise.all(rows.map((row) => put(ctx, row))),
}

async function put(ctx: Ctx, { kind, messageId, releaseId, renditions }: Sending): Promise<Outcome> {
  const now = ctx.clock.now()
  if (kind === 'recall') {
    await withdrawArticles(ctx.db, messageId, now)
    return { kind: 'delivered' }
  }
  if (renditions.length === 0) return { kind: 'refused', reason: 'nothing_to_say' }
  for (const { language, fields } of renditions) {
    await publishArticle(ctx.db, {
      id: newId<'article'>(),
      messageId,
      language,
      releaseId,
      title: fields['title'] ?? '',
      lead: fields['lead'] ?? '',
      body: fields['body'] ?? '',
      callToAction: fields['callToAction'] ?? '',
      changedAt: now,
    })
  }
  return { kind: 'delivered', ref: `/cong?message=${messageId}` }
}
