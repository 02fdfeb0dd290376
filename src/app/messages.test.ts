import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHANNEL_RULES } from '../channels/index.ts'
import { castOf, type Cast } from '../core/identity/cast.build.ts'
import { keepFact } from '../core/fact/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  addRendition,
  composeWith,
  consentOf,
  editMessage,
  editRendition,
  followFact,
  keepDraft,
  messageById,
  recordConsent,
  renditionsOf,
  restoreMessage,
  signRendition,
  standingOf,
  startMessage,
  versionOf,
  withdrawConsent,
} from '../core/message/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { approvalOf, approvedContent, decideReview, reviewsOf, submitMessage } from '../core/review/index.ts'
import { openTestDatabase, person, testCtx, type TestDatabase } from '../testing/index.ts'

let database: TestDatabase
let ctx: Ctx
let cast: Cast
let writer: Ctx
let editor: Ctx
let police: Ctx
let leader: Ctx
let department: Id<'organisation'>

beforeAll(async () => {
  composeWith(CHANNEL_RULES)
  database = await openTestDatabase('province')
  cast = castOf(database, { hierarchy: organisationHierarchy })
  ctx = testCtx(database.db, {
    hierarchy: organisationHierarchy,
    clock: { now: () => new Date('2026-11-24T03:00:00Z') },
  })
  const codes = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'CAT-LC-2025'])
  department = codes.get('SVHTTDL-LC-2025')!
  writer = await somebody('hoa', 'campaign_officer', department)
  editor = await somebody('ngoc', 'reviewer', department)
  police = await somebody('minh', 'content_officer', codes.get('CAT-LC-2025')!)
  leader = await somebody('thang', 'leader', department)
})
afterAll(() => database.close())

async function somebody(
  username: string,
  role: 'campaign_officer' | 'reviewer' | 'content_officer' | 'leader',
  body: Id<'organisation'>,
): Promise<Ctx> {
  const { id } = await cast.someone(username)
  return { ...ctx, actor: person(id, [{ role, organisationId: body, delegationId: null }], username) }
}

const WORDS = {
  title: 'Cảnh giác việc nhẹ, lương cao',
  lead: 'Nhiều người bị lừa đi làm xa.',
  body: 'Không đưa giấy tờ cho người lạ. Hỏi xã trước khi đi.',
  callToAction: 'Khi nghi ngờ, gọi {{111}}.',
}

async function begin(kind: 'news' | 'story' = 'news', words: Partial<typeof WORDS> = {}): Promise<Id<'message'>> {
  return startMessage(writer, { ...WORDS, ...words, kind, workingTitle: 'Việc nhẹ', organisationId: department })
}

async function hashOf(messageId: Id<'message'>): Promise<string> {
  return (await messageById(ctx.db, messageId))?.contentHash ?? ''
}

async function approve(messageId: Id<'message'>): Promise<void> {
  await submitMessage(writer, { messageId })
  const contentHash = await hashOf(messageId)
  for (const [who, step] of [
    [editor, 'edit'],
    [police, 'facts'],
    [leader, 'lead'],
  ] as const) {
    await decideReview(who, { messageId, step, verdict: 'approve', contentHash })
  }
}

async function approval(messageId: Id<'message'>) {
  return approvalOf((await messageById(ctx.db, messageId))!, await reviewsOf(ctx.db, messageId))
}

