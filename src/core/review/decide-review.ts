import * as v from 'valibot'
import { action, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { lockMessage, renditionsOf, versionOf, type Message } from '../message/index.ts'
import { organisationsWhere, successions } from '../organisation/index.ts'
import { whyNotHeard } from './listening.ts'
import { partsInTurn, STEP_NAMES, whyNotDecide, type Review, type ReviewPart } from './review.ts'
import { closeReview, decidePart, lockOpenReview } from './review.store.ts'
import { OneMessage } from './submit-message.ts'

/** Decides one step. The last approval approves exactly the content that was submitted; a return ends the review. */
export const decideReview = action('review.decide', {
  input: v.object({
    ...OneMessage.entries,
    step: v.picklist(STEP_NAMES),
    verdict: v.picklist(['approve', 'return']),
    /** The hash that the person saw: what they did not see they do not approve. */
    contentHash: v.string(),
    note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(4_000)), ''),
  }),
  // Who may is the business of each step: its role, in its kind of body.
  may: { who: 'signed_in' },
  records: ({ messageId, step, verdict, contentHash }) => ({
    subject: 'message',
    subjectId: messageId,
    facts: { step, verdict, hash: contentHash },
  }),
  async run(ctx, { messageId, step, verdict, contentHash, note }) {
    const message = await lockMessage(ctx.db, messageId)
    const review = message && (await lockOpenReview(ctx.db, messageId))
    if (!message || !review) throw new Refusal('review.closed')
    if (contentHash !== review.contentHash) throw new Refusal('review.void')
    const part = partsInTurn(review.parts).find(({ name }) => name === step)
    if (!part) throw new Refusal('review.not_its_turn')
    refuseIf(await whyNotTakeStep(ctx, message, review, part))
    // What is returned need not be heard to its end.
    if (verdict === 'approve') refuseIf(await whyNotHeard(ctx, messageId))
    if (verdict === 'return' && note === '') throw new Refusal('input.required', {}, 'note')
    if (ctx.actor.kind !== 'person') throw new Refusal('review.person_only')
    const decision = { verdict, note, decidedBy: ctx.actor.personId, decidedAt: ctx.clock.now() }
    await decidePart(ctx.db, { reviewId: review.id, ordinal: part.ordinal, name: part.name }, decision)
    const last = review.parts.filter((one) => one.verdict === null).length === 1
    if (verdict === 'return') await closeReview(ctx.db, review.id, 'returned', ctx.clock.now())
    else if (last) await closeReview(ctx.db, review.id, 'approved', ctx.clock.now())
  },
})

/** Why this actor may not decide this step; null when they may. */
export async function whyNotTakeStep(
  ctx: Ctx,
  message: Message,
  review: Review,
  part: Pick<ReviewPart, 'name' | 'role' | 'organisationKinds'>,
): Promise<Refusal | null> {
  return (
    whyNotDecide(ctx.actor, review, message, await writersOf(ctx, message)) ?? (await whyNotRole(ctx, message, part))
  )
}

async function whyNotRole(
  ctx: Ctx,
  message: Message,
  { name, role, organisationKinds }: Pick<ReviewPart, 'name' | 'role' | 'organisationKinds'>,
): Promise<Refusal | null> {
  if (ctx.actor.kind !== 'person') return new Refusal('access.sign_in')
  const held = ctx.actor.grants.filter((grant) => grant.role === role).map((grant) => grant.organisationId)
  if (organisationKinds.length === 0) {
    const above = await ctx.hierarchy.above(ctx.db, message.organisationId)
    return held.some((id) => above.has(id)) ? null : new Refusal('access.organisation', { roles: role })
  }
  const bodies = await organisationsWhere(ctx.db, held)
  const protectors = name === 'survivor' ? await socialProtection(ctx) : new Set<string>()
  const fits = bodies.some((body) => organisationKinds.includes(body.kind) || protectors.has(body.code))
  return fits ? null : new Refusal('review.other_body', { kinds: organisationKinds.join(',') })
}

/** Codes of the bodies that have or had the duty of social protection: a survivor's story is theirs to look at, too. */
async function socialProtection(ctx: Ctx): Promise<ReadonlySet<string>> {
  const moves = (await successions(ctx.db)).filter(({ duty }) => duty === 'social_protection')
  return new Set(moves.flatMap(({ fromCode, toCode }) => [fromCode, toCode]))
}

/** Everybody whose words the current versions are: the master's, and those of each rendition changed by hand. */
export async function writersOf(ctx: Ctx, message: Message): Promise<ReadonlySet<Id<'person'>>> {
  const version = await versionOf(ctx.db, message.id, message.currentVersion)
  const renditions = await renditionsOf(ctx.db, message.id)
  const all = [version?.editedBy, ...renditions.map(({ current }) => current.editedBy)]
  return new Set(all.filter((id): id is Id<'person'> => id !== null && id !== undefined))
}
