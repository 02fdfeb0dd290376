import { Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { messageById, messagesWhere, type Message } from '#core/message/index.ts'
import { correctRelease, whyNotFollow, type Release } from '#core/release/index.ts'
import { statesOfMessages } from '#core/review/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { momentOf, momentTyped } from '#web/forms/moment.ts'
import { paths } from '#web/paths.ts'
import { releaseOf, titleOf } from '../../one-release.ts'
import { shownReach } from '../shown-preview.ts'
import type { Actions, PageServerLoad } from './$types.ts'

/** Messages that are looked through for what may take the place: those changed last. */
const MOST = 200

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const release = await releaseOf(ctx, params.id)
  const title = await titleOf(ctx, release)
  const own = await messageById(ctx.db, release.messageId)
  const others = await messagesWhere(ctx.db, { campaignId: release.campaignId }, null, MOST)
  const approved = await approvedOf(ctx, [...(own ? [own] : []), ...others])
  const refusal = await whyNotCorrect(ctx, release)
  return {
    release,
    title,
    following: await shownReach(ctx, release.id),
    /** The same message in new words: why it cannot be a correction yet, or null. */
    whyNotOwn: own && ownRefusal(w, release, own, approved),
    others: others
      .filter(({ id }) => id !== release.messageId && approved.has(id))
      .map(({ id, workingTitle }) => ({ id, title: workingTitle })),
    endsAt: momentTyped(release.endsAt !== null && release.endsAt > ctx.clock.now() ? release.endsAt : null),
    words: w('release_follow_words_default', { title }),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

async function whyNotCorrect(ctx: Ctx, release: Release): Promise<Refusal | null> {
  const input = { releaseId: release.id } as Parameters<typeof correctRelease.whyNot>[1] // who may depends on the release alone
  return (await correctRelease.whyNot(ctx, input)) ?? whyNotFollow(ctx, release)
}

/** Of these messages, those whose words as they stand are approved and that are in use. */
async function approvedOf(ctx: Ctx, messages: readonly Message[]): Promise<ReadonlySet<Id<'message'>>> {
  const states = await statesOfMessages(
    ctx.db,
    messages.map(({ id }) => id),
  )
  const hashes = new Set(
    states.filter(({ state }) => state === 'approved').map((one) => `${one.messageId} ${one.contentHash}`),
  )
  const fit = messages.filter(
    ({ id, contentHash, withdrawnAt }) => withdrawnAt === null && hashes.has(`${id} ${contentHash}`),
  )
  return new Set(fit.map(({ id }) => id))
}

function ownRefusal(w: Words, release: Release, own: Message, approved: ReadonlySet<Id<'message'>>): string | null {
  if (own.contentHash === release.contentHash) return sentenceOf(w, new Refusal('release.same_words'))
  return approved.has(own.id) ? null : sentenceOf(w, new Refusal('release.not_approved'))
}

export const actions: Actions = {
  default: act(correctRelease, {
    input: async (data, { params, locals: { ctx, w } }) => {
      const { id, messageId, wordsAtEnd } = await releaseOf(ctx, params.id)
      const other = fieldOf(data, 'what') === 'other' ? givenId<'message'>(fieldOf(data, 'messageId')) : null
      const named = other && wordsAtEnd !== null ? await titleOf(ctx, { messageId: other }) : null
      return {
        releaseId: id,
        messageId: other ?? messageId,
        // What comes down then bears the name of what went up.
        ...(named === null ? {} : { wordsAtEnd: w('release_words_at_end_default', { title: named }) }),
        words: fieldOf(data, 'words'),
        endsAt: momentOf(fieldOf(data, 'endsAt'), 'endsAt'),
      }
    },
    then: (id) => `${paths.release(id)}?done=release_proposed`,
  }),
}
