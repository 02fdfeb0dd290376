import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import { placeByCode } from '../core/place/index.ts'
import {
  keepPrice,
  pressRelease,
  previewPlaces,
  previewRelease,
  pricesOf,
  proposeRelease,
  releaseById,
  sendWith,
  type PlacePreview,
  type Release,
} from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { approvedNotice, openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

const SUBSCRIBERS = 40
const PLACES = ['02647', '02671', '02680', '02683', '02686']
const OUTLETS = [
  ...PLACES.map((place) =>
    outletRow({
      channel: 'loudspeaker',
      means: 'manual',
      organisation: 'UBND-LC-2025',
      place,
      code: `LOA-${place}`,
      kind: 'station',
      languages: place === '02683' ? 'vi;ium' : 'vi',
    }),
  ),
  outletRow({ channel: 'portal', means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025', code: 'CONG' }),
  outletRow({
    channel: 'sms',
    means: 'machine',
    place: 'LC-2025',
    organisation: 'UBND-LC-2025',
    code: 'DS',
    kind: 'subscribers',
    languages: 'vi',
  }),
]
const CHANNELS = ['portal', 'loudspeaker', 'sms'] as const

let stage: ReleaseStage
let messageId: Id<'message'>
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openReleaseStage(clock, OUTLETS)
  sendWith({ channel: 'portal', withdraws: true, repeatable: true, batch: 10, send: async () => [] })
  messageId = await approvedNotice(stage.writer, stage.leader, stage.bodyOf('SVHTTDL-LC-2025'), [...CHANNELS])
  await sql`
    insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
    select gen_random_uuid(), 'phone', n::text, 'sealed', now() from generate_series(1, ${SUBSCRIBERS}) as n`.execute(
    stage.ctx.db,
  )
  await sql`
    insert into subscription (outlet_id, subscriber_id, state, asked_at)
    select outlet.id, subscriber.id, 'active', now() from subscriber join outlet on outlet.code = 'DS'`.execute(
    stage.ctx.db,
  )
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-24T02:00:00Z'))

const wish = { channels: [...CHANNELS], startsAt: new Date('2026-11-24T03:00:00Z'), words: 'Phát' }

async function proposed(more: Partial<Parameters<typeof proposeRelease>[1]> = {}): Promise<Release> {
  const releaseId = await proposeRelease(stage.writer, { ...wish, messageId, ...more })
  return (await releaseById(stage.ctx.db, releaseId))!
}

describe('a preview', () => {
  test('expands lists to their subscribers, tells gaps of language and what nothing can send yet', async () => {
    const { channels, places, gaps } = await previewRelease(stage.ctx, await proposed())
    expect(
      channels.map(({ channel, rows, machine, manual, lists, stranded }) => [
        channel,
        rows,
        machine,
        manual,
        lists,
        stranded,
      ]),
    ).toEqual([
      ['portal', 1, 1, 0, 0, 0],
      ['loudspeaker', 5, 0, 5, 0, 0],
      ['sms', SUBSCRIBERS, SUBSCRIBERS, 0, 1, SUBSCRIBERS],
    ])
    expect(places).toBe(6)
    expect(gaps).toContainEqual({ channel: 'loudspeaker', language: 'ium', outlets: 1 })
    expect(gaps.some(({ language }) => language === 'vi')).toBe(false)
  })

  test('says what it costs by parts and price of the day, and nothing where nobody has said a price', async () => {
    const release = await proposed()
    const smsOf = async (of: Release) =>
      (await previewRelease(stage.ctx, of)).channels.find(({ channel }) => channel === 'sms')!
    const unpriced = (await smsOf(release)).costs
    expect(unpriced.map(({ code, dong }) => [code, dong])).toEqual([
      ['sms_parts_accented', null],
      ['sms_parts_unaccented', null],
    ])
    const parts = unpriced.map(({ units }) => units / SUBSCRIBERS)
    expect(parts.every((each) => Number.isInteger(each) && each >= 1)).toBe(true)
    const price = { channel: 'sms' as const, source: 'Hợp đồng thử' }
    await keepPrice(stage.system, { ...price, validFrom: '2026-01-01', dongPerUnit: 300.5 })
    await keepPrice(stage.system, { ...price, validFrom: '2026-12-01', dongPerUnit: 999 })
    expect((await smsOf(release)).costs.map(({ dong }) => dong)).toEqual(
      parts.map((each) => Math.round(each * SUBSCRIBERS * 300.5)),
    )
    await keepPrice(stage.system, { ...price, validFrom: '2026-01-01', dongPerUnit: 200 })
    expect((await pricesOf(stage.ctx.db)).map(({ validFrom, dongPerUnit }) => [validFrom, dongPerUnit])).toEqual([
      ['2026-12-01', 999],
      ['2026-01-01', 200],
    ])
    await expect(keepPrice(stage.writer, { ...price, validFrom: '2026-01-01', dongPerUnit: 1 })).rejects.toMatchObject({
      code: 'access.role',
    })
  })

  test('goes through its places by key: each once, in the order of a Vietnamese dictionary, adding up to the whole', async () => {
    const release = await proposed()
    const all: PlacePreview[] = []
    for (let page = await previewPlaces(stage.ctx, release, null, 2); page.length > 0;) {
      all.push(...page)
      page = await previewPlaces(stage.ctx, release, page.at(-1)!, 2)
    }
    const order = new Intl.Collator('vi')
    expect(all.map(({ name }) => name)).toEqual(
      all.map(({ name }) => name).toSorted((one, other) => order.compare(one, other)),
    )
    expect(new Set(all.map(({ code }) => code))).toEqual(new Set([...PLACES, 'LC-2025']))
    const rows = all.flatMap(({ rows: of }) => [...of.values()]).reduce((sum, n) => sum + n, 0)
    const { channels } = await previewRelease(stage.ctx, release)
    expect(rows).toBe(channels.reduce((sum, one) => sum + one.rows, 0))
    expect(all.find(({ code }) => code === '02683')?.untold).toEqual(['ium'])
  })

  test('shows what else goes to the same outlets that day, and how near', async () => {
    const same = await stage.released({ ...wish, channels: ['loudspeaker'], places: [await idOf('02683')] }, messageId)
    const evening = { channels: ['loudspeaker' as const], startsAt: new Date('2026-11-24T10:00:00Z'), words: 'Phát' }
    const later = await stage.released(evening, messageId)
    const tomorrow = new Date('2026-11-25T03:00:00Z')
    await stage.released({ ...evening, startsAt: tomorrow }, messageId)
    const release = await proposed({ channels: ['loudspeaker'] })
    const { clashes } = await previewRelease(stage.ctx, release)
    expect(clashes.map(({ releaseId, outlets, near }) => [releaseId, outlets, near])).toEqual([
      [later, 5, 0],
      [same, 1, 1],
    ])
    const places = await previewPlaces(stage.ctx, release, null, 10)
    expect(places.map(({ clashing }) => clashing)).toEqual([1, 1, 1, 1, 1])
    const elsewhen = await proposed({ channels: ['loudspeaker'], startsAt: new Date('2026-11-26T03:00:00Z') })
    expect((await previewRelease(stage.ctx, elsewhen)).clashes).toEqual([])
  })
})

test('a place that has ended stands for what it was made into', async () => {
  const release = await proposed({ channels: ['loudspeaker'], places: [await idOf('C0016')] })
  expect(release.places).toEqual([await idOf('02683')])
  await pressRelease(stage.leader, { releaseId: release.id })
  expect(await stage.counts(release.id)).toEqual({ planned: 1 })
  await expect(proposed({ places: [await idOf('LC-BX')] })).rejects.toMatchObject({ code: 'release.places_gone' })
})

async function idOf(code: string): Promise<Id<'place'>> {
  return (await placeByCode(stage.ctx.db, code))!.id
}
