import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import type { Ctx, Id } from '../kernel/index.ts'
import {
  articleById,
  articlesOf,
  campaignsUp,
  entriesOn,
  goneFrom,
  headlinesOn,
  languagesUp,
  portalVersion,
  putUp,
  themesOfArticle,
  themesUp,
} from './index.ts'
import { openNewsroom, THEMES, type Newsroom } from './newsroom.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let database: TestDatabase
let ctx: Ctx
let newsroom: Newsroom

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db, { clock })
  newsroom = await openNewsroom(ctx)
})
afterAll(() => database.close())

let hours = 0
/** Each release is pressed after the one before it. */
function later(): void {
  hours += 1
  clock.set(new Date(Date.UTC(2026, 10, 24, 2 + hours)).toISOString())
}
beforeEach(later)

const stateOf = async (messageId: Id<'message'>) =>
  (await articlesOf(ctx.db, messageId)).map(({ language, title, withdrawnAt }) => [
    language,
    title,
    withdrawnAt ? 'down' : 'up',
  ])

describe('an article', () => {
  test('goes up once a language, under its campaign and themes; again it is the same', async () => {
    const first = await newsroom.up({ languages: ['vi', 'en'], themes: [0, 1] })
    expect(await putUp(ctx, first)).toEqual(first.put)
    const [english, vietnamese] = await articlesOf(ctx.db, first.messageId)
    expect([english?.language, vietnamese?.language]).toEqual(['en', 'vi'])
    expect(english).toMatchObject({ campaignId: newsroom.campaignId, correctedAt: null, publishedAt: clock.now() })
    const themes = await themesOfArticle(ctx.db, english!.id)
    expect(themes.map(({ name }) => name)).toEqual([THEMES[1], THEMES[0]])
  })

  test('keeps its address and day when it is corrected, and says when that was', async () => {
    const first = await newsroom.up({ title: 'Gọi 113' })
    later()
    const same = await newsroom.up({ messageId: first.messageId, title: 'Gọi 113' })
    expect(same.articles[0]).toMatchObject({ correctedAt: null, changedAt: first.articles[0]?.changedAt })
    later()
    const of = same.releaseId
    const right = await newsroom.up({ messageId: first.messageId, title: 'Gọi 111', kind: 'correction', of })
    expect(right.articles).toEqual([
      {
        ...first.articles[0],
        title: 'Gọi 111',
        releaseId: right.releaseId,
        releasedAt: clock.now(),
        correctedAt: clock.now(),
        changedAt: clock.now(),
      },
    ])
  })

  test('keeps the address of its theme when the plan is amended', async () => {
    const before = await newsroom.up({ themes: [0] })
    await newsroom.amendPlan()
    const after = await newsroom.up({ themes: [0] })
    const themeOf = async (one: typeof before) => (await themesOfArticle(ctx.db, one.articles[0]!.id))[0]?.id
    expect(await themeOf(after)).toBe(await themeOf(before))
  })

  test('can be listened to where its language was recorded and approved with it, but for a survivor’s story', async () => {
    const recordings = { hmn: 'a'.repeat(64) }
    const told = await newsroom.up({ languages: ['vi', 'hmn'], recordings })
    expect(told.articles.map(({ language, recordingSha256 }) => [language, recordingSha256])).toEqual([
      ['hmn', 'a'.repeat(64)],
      ['vi', null],
    ])
    const story = await newsroom.up({ languages: ['hmn'], recordings, messageKind: 'story' })
    expect(story.articles[0]?.recordingSha256).toBeNull()
  })

  test('comes down in a language that a correction no longer has, though another outlet carries that row', async () => {
    const first = await newsroom.up({ languages: ['vi', 'en', 'hmn'] })
    later()
    const of = first.releaseId
    const { messageId } = first
    const corrected = { messageId, title: 'Đúng', kind: 'correction', of } as const
    await newsroom.up({ ...corrected, languages: ['vi', 'en'], rowLanguages: ['vi'] })
    expect(await stateOf(messageId)).toEqual([
      ['en', 'Cảnh giác', 'up'],
      ['hmn', 'Cảnh giác', 'down'],
      ['vi', 'Đúng', 'up'],
    ])
  })

  test('gives way to the message that replaces it', async () => {
    const first = await newsroom.up({ title: 'Cũ' })
    later()
    const second = await newsroom.up({ title: 'Mới', kind: 'replacement', of: first.releaseId })
    expect(await articleById(ctx.db, first.ids.get('vi')!)).toMatchObject({
      withdrawnAt: clock.now(),
      replacedBy: second.messageId,
    })
    expect(await stateOf(second.messageId)).toEqual([['vi', 'Mới', 'up']])
  })
})

