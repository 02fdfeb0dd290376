import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publishIssue, withdrawIssues } from '../core/bulletin/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { putUp } from '../core/portal/index.ts'
import { openNewsroom, type Newsroom, type Released } from '../core/portal/newsroom.build.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { ledgerFacts, told } from './told.build.ts'

// In Vietnam it is the next day by then.
const EVENING = '2026-11-24T18:00:00Z'
const clock = stillClock(EVENING)
let database: TestDatabase
let ctx: Ctx
let newsroom: Newsroom
/** The body that publishes, and its place. */
let body: { readonly place: string; readonly body: string }

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db, { clock })
  newsroom = await openNewsroom(ctx)
  const campaign = database.db.selectFrom('campaign').where('campaign.id', '=', newsroom.campaignId)
  body = await campaign
    .innerJoin('organisation', 'organisation.id', 'campaign.organisationId')
    .innerJoin('place', 'place.id', 'organisation.placeId')
    .select(['place.code as place', 'organisation.code as body'])
    .executeTakeFirstOrThrow()
})
afterAll(() => database.close())
beforeEach(() => clock.set(EVENING))

const after = (minutes: number) => clock.set(new Date(clock.now().getTime() + minutes * 60_000).toISOString())
/** What every fact of these says, whatever was published. */
const common = () => ({
  ...body,
  campaignId: newsroom.campaignId,
  value: 1,
  grade: 'machine',
  day: '2026-11-25',
  since: clock.now(),
})

describe('an article on the portal', () => {
  const facts = () => ledgerFacts(ctx.db, 'article')

  test('counts once a language, as news or as an article, on the day it went up', async () => {
    const first = await newsroom.up({ languages: ['vi', 'en'], themes: [0], messageKind: 'news' })
    const one = { ...common(), releaseId: first.releaseId, channel: 'portal', indicator: 'news' }
    const found = await facts()
    expect(found.toSorted((a, b) => (a.language < b.language ? -1 : 1))).toEqual([
      { ...one, sourceId: first.ids.get('en'), language: 'en' },
      { ...one, sourceId: first.ids.get('vi'), language: 'vi' },
    ])
    const notice = await newsroom.up({})
    expect((await facts()).slice(2)).toEqual([
      {
        ...one,
        releaseId: notice.releaseId,
        sourceId: notice.ids.get('vi'),
        language: 'vi',
        indicator: 'articles',
      },
    ])
    expect(await told(ctx)).toEqual({ news: '2 machine', articles: '1 machine' })
  })

  test('counts no second time when it is put up again or corrected; a language that is added does', async () => {
    const was = (await facts()).length
    const first = await newsroom.up({ title: 'Gọi 113' })
    after(60)
    await putUp(ctx, first)
    after(60)
    const { messageId, releaseId: of } = first
    await newsroom.up({ messageId, title: 'Gọi 111', kind: 'correction', of })
    expect((await facts()).slice(was).map(({ language }) => language)).toEqual(['vi'])
    after(60)
    await newsroom.up({ messageId, languages: ['vi', 'en'], kind: 'correction', of })
    expect((await facts()).slice(was).map(({ language }) => language)).toEqual(['vi', 'en'])
  })

  test('that is recalled is taken back from then on, once, and stands as before for who asks as of before', async () => {
    const [before, was] = [await facts(), await told(ctx)]
    const first = await newsroom.up({ languages: ['vi', 'en'] })
    const asOf = clock.now()
    const stood = await told(ctx, { asOf })
    expect(await told(ctx)).not.toEqual(was)
    after(60)
    await newsroom.recall(first)
    await newsroom.recall(first)
    expect(await told(ctx)).toEqual(was)
    expect(await told(ctx, { asOf })).toEqual(stood)
    const [up, down] = [(await facts()).slice(before.length, -2), (await facts()).slice(-2)]
    const byLanguage = (one: { language: string }, other: { language: string }) =>
      one.language < other.language ? -1 : 1
    const taken = up.map((fact) => ({ ...fact, value: -1, since: clock.now() }))
    expect(down.toSorted(byLanguage)).toEqual(taken.toSorted(byLanguage))
  })

  test('that comes down and goes up again counts again, on the day it first went up', async () => {
    const first = await newsroom.up({})
    const stood = await told(ctx)
    after(60)
    await newsroom.recall(first)
    after(2_000)
    await newsroom.up({ messageId: first.messageId })
    expect(await told(ctx)).toEqual(stood)
    expect((await facts()).slice(-3).map(({ value, day }) => [value, day])).toEqual([
      [1, '2026-11-25'],
      [-1, '2026-11-25'],
      [1, '2026-11-25'],
    ])
  })

  test('whose place an article of another message takes counts no more beside it', async () => {
    const first = await newsroom.up({})
    const stood = await told(ctx)
    after(60)
    await newsroom.up({ kind: 'replacement', of: first.releaseId })
    expect(await told(ctx)).toEqual(stood)
  })

  test('that was recalled before it went up never counts', async () => {
    const was = await facts()
    const first = await newsroom.release({})
    await newsroom.recall(first)
    expect((await putUp(ctx, first)).kind).toBe('recalled')
    expect(await facts()).toEqual(was)
  })
})

describe('an issue of the bulletin', () => {
  const facts = () => ledgerFacts(ctx.db, 'issue')
  const publish = ({ releaseId, messageId }: Released, ofReleaseId: Id<'release'> | null = null) =>
    publishIssue(ctx.db, { releaseId, messageId, ofReleaseId, publishedAt: clock.now(), renditions: [] })

  test('counts once, by however many workers it is published', async () => {
    const first = await newsroom.release({})
    await Promise.all([publish(first), publish(first), publish(first)])
    after(5)
    await publish(first)
    clock.set(EVENING)
    expect(await facts()).toEqual([
      {
        ...common(),
        releaseId: first.releaseId,
        sourceId: first.releaseId,
        channel: 'bulletin',
        language: 'vi',
        indicator: 'bulletins',
      },
    ])
    expect(await told(ctx, { indicators: ['bulletins'] })).toEqual({ bulletins: '1 machine' })
  })

  test('that corrects another is a number of its own; both stay counted when they are recalled', async () => {
    const was = (await facts()).length
    const first = await newsroom.release({})
    await publish(first)
    after(60)
    const { messageId, releaseId: of } = first
    await publish(await newsroom.release({ messageId, kind: 'correction', of }), of)
    const both = await facts()
    expect(both.slice(was).map(({ indicator, value }) => [indicator, value])).toEqual([
      ['bulletins', 1],
      ['bulletins', 1],
    ])
    after(60)
    expect(await withdrawIssues(ctx.db, of, clock.now())).toBe(2)
    expect(await facts()).toEqual(both)
    expect(await told(ctx, { indicators: ['bulletins'] })).toEqual({ bulletins: `${both.length} machine` })
  })
})
