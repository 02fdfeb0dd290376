import { newId, type Ctx, type Db, type Id } from '../kernel/index.ts'
import { contentHash, type Content } from '../message/index.ts'
import { articlesOf, putUp, takeDown } from './index.ts'

/** What is said, and by which kind of release. Whatever is left out is as in the simplest case. */
export interface Said {
  readonly messageId?: Id<'message'>
  readonly title?: string
  readonly lead?: string
  readonly body?: string
  readonly languages?: readonly string[]
  /** Those of the release's row, where it is not all of them. */
  readonly rowLanguages?: readonly string[]
  /** By their places in the campaign. */
  readonly themes?: readonly number[]
  readonly messageKind?: 'news' | 'notice' | 'story'
  readonly kind?: 'original' | 'correction' | 'replacement'
  readonly of?: Id<'release'>
  /** SHA-256 of what was recorded for loudspeakers, by language. */
  readonly recordings?: Readonly<Record<string, string>>
}

export interface Released {
  readonly messageId: Id<'message'>
  readonly releaseId: Id<'release'>
  readonly renditions: Content['renditions']
}

export const THEMES = [
  'Thủ đoạn lừa đảo đưa người ra nước ngoài lao động trái phép.',
  'Quyền được giữ bí mật và được hỗ trợ của nạn nhân.',
] as const

/** A body with a campaign whose messages are approved and released at once: the rows as reviews and people would leave them. */
export async function openNewsroom(ctx: Ctx) {
  const organisationId = await someBody(ctx.db)
  const campaignId = await someCampaign(ctx, organisationId)
  const about = { ctx, organisationId, campaignId }
  return {
    campaignId,
    /** Writes the release and its approved content; nothing is on the portal yet. */
    release: (said: Said) => release(about, said),
    /** Releases it and puts it up. Answers its articles by language. */
    async up(said: Said = {}) {
      const released = await release(about, said)
      const put = await putUp(ctx, released)
      const articles = await articlesOf(ctx.db, released.messageId)
      return { ...released, put, articles, ids: new Map(articles.map(({ language, id }) => [language, id])) }
    },
    /** Takes back what a release has put up. */
    async recall({ messageId, releaseId }: Pick<Released, 'messageId' | 'releaseId'>): Promise<void> {
      const recallId = newId<'release'>()
      await insertRelease(about, { id: recallId, messageId, hash: 'h', kind: 'recall', of: releaseId })
      await takeDown(ctx, recallId)
    },
    /** Gives the campaign's themes new ids, as an amended plan does. */
    async amendPlan(): Promise<void> {
      await ctx.db.deleteFrom('campaignTheme').where('campaignId', '=', campaignId).execute()
      await addThemes(ctx.db, campaignId)
    },
  }
}

export type Newsroom = Awaited<ReturnType<typeof openNewsroom>>

interface About {
  readonly ctx: Ctx
  readonly organisationId: Id<'organisation'>
  readonly campaignId: Id<'campaign'>
}

async function release(about: About, said: Said): Promise<Released> {
  const { ctx } = about
  const messageId = said.messageId ?? (await insertMessage(about, said))
  const content = contentOf(said)
  const hash = contentHash({ content, at: newId() })
  const now = ctx.clock.now()
  const review = { id: newId(), messageId, contentHash: hash, content: JSON.stringify(content), submittedAt: now }
  await ctx.db
    .insertInto('review')
    .values({ ...review, state: 'approved' })
    .execute()
  if (said.themes) await setThemes(about, messageId, said.themes)
  const releaseId = newId<'release'>()
  await insertRelease(about, { id: releaseId, messageId, hash, kind: said.kind ?? 'original', of: said.of ?? null })
  const inRow = said.rowLanguages ?? said.languages ?? ['vi']
  const renditions = content.renditions.filter(
    ({ channel, language }) => channel === 'portal' && inRow.includes(language),
  )
  return { messageId, releaseId, renditions }
}

