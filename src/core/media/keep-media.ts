import * as v from 'valibot'
import { action, DaySchema, idOf, newId, Refusal, tidy, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { makeSizesJob } from './media.jobs.ts'
import { insertMedia, mediaById, mediaBySha256, updateMedia } from './media.store.ts'
import { isHeic, sniffMedia } from './sniff-media.ts'

export const KEEPERS: readonly Role[] = [
  'campaign_officer',
  'content_officer',
  'press_officer',
  'field_officer',
  'reviewer',
]

/** Bytes at most, by kind. */
const LARGEST_MEGABYTES = { picture: 30, audio: 90, video: 300, document: 50 } as const

const words = (most: number) => v.optional(v.pipe(v.string(), v.transform(tidy), v.maxLength(most)), '')
const About = {
  title: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(200)),
  alternative: words(1_000),
  rightsOwner: words(200),
  rightsTerms: words(1_000),
  rightsUntil: v.nullish(DaySchema, null),
}

export interface Added {
  readonly mediaId: Id<'media'>
  /** False when the same bytes stand already. */
  readonly isNew: boolean
}

/** Takes a kept file into the library. The same bytes again answer the media that stands. */
export const addMedia = action('media.add', {
  input: v.object({
    ...About,
    organisationId: idOf<'organisation'>(),
    fileName: v.pipe(v.string(), v.maxLength(300)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  }),
  may: { who: 'roles', roles: KEEPERS, within: (_ctx, { organisationId }) => organisationId },
  records: (_input, { mediaId, isNew }: Added) => (isNew ? { subject: 'media', subjectId: mediaId, facts: {} } : null),
  async run(ctx, { sha256, ...about }): Promise<Added> {
    const known = await mediaBySha256(ctx.db, sha256)
    if (known) return { mediaId: known.id, isNew: false }
    const bytes = await ctx.files.get(sha256)
    const sniffed = sniffMedia(bytes)
    if (!sniffed) throw new Refusal(isHeic(bytes) ? 'media.heic' : 'media.unknown', {}, 'file')
    const most = LARGEST_MEGABYTES[sniffed.kind]
    if (bytes.length > most * 1e6) throw new Refusal('media.too_large', { megabytes: most }, 'file')
    const mediaId = newId<'media'>()
    await insertMedia(ctx.db, {
      ...about,
      ...sniffed,
      ...NOT_YET,
      id: mediaId,
      sha256,
      bytes: bytes.length,
      state: sniffed.kind === 'picture' ? 'waiting' : 'ready',
      addedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      addedAt: ctx.clock.now(),
    })
    if (sniffed.kind === 'picture') await ctx.jobs.add(ctx.db, makeSizesJob, { mediaId })
    return { mediaId, isNew: true }
  },
})

const NOT_YET = { width: null, height: null, takenOn: null, withdrawnAt: null, withdrawnReason: null }

const OneMedia = v.object({ mediaId: idOf<'media'>() })
const within = async (ctx: Ctx, { mediaId }: { readonly mediaId: Id<'media'> }) =>
  (await mediaById(ctx.db, mediaId))?.organisationId ?? null
const may = { who: 'roles' as const, roles: KEEPERS, within }

/** Says what it shows, whose it is and until when it may be used. */
export const describeMedia = action('media.describe', {
  input: v.object({ ...OneMedia.entries, ...About }),
  may,
  records: ({ mediaId }) => ({ subject: 'media', subjectId: mediaId, facts: {} }),
  async run(ctx, { mediaId, ...about }) {
    if (!(await mediaById(ctx.db, mediaId))) throw new Refusal('media.not_found')
    await updateMedia(ctx.db, mediaId, about)
  },
})

/** Takes it out of use, with the reason; what was shown with it stays in the record. */
export const withdrawMedia = action('media.withdraw', {
  input: v.object({
    ...OneMedia.entries,
    reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
  }),
  may,
  records: ({ mediaId }) => ({ subject: 'media', subjectId: mediaId, facts: {} }),
  async run(ctx, { mediaId, reason }) {
    const media = await mediaById(ctx.db, mediaId)
    if (!media) throw new Refusal('media.not_found')
    if (media.withdrawnAt !== null) throw new Refusal('media.is_withdrawn')
    await updateMedia(ctx.db, mediaId, { withdrawnAt: ctx.clock.now(), withdrawnReason: reason })
  },
})