describe('renditions', () => {
  test('follow the master until somebody changes them, and then say that it has moved on', async () => {
    const messageId = await begin()
    await addRendition(writer, { messageId, channel: 'sms', language: 'vi' })
    const poster = await addRendition(writer, { messageId, channel: 'poster', language: 'vi' })
    await editRendition(writer, { renditionId: poster, basedOn: 1, fields: { headline: 'Đừng tin!' } })
    await editMessage(writer, {
      ...WORDS,
      messageId,
      kind: 'news',
      workingTitle: 'x',
      basedOn: 1,
      title: 'Đừng đi một mình',
    })
    const { renditions } = await standingOf(ctx, (await messageById(ctx.db, messageId))!)
    const of = (channel: string) => renditions.find(({ rendition }) => rendition.channel === channel)
    expect(of('sms')).toMatchObject({ state: 'ready', rendition: { current: { fromMaster: 2 } } })
    expect(of('sms')?.rendition.current.fields['accented']).toContain('Đừng đi một mình')
    expect(of('poster')).toMatchObject({
      state: 'moved_on',
      rendition: { current: { fromMaster: 1, fields: { headline: 'Đừng tin!' } } },
    })
  })

  test('of another language wait for a native speaker, those heard first for a recording', async () => {
    const messageId = await begin()
    const english = await addRendition(writer, { messageId, channel: 'sms', language: 'en' })
    await addRendition(writer, { messageId, channel: 'loudspeaker', language: 'hmn' })
    const states = async () =>
      (await standingOf(ctx, (await messageById(ctx.db, messageId))!)).renditions.map(({ state }) => state)
    expect(await states()).toEqual(['unrecorded', 'empty'])
    const basedOn = await editRendition(writer, {
      renditionId: english,
      basedOn: 1,
      fields: { accented: 'Call 111', unaccented: 'Call 111' },
    })
    expect(await states()).toEqual(['unrecorded', 'unsigned'])
    await signRendition(writer, { renditionId: english, basedOn, speaker: 'Anna', backTranslation: 'Gọi 111' })
    expect(await states()).toEqual(['unrecorded', 'ready'])
  })

  test('say a corrected fact by its new value, and an approval of the old one holds no longer', async () => {
    const fact = { kind: 'hotline' as const, code: 'thu', name: 'Số thử', value: '0200000001', source: 'thử' }
    await keepFact({ ...ctx, actor: { kind: 'system', name: 'test' } }, fact)
    const messageId = await begin('news', { callToAction: 'Gọi {{thu}} hoặc {{111}}.' })
    await addRendition(writer, { messageId, channel: 'banner', language: 'vi' })
    await approve(messageId)
    expect(await approval(messageId)).toBe('approved')
    await keepFact({ ...ctx, actor: { kind: 'system', name: 'test' } }, { ...fact, value: '0200000002' })
    await followFact(ctx, 'thu')
    const [banner] = await renditionsOf(ctx.db, messageId)
    expect(banner?.current.fields['line']).toContain('0200000002')
    expect(await approval(messageId)).toBe('void')
  })
})

describe('what is typed', () => {
  test('is never overwritten by an older page, and a draft is kept apart for each person', async () => {
    const messageId = await begin()
    const edit = { ...WORDS, messageId, kind: 'news' as const, workingTitle: 'x', basedOn: 1 }
    await editMessage(writer, { ...edit, title: 'Một' })
    await expect(editMessage(editor, { ...edit, title: 'Hai' })).rejects.toMatchObject({ code: 'message.changed' })
    expect((await versionOf(ctx.db, messageId, 2))?.title).toBe('Một')
    const draft = { messageId, subject: 'master', basedOn: 2, fields: { title: 'Ba' } }
    expect(await keepDraft(writer, draft)).toMatchObject({ alsoHere: null })
    expect(await keepDraft(editor, draft)).toMatchObject({ alsoHere: expect.stringMatching(/.+/) })
  })
})

describe('review', () => {
  let messageId: Id<'message'>
  beforeEach(async () => {
    messageId = await begin()
    await addRendition(writer, { messageId, channel: 'portal', language: 'vi' })
  })

  test('goes step by step through three people, and nobody decides on what they wrote or twice', async () => {
    await submitMessage(writer, { messageId })
    const contentHash = await hashOf(messageId)
    const decide = (who: Ctx, step: 'edit' | 'facts' | 'lead') =>
      decideReview(who, { messageId, step, verdict: 'approve', contentHash })
    await expect(decide(leader, 'lead')).rejects.toMatchObject({ code: 'review.not_its_turn' })
    await expect(decide(writer, 'edit')).rejects.toMatchObject({ code: 'review.own_message' })
    await expect(decide(police, 'edit')).rejects.toMatchObject({ code: 'access.organisation' })
    await decide(editor, 'edit')
    await expect(decide(leader, 'facts')).rejects.toMatchObject({ code: 'review.other_body' })
    await decide(police, 'facts')
    await decide(leader, 'lead')
    expect(await approval(messageId)).toBe('approved')
    expect(await approvedContent(ctx.db, messageId, contentHash)).toMatchObject({ renditions: [{ channel: 'portal' }] })
  })

  test('is void after any edit, and a step cannot be decided on a text one has not seen', async () => {
    await submitMessage(writer, { messageId })
    const contentHash = await hashOf(messageId)
    await editMessage(writer, { ...WORDS, messageId, kind: 'news', workingTitle: 'x', basedOn: 1, lead: 'Khác.' })
    await expect(
      decideReview(editor, { messageId, step: 'edit', verdict: 'approve', contentHash }),
    ).rejects.toMatchObject({ code: 'review.void' })
    expect(await approval(messageId)).toBe('draft')
  })

  test('is not begun while a number is stale, a hotline missing or a rendition lacks something', async () => {
    const picture = '![Chợ](media:0198c0de-0000-7000-8000-000000000000)'
    for (const words of [{ callToAction: 'Gọi 1800 1567.' }, { callToAction: 'Hãy cẩn thận.' }, { body: picture }]) {
      const stale = await begin('news', words)
      await addRendition(writer, { messageId: stale, channel: 'portal', language: 'vi' })
      await expect(submitMessage(writer, { messageId: stale })).rejects.toMatchObject({ code: 'review.not_clean' })
    }
    await expect(submitMessage(writer, { messageId: await begin() })).rejects.toMatchObject({
      code: 'review.no_rendition',
    })
  })
})