function contentOf(said: Said): Content {
  const { title = 'Cảnh giác', lead = '', body = 'Hỏi xã trước khi đi.', languages = ['vi'] } = said
  const fields = { title, lead, body, callToAction: 'Hãy gọi 111.' }
  const rendition = (channel: string, language: string, recording: string | null) => {
    return { id: newId(), channel, language, version: 1, fields, recording }
  }
  const heard = Object.entries(said.recordings ?? {})
  return {
    kind: said.messageKind ?? 'notice',
    language: 'vi',
    validUntil: null,
    embargoUntil: null,
    renditions: [
      ...languages.map((language) => rendition('portal', language, null)),
      ...heard.map(([language, sha256]) => rendition('loudspeaker', language, `${sha256}:reader`)),
    ],
  }
}

async function insertMessage({ ctx, organisationId, campaignId }: About, said: Said): Promise<Id<'message'>> {
  const id = newId<'message'>()
  const at = ctx.clock.now()
  const kind = said.messageKind ?? 'notice'
  const written = { organisationId, campaignId, kind, workingTitle: said.title ?? 'Cảnh giác' }
  await ctx.db
    .insertInto('message')
    .values({ ...written, id, contentHash: '', createdAt: at, changedAt: at })
    .execute()
  return id
}

async function setThemes({ ctx, campaignId }: About, messageId: Id<'message'>, themes: readonly number[]) {
  const known = await ctx.db
    .selectFrom('campaignTheme')
    .select('id')
    .where('campaignId', '=', campaignId)
    .orderBy('ordinal')
    .execute()
  const ids = themes.map((at) => known[at]?.id ?? '')
  await ctx.db.updateTable('message').set({ themes: ids }).where('id', '=', messageId).execute()
}

interface NewRelease {
  readonly id: Id<'release'>
  readonly messageId: Id<'message'>
  readonly hash: string
  readonly kind: string
  readonly of: Id<'release'> | null
}

async function insertRelease({ ctx, organisationId, campaignId }: About, given: NewRelease): Promise<void> {
  const at = ctx.clock.now()
  const { id, messageId, kind } = given
  const pressed = { proposedAt: at, releasedAt: at, startsAt: at, state: 'released', lane: 'ordinary' }
  await ctx.db
    .insertInto('release')
    .values({
      ...pressed,
      id,
      messageId,
      kind,
      organisationId,
      campaignId,
      contentHash: given.hash,
      ofReleaseId: given.of,
      channels: ['portal'],
    })
    .execute()
}

async function someBody(db: Db): Promise<Id<'organisation'>> {
  const placeId = newId()
  const id = newId<'organisation'>()
  const place = { id: placeId, code: `P-${placeId}`, kind: 'province', level: 'province', name: 'Lào Cai' }
  await db.insertInto('place').values(place).execute()
  await db
    .insertInto('organisation')
    .values({ id, code: `B-${id}`, kind: 'department', level: 'province', name: 'Sở Văn hóa', placeId })
    .execute()
  return id
}

async function someCampaign({ db, clock }: Ctx, organisationId: Id<'organisation'>): Promise<Id<'campaign'>> {
  const planId = newId()
  const id = newId<'campaign'>()
  const at = clock.now()
  const fileSha256 = planId.replaceAll('-', '').padEnd(64, '0')
  const read = { state: 'confirmed', confirmedAt: at, text: '', reading: '{}', fileName: 'plan.txt', importedAt: at }
  await db
    .insertInto('plan')
    .values({ ...read, id: planId, organisationId, fileSha256 })
    .execute()
  const name = 'Tuyên truyền phòng, chống mua bán người năm 2026'
  await db.insertInto('campaign').values({ id, planId, organisationId, name, openedAt: at }).execute()
  await addThemes(db, id)
  return id
}

async function addThemes(db: Db, campaignId: Id<'campaign'>): Promise<void> {
  const rows = THEMES.map((text, ordinal) => ({ id: newId(), campaignId, ordinal, clause: '', text }))
  await db.insertInto('campaignTheme').values(rows).execute()
}
