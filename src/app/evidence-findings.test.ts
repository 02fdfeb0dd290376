import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  acceptActivity,
  activityById,
  amendActivity,
  answerFinding,
  attachProof,
  findingsOf,
  proofsOf,
  type Count,
  withdrawActivity,
} from '../core/evidence/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { answerForFaces, mediaById, noteMade, shelveMedia } from '../core/media/index.ts'
import { stillClock } from '../testing/index.ts'
import { openEvidenceStage, whole, type EvidenceStage } from './evidence.build.ts'

let stage: EvidenceStage
let ctx: Ctx
let officer: Ctx
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openEvidenceStage(clock)
  ;({ ctx, commune: officer } = stage)
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-24T02:00:00Z'))

const standing = async (id: Id<'activity'>) => (await activityById(ctx.db, id))!
const open = async (id: Id<'activity'>) =>
  (await findingsOf(ctx.db, id)).filter(({ answer }) => answer === null).map(({ code }) => code)

/** As the machine would look at it: what it shows, when and where. */
interface Seen {
  readonly likeness: string
  readonly takenOn?: string
  readonly location?: { readonly latitude: number; readonly longitude: number }
  readonly faces?: number
}

async function show(activityId: Id<'activity'>, content: string, seen: Seen): Promise<Id<'media'>> {
  const sha256 = await ctx.files.put(new TextEncoder().encode(content))
  const file = { sha256, kind: 'picture' as const, mime: 'image/jpeg', bytes: content.length, fileName: 'anh.jpg' }
  await attachProof(officer, { activityId, proof: { kind: 'file', file } })
  const mediaId = (await proofsOf(ctx.db, activityId)).at(-1)!.mediaId!
  const size = { name: 'small' as const, sha256, mime: 'image/jpeg', width: 4, height: 3 }
  const face = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 }
  const made = {
    width: 4,
    height: 3,
    likeness: seen.likeness,
    takenOn: seen.takenOn ?? null,
    location: seen.location ?? null,
    sizes: [size],
    faces: Array.from({ length: seen.faces ?? 0 }, () => face),
  }
  await noteMade(stage.system, { mediaId, made })
  return mediaId
}

const MARKET = '01'.repeat(32)
/** The same picture, recompressed: two bits apart. */
const MARKET_AGAIN = `10${'01'.repeat(31)}`
const SCHOOL = '0011'.repeat(16)

describe('a photograph', () => {
  test('of another day and far away is found once the machine has looked at it', async () => {
    const activityId = await stage.sent()
    await show(activityId, 'far', {
      likeness: '0'.repeat(64),
      takenOn: '2024-01-01',
      location: { latitude: 10.8, longitude: 106.6 },
    })
    expect(await open(activityId)).toEqual(['photo_far', 'photo_other_day'])
  })

  test('that shows another activity documents this one only once somebody has answered for it', async () => {
    const first = await stage.sent()
    await show(first, 'the market', { likeness: MARKET })
    clock.set('2026-11-24T03:00:00Z')
    const second = await stage.sent({ counts: [whole('sessions', 1)] })
    const mediaId = await show(second, 'the market, smaller', { likeness: MARKET_AGAIN })
    expect(await open(first)).toEqual([])
    expect(await open(second)).toEqual(['same_photo'])
    expect((await findingsOf(ctx.db, second))[0]).toMatchObject({ otherId: first, key: mediaId })
    expect([(await standing(first)).grade, (await standing(second)).grade]).toEqual(['documented', 'declared'])

    await expect(acceptActivity(stage.head, { activityId: second })).rejects.toMatchObject({
      code: 'evidence.findings_open',
      facts: { count: 1 },
    })
    const finding = { activityId: second, code: 'same_photo' as const, key: mediaId, answer: 'Hai buổi một chợ.' }
    await expect(answerFinding(officer, finding)).rejects.toMatchObject({ code: 'access.role' })
    await answerFinding(stage.head, finding)
    await expect(answerFinding(stage.head, finding)).rejects.toMatchObject({ code: 'evidence.finding_not_found' })
    expect((await standing(second)).grade).toBe('documented')
    await acceptActivity(stage.head, { activityId: second })
  })

  test('twice in one activity is no finding, and the very same file twice is one proof', async () => {
    const activityId = await stage.sent({ counts: [whole('sessions', 1)] })
    await show(activityId, 'the school', { likeness: SCHOOL })
    await show(activityId, 'the school', { likeness: SCHOOL })
    await show(activityId, 'the school, closer', { likeness: SCHOOL })
    expect(await open(activityId)).toEqual([])
    expect(await proofsOf(ctx.db, activityId)).toHaveLength(2)
  })

  test('is on no shelf of the library until the faces in it are blurred or answered for', async () => {
    const activityId = await stage.sent({ counts: [whole('sessions', 1)] })
    const mediaId = await show(activityId, 'people', { likeness: '0110'.repeat(16), faces: 2 })
    const shelve = { mediaId, title: 'Buổi nói chuyện', alternative: 'Người nghe', rightsOwner: 'UBND xã' }
    await expect(shelveMedia(officer, shelve)).rejects.toMatchObject({ code: 'media.faces', facts: { faces: 2 } })
    await answerForFaces(stage.system, { mediaId, answer: 'Cán bộ xã, đã đồng ý.' })
    await shelveMedia(officer, shelve)
    expect(await mediaById(ctx.db, mediaId)).toMatchObject({ shelf: 'library', title: 'Buổi nói chuyện' })
  })
})

