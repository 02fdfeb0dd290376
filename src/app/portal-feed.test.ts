import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { openNewsroom, type Newsroom } from '../core/portal/newsroom.build.ts'
import { themesOfArticle } from '../core/portal/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { portalFeed } from './portal-feed.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const FRAME = {
  title: 'Tin',
  subtitle: 'Đã duyệt',
  author: 'Cổng',
  self: 'http://cong.example/cong/atom.xml',
  page: 'http://cong.example/cong',
  addressOf: (id: string) => `http://cong.example/cong/${id}`,
}
const ALL = { language: 'vi', themeId: null, campaignId: null }
let database: TestDatabase
let ctx: Ctx
let newsroom: Newsroom

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db, { clock })
  newsroom = await openNewsroom(ctx)
})
afterAll(() => database.close())

const titlesIn = (xml: string) => [...xml.matchAll(/<title type="text">(.*?)<\/title>/g)].map((found) => found[1])
const goneIn = (xml: string) => [...xml.matchAll(/ref="urn:uuid:(.*?)"/g)].map((found) => found[1])

test('a feed tells the newest and the corrected first, by language and theme, and for a while what was taken down', async () => {
  const empty = await portalFeed(ctx, 'atom', ALL, FRAME)
  expect([empty.type, titlesIn(empty.body)]).toEqual(['application/atom+xml; charset=utf-8', []])
  const first = await newsroom.up({ title: 'Một', themes: [0] })
  clock.set('2026-11-24T03:00:00Z')
  const second = await newsroom.up({ title: 'Hai', themes: [1], body: 'Câu đầu của bài.\n\nCâu sau.' })
  expect(titlesIn((await portalFeed(ctx, 'atom', ALL, FRAME)).body)).toEqual(['Hai', 'Một'])
  clock.set('2026-11-24T04:00:00Z')
  await newsroom.up({ messageId: first.messageId, title: 'Một, đã sửa', themes: [0] })
  const corrected = await portalFeed(ctx, 'atom', ALL, FRAME)
  expect(titlesIn(corrected.body)).toEqual(['Một, đã sửa', 'Hai'])
  expect(corrected.body).toContain('<updated>2026-11-24T04:00:00.000Z</updated><author>')
  expect(corrected.body).toContain('<summary type="text">Câu đầu của bài.</summary>')
  const [theme] = await themesOfArticle(ctx.db, second.ids.get('vi')!)
  const ofTheme = { ...ALL, themeId: theme!.id }
  expect(titlesIn((await portalFeed(ctx, 'atom', ofTheme, FRAME)).body)).toEqual(['Hai'])
  clock.set('2026-11-24T05:00:00Z')
  await newsroom.recall(second)
  for (const shelf of [ALL, ofTheme]) {
    const { body } = await portalFeed(ctx, 'atom', shelf, FRAME)
    expect([titlesIn(body).includes('Hai'), goneIn(body)]).toEqual([false, [second.ids.get('vi')]])
  }
  expect((await portalFeed(ctx, 'rss', ALL, FRAME)).body).not.toContain('Hai')
  expect(goneIn((await portalFeed(ctx, 'atom', { ...ALL, language: 'en' }, FRAME)).body)).toEqual([])
  clock.set('2027-03-24T05:00:00Z')
  expect(goneIn((await portalFeed(ctx, 'atom', ALL, FRAME)).body)).toEqual([])
})