describe('a recall', () => {
  test('takes down what its release put up, in all its languages, and nothing else', async () => {
    const first = await newsroom.up({ languages: ['vi', 'en'] })
    const other = await newsroom.up()
    later()
    await newsroom.recall(first)
    expect((await stateOf(first.messageId)).map(([, , state]) => state)).toEqual(['down', 'down'])
    expect((await stateOf(other.messageId)).map(([, , state]) => state)).toEqual(['up'])
  })

  test('of an older release leaves an article that a newer one has put up again', async () => {
    const old = await newsroom.up({ title: 'Cũ', languages: ['vi', 'en'] })
    later()
    const { messageId } = old
    const renewed = await newsroom.up({ messageId, title: 'Mới', languages: ['vi', 'en'], rowLanguages: ['vi'] })
    await newsroom.recall(old)
    expect(await stateOf(messageId)).toEqual([
      ['en', 'Cũ', 'down'],
      ['vi', 'Mới', 'up'],
    ])
    await newsroom.recall(renewed)
    expect((await stateOf(messageId)).map(([, , state]) => state)).toEqual(['down', 'down'])
  })

  test('lets a row of its release that comes late put nothing up', async () => {
    const late = await newsroom.release({})
    await newsroom.recall(late)
    expect(await putUp(ctx, late)).toEqual({ kind: 'recalled' })
    expect(await articlesOf(ctx.db, late.messageId)).toEqual([])
  })

  test('and a late row, both at once, leave nothing up', async () => {
    for (let round = 0; round < 20; round += 1) {
      const one = await newsroom.release({})
      await Promise.all([putUp(ctx, one), newsroom.recall(one)])
      expect((await stateOf(one.messageId)).filter(([, , state]) => state === 'up')).toEqual([])
    }
  })
})

test('a row of an older release that comes late changes nothing that a newer one says', async () => {
  const old = await newsroom.release({ title: 'Cũ' })
  later()
  await newsroom.up({ messageId: old.messageId, title: 'Mới' })
  expect(await putUp(ctx, old)).toEqual({ kind: 'superseded' })
  expect(await stateOf(old.messageId)).toEqual([['vi', 'Mới', 'up']])
})

describe('a shelf', () => {
  test('shows what is up by language, theme and campaign, newest first and page by page', async () => {
    const language = 'tyz'
    for (let number = 1; number <= 5; number += 1) {
      await newsroom.up({ title: `Bài ${number}`, languages: [language], themes: [number % 2] })
      later()
    }
    const down = await newsroom.up({ title: 'Gỡ', languages: [language], themes: [0] })
    await newsroom.recall(down)
    const all = { language, themeId: null, campaignId: null }
    const first = await headlinesOn(ctx.db, all, null, 3)
    const rest = await headlinesOn(ctx.db, all, first.at(-1)!, 3)
    expect([...first, ...rest].map(({ title }) => title)).toEqual(['Bài 5', 'Bài 4', 'Bài 3', 'Bài 2', 'Bài 1'])
    const others = await headlinesOn(ctx.db, all, null, 3, first[1]!.id)
    expect(others.map(({ title }) => title)).toEqual(['Bài 5', 'Bài 3', 'Bài 2'])
    const [secret, tricks] = await themesUp(ctx.db, language, newsroom.campaignId)
    expect([secret?.name, tricks?.name]).toEqual([THEMES[1], THEMES[0]])
    const ofTheme = await entriesOn(ctx.db, { ...all, themeId: tricks!.id }, 10)
    expect(ofTheme.map(({ title }) => title)).toEqual(['Bài 4', 'Bài 2'])
    const ofCampaign = await headlinesOn(ctx.db, { ...all, campaignId: newsroom.campaignId }, null, 10)
    expect(ofCampaign).toHaveLength(5)
    expect(await campaignsUp(ctx.db, language)).toEqual([newsroom.campaignId])
    expect(await goneFrom(ctx.db, { ...all, themeId: tricks!.id }, new Date(0), 10)).toEqual([
      { id: down.ids.get(language), withdrawnAt: clock.now() },
    ])
  })

  test('knows the languages in which anything is up', async () => {
    await newsroom.up({ languages: ['nut'], themes: [1] })
    const gone = await newsroom.up({ languages: ['pcc'] })
    await newsroom.recall(gone)
    const languages = await languagesUp(ctx.db)
    expect(languages).toEqual([...languages].sort())
    expect([languages.includes('nut'), languages.includes('pcc')]).toEqual([true, false])
    const [theme] = await themesUp(ctx.db, 'nut', null)
    const ofTheme = await languagesUp(ctx.db, { themeId: theme!.id, campaignId: newsroom.campaignId })
    expect([ofTheme.includes('nut'), ofTheme.includes('hmn')]).toEqual([true, false])
  })
})

test('the version of the portal goes up with each change of what is public, and with nothing else', async () => {
  const version = async () => (await portalVersion(ctx.db)).version
  const changes = async (work: () => Promise<unknown>) => {
    const before = await version()
    await work()
    return (await version()) > before
  }
  const fact = { id: crypto.randomUUID(), code: 'x', name: 'x', value: '1' }
  const facts = ctx.db.updateTable('fact').where('id', '=', fact.id)
  expect(await changes(() => newsroom.up())).toBe(true)
  expect(
    await changes(() =>
      ctx.db
        .insertInto('fact')
        .values({ ...fact, kind: 'law' })
        .execute(),
    ),
  ).toBe(false)
  expect(await changes(() => facts.set({ kind: 'hotline' }).execute())).toBe(true)
  expect(await changes(() => facts.set({ validTo: '2026-01-01' }).execute())).toBe(true)
  expect(await changes(() => facts.set({ kind: 'law' }).execute())).toBe(true)
  expect(await changes(() => newsroom.amendPlan())).toBe(false)
  const campaign = ctx.db.updateTable('campaign').where('id', '=', newsroom.campaignId)
  expect(await changes(() => campaign.set({ name: 'Tên mới' }).execute())).toBe(true)
  const undone = ctx.db.transaction().execute(async (db) => {
    await db.deleteFrom('portalArticleTheme').execute()
    await db.deleteFrom('portalArticle').execute()
    throw new Error('no')
  })
  expect(await changes(() => undone.catch(() => {}))).toBe(false)
})