describe('the story of a survivor', () => {
  test('is blocked until consent is recorded, tells nobody who it is, and is out of use when consent is taken back', async () => {
    const messageId = await begin('story', { body: 'Mai kể: tôi bị lừa đi xa. Tên nhân vật đã thay đổi.' })
    await addRendition(writer, { messageId, channel: 'portal', language: 'vi' })
    await expect(submitMessage(writer, { messageId })).rejects.toMatchObject({ code: 'review.no_consent' })
    const consent = {
      messageId,
      who: 'Sùng Thị M, xã B',
      pseudonym: 'Mai',
      scope: 'Kể trên cổng',
      givenOn: '2026-11-01',
    }
    await expect(recordConsent(writer, { ...consent, channels: ['portal'], ofChild: true })).rejects.toMatchObject({
      code: 'message.consent_guardian',
    })
    await recordConsent(writer, { ...consent, channels: ['portal'] })
    expect(JSON.stringify(await consentOf(ctx.db, messageId))).not.toContain('Sùng')
    await submitMessage(writer, { messageId })
    await editMessage(writer, {
      ...WORDS,
      messageId,
      kind: 'story',
      workingTitle: 'x',
      basedOn: 1,
      body: 'Sùng Thị Mỷ, 16 tuổi, kể.',
    })
    await expect(submitMessage(writer, { messageId })).rejects.toMatchObject({ code: 'review.not_clean' })
    await withdrawConsent(writer, { messageId, reason: 'Không muốn nữa' })
    expect(await approval(messageId)).toBe('withdrawn')
  })
})

test('no sequence of edits, approvals and restores makes an approved hash of words that nobody approved', async () => {
  const step = fc.constantFrom('edit', 'approve', 'restore', 'rendition')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      const messageId = await begin()
      const renditionId = await addRendition(writer, { messageId, channel: 'banner', language: 'vi' })
      const approved = new Map<string, string>()
      for (const [at, what] of steps.entries()) {
        const message = (await messageById(ctx.db, messageId))!
        const [rendition] = await renditionsOf(ctx.db, messageId)
        const basedOn = message.currentVersion
        if (what === 'edit')
          await editMessage(writer, {
            ...WORDS,
            messageId,
            kind: 'news',
            workingTitle: 'x',
            basedOn,
            title: `Lần ${at % 3}`,
          })
        if (what === 'restore') await restoreMessage(writer, { messageId, version: 1, basedOn })
        if (what === 'rendition')
          await editRendition(writer, {
            renditionId,
            basedOn: rendition!.current.number,
            fields: { line: `Gọi 111 lần ${at % 2}` },
          })
        if (what === 'approve' && (await approval(messageId)) !== 'approved') {
          const standing = await standingOf(ctx, message)
          if (standing.renditions.some(({ state }) => state !== 'ready')) continue
          await approve(messageId)
          approved.set(
            await hashOf(messageId),
            JSON.stringify((await renditionsOf(ctx.db, messageId)).map(({ current }) => current.fields)),
          )
        }
        const now = JSON.stringify((await renditionsOf(ctx.db, messageId)).map(({ current }) => current.fields))
        if ((await approval(messageId)) === 'approved') expect(approved.get(await hashOf(messageId))).toBe(now)
        const content = await approvedContent(ctx.db, messageId, await hashOf(messageId))
        if (content) expect(JSON.stringify(content.renditions.map(({ fields }) => fields))).toBe(now)
      }
    }),
    { numRuns: 15 },
  )
})
