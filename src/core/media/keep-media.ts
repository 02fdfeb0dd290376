import * as v from 'valibot'
import {
  actingPerson,
  action,
  DaySchema,
  idOf,
  newId,
  Refusal,
  refuseIf,
  tidy,
  type Ctx,
  type Id,
  type Role,
} from '../kernel/index.ts'
import { makeSizesJob } from './media.jobs.ts'
import { insertMedia, lockMedia, mediaById, mediaBySha256, updateMedia } from './media.store.ts'
import { MEDIA_KINDS, SHELVES, whyNotShelve, type Media } from './media.ts'

export const KEEPERS: readonly Role[] = [
  'campaign_officer',
  'content_officer',
  'press_officer',
  'field_officer',
  'reviewer',
]

/** Who may say that the faces in a picture are no victim's. */
const ANSWERING: readonly Role[] = ['campaign_officer', 'content_officer', 'reviewer', 'leader']

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
    /** As `takeMedia` of the app found it by its bytes. */
    file: v.object({
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      kind: v.picklist(MEDIA_KINDS),
      mime: v.string(),
      bytes: v.number(),
    }),
    madeFrom: v.nullish(idOf<'media'>(), null),
    shelf: v.optional(v.picklist(SHELVES), 'library'),
  }),
  may: { who: 'roles', roles: KEEPERS, within: (_ctx, { organisationId }) => organisationId },
  records: (_input, { mediaId, isNew }: Added) => (isNew ? { subject: 'media', subjectId: mediaId, facts: {} } : null),
  async run(ctx, { file, ...about }): Promise<Added> {
    const known = await mediaBySha256(ctx.db, file.sha256)
    if (known) return { mediaId: known.id, isNew: false }
    if (!(await ctx.files.has(file.sha256))) throw new Refusal('media.not_found')
    const mediaId = newId<'media'>()
    await insertMedia(ctx.db, {
      ...about,
      ...file,
      ...NOT_YET,
      id: mediaId,
      state: file.kind === 'picture' ? 'waiting' : 'ready',
      addedBy: actingPerson(ctx),
      addedAt: ctx.clock.now(),
    })
    if (file.kind === 'picture') await ctx.jobs.add(ctx.db, makeSizesJob, { mediaId })
    return { mediaId, isNew: true }
  },
})

const NOT_YET = {
  width: null,
  height: null,
  takenOn: null,
  withdrawnAt: null,
  withdrawnReason: null,
  revision: 1,
  faces: null,
  facesAnswer: null,
}

const OneMedia = v.object({ mediaId: idOf<'media'>() })
const within = async (ctx: Ctx, { mediaId }: { readonly mediaId: Id<'media'> }) =>
  (await mediaById(ctx.db, mediaId))?.organisationId ?? null
const may = { who: 'roles' as const, roles: KEEPERS, within }

const recorded = ({ mediaId }: { readonly mediaId: Id<'media'> }) => ({
  subject: 'media',
  subjectId: mediaId,
  facts: {},
})

async function mediaToChange(ctx: Ctx, { mediaId }: { readonly mediaId: Id<'media'> }): Promise<Media> {
  const media = await lockMedia(ctx.db, mediaId)
  if (!media) throw new Refusal('media.not_found')
  return media
}

/** Says what it shows, whose it is and until when it may be used. */
export const describeMedia = action('media.describe', {
  input: v.object({ ...OneMedia.entries, ...About, basedOn: v.number() }),
  may,
  records: recorded,
  async run(ctx, { mediaId, basedOn, ...about }) {
    const { revision } = await mediaToChange(ctx, { mediaId })
    if (revision !== basedOn) throw new Refusal('media.changed')
    await updateMedia(ctx.db, mediaId, { ...about, revision: revision + 1 })
  },
})

const Reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

/** Takes it out of use, with the reason; what was shown with it stays in the record. */
export const withdrawMedia = action('media.withdraw', {
  input: v.object({ ...OneMedia.entries, reason: Reason }),
  may,
  records: recorded,
  async run(ctx, { mediaId, reason }) {
    const media = await mediaToChange(ctx, { mediaId })
    if (media.withdrawnAt !== null) throw new Refusal('media.is_withdrawn')
    await updateMedia(ctx.db, mediaId, { withdrawnAt: ctx.clock.now(), withdrawnReason: reason })
  },
})

/** Answers for the faces in a picture: who they are in words of their part, never a name, and that none is a victim. */
export const answerForFaces = action('media.answer_for_faces', {
  input: v.object({ ...OneMedia.entries, answer: Reason }),
  may: { who: 'roles', roles: ANSWERING, within },
  records: recorded,
  async run(ctx, { mediaId, answer }) {
    const { kind } = await mediaToChange(ctx, { mediaId })
    if (kind !== 'picture') throw new Refusal('media.no_picture')
    const by = { facesAnsweredBy: actingPerson(ctx), facesAnsweredAt: ctx.clock.now() }
    await updateMedia(ctx.db, mediaId, { ...by, facesAnswer: answer })
  },
})

/** Takes what only proved into the library, with whose it is; its faces are blurred or answered for by then. */
export const shelveMedia = action('media.shelve', {
  input: v.object({ ...OneMedia.entries, ...About }),
  may,
  records: recorded,
  async run(ctx, { mediaId, ...about }) {
    const media = await mediaToChange(ctx, { mediaId })
    refuseIf(whyNotShelve(media))
    await updateMedia(ctx.db, mediaId, { ...about, shelf: 'library', revision: media.revision + 1 })
  },
})

/** Has the sizes of a picture made once more, where the machine gave up or called it broken. */
export const makeSizesAgain = action('media.make_again', {
  input: OneMedia,
  may,
  records: recorded,
  async run(ctx, { mediaId }) {
    const { kind, state } = await mediaToChange(ctx, { mediaId })
    if (kind !== 'picture' || state === 'ready') throw new Refusal('media.is_ready')
    await updateMedia(ctx.db, mediaId, { state: 'waiting' })
    await ctx.jobs.add(ctx.db, makeSizesJob, { mediaId })
  },
})