describe('numbers', () => {
  const people = (all: number, women: number): Count[] => [
    whole('sessions', 1),
    whole('attendances', all),
    { ...whole('attendances', women), breakdown: 'sex', part: 'female' },
    { ...whole('attendances', all - women), breakdown: 'sex', part: 'male' },
  ]
  const copied = async (id: Id<'activity'>) =>
    (await findingsOf(ctx.db, id)).map(({ code, facts, otherId }) => ({ code, facts, otherId }))

  test('copied from another day of the same body are found; of the same day they are not', async () => {
    const counts = [whole('sessions', 1), whole('attendances', 137)]
    await stage.sent({ counts })
    clock.set('2026-11-24T03:00:00Z')
    const sameDay = await stage.sent({ counts })
    const nextDay = await stage.sent({ counts, day: '2026-11-21' })
    expect([await open(sameDay), await open(nextDay)]).toEqual([[], ['copied_counts']])
  })

  test('sent again and again by one body are found under any heading, and how often it is', async () => {
    const days = ['2026-11-02', '2026-11-03', '2026-11-04']
    const kinds = ['talk', 'mobile_team', 'rally']
    const sent: Id<'activity'>[] = []
    for (const [at, day] of days.entries()) {
      clock.set(`2026-11-24T04:0${at}:00Z`)
      const counts = [whole('attendances', 89), whole('leaflets', 10 + at)]
      sent.push(await stage.sent({ kind: kinds[at]!, day, counts }))
    }
    expect(await copied(sent[1]!)).toEqual([])
    expect(await copied(sent[2]!)).toEqual([
      { code: 'copied_counts', facts: { day: '2026-11-03', days: 2 }, otherId: sent[1] },
    ])
    await amendActivity(officer, { ...stage.talk, day: days[2]!, activityId: sent[2]!, counts: people(83, 41) })
    expect(await copied(sent[2]!)).toEqual([])
  })

  test('round as people guess them are never found, however often they are sent', async () => {
    for (const day of ['2026-11-05', '2026-11-06', '2026-11-07', '2026-11-08']) {
      expect(await open(await stage.sent({ day, counts: people(50, 30) }))).toEqual([])
    }
  })

  test('copied from another body that owes the same one are found on any day; one number alone is chance', async () => {
    const bodyId = await stage.bodyOf('UBND-03046')
    const theirs = (counts: Count[]) => stage.sent({ counts, organisationId: bodyId }, stage.neighbour)
    await stage.sent({ counts: [whole('attendances', 173)] })
    expect(await open(await theirs([whole('attendances', 173)]))).toEqual([])
    const ours = await stage.sent({ counts: people(193, 97) })
    const found = await copied(await theirs(people(193, 97)))
    expect(found).toMatchObject([{ code: 'copied_elsewhere', facts: { day: '2026-11-20' }, otherId: ours }])
    expect(found[0]!.facts['body']).toContain('Bát Xát')
  })

  test('of a later activity, taken over by amending an earlier one, are found at the amended one alone', async () => {
    clock.set('2026-11-24T05:00:00Z')
    const early = await stage.sent({ day: '2026-11-09', counts: people(211, 101) })
    clock.set('2026-11-24T05:10:00Z')
    const late = await stage.sent({ day: '2026-11-10', counts: people(223, 107) })
    clock.set('2026-11-24T05:20:00Z')
    await amendActivity(officer, { ...stage.talk, day: '2026-11-09', activityId: early, counts: people(223, 107) })
    expect(await copied(early)).toEqual([
      { code: 'copied_counts', facts: { day: '2026-11-10', days: 1 }, otherId: late },
    ])
    clock.set('2026-11-24T05:30:00Z')
    await amendActivity(officer, { ...stage.talk, day: '2026-11-10', activityId: late, counts: people(223, 107) })
    expect(await copied(late), 'who said it first has copied nothing, whatever else is amended').toEqual([])
  })

  test('are looked at again where they were copied from, when that says something else or is taken back', async () => {
    clock.set('2026-11-24T06:00:00Z')
    const first = await stage.sent({ day: '2026-11-11', counts: people(307, 151) })
    clock.set('2026-11-24T06:10:00Z')
    const copy = await stage.sent({ day: '2026-11-12', counts: people(307, 151) })
    expect(await copied(copy)).toMatchObject([{ code: 'copied_counts', otherId: first }])
    await amendActivity(officer, { ...stage.talk, day: '2026-11-11', activityId: first, counts: people(311, 151) })
    expect(await copied(copy)).toEqual([])
    clock.set('2026-11-24T06:20:00Z')
    const again = await stage.sent({ day: '2026-11-13', counts: people(307, 151) })
    expect(await copied(again)).toMatchObject([{ code: 'copied_counts', otherId: copy }])
    await withdrawActivity(officer, { activityId: copy, reason: 'Gửi nhầm' })
    expect(await copied(again)).toEqual([])
  })

  test('of a day to come are found, and found no more when the day is mended', async () => {
    const activityId = await stage.sent({ day: '2026-12-24', counts: [whole('sessions', 1)] })
    expect(await open(activityId)).toEqual(['in_future'])
    await amendActivity(officer, { ...stage.talk, activityId, counts: [whole('sessions', 1)] })
    expect(await open(activityId)).toEqual([])
  })
})
