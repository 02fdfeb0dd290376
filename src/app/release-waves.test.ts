import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import { proposeRelease, pressRelease, sendWith } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

const START = new Date('2026-11-24T02:00:00Z')
/** Communes that have one to three outlets each. */
const PLACES = ['02647', '02671', '02680', '02683', '02686', '02695', '02701', '02707']
const OUTLETS = PLACES.flatMap((place, at) =>
  Array.from({ length: 1 + (at % 3) }, (_, n) =>
    outletRow({
      channel: 'portal',
      means: 'machine',
      organisation: 'UBND-LC-2025',
      place,
      code: `M-${place}-${n}`,
      kind: n === 0 ? 'station' : 'school',
      languages: n === 2 ? 'hmn' : 'vi',
    }),
  ),
)

let stage: ReleaseStage
let messageId: Id<'message'>
const clock = stillClock(START.toISOString())

beforeAll(async () => {
  stage = await openReleaseStage(clock, OUTLETS)
  sendWith({ channel: 'portal', withdraws: true, repeatable: true, batch: 10, send: async () => [] })
  messageId = await stage.approved()
})
afterAll(() => stage.database.close())

interface Planned {
  readonly place: string
  readonly kind: string
  readonly code: string
  readonly wave: number
  readonly dueAt: Date
}

async function planned(wish: Partial<Parameters<typeof proposeRelease>[1]>): Promise<Planned[]> {
  const common = { messageId, channels: ['portal' as const], startsAt: START, words: 'Đăng' }
  const releaseId = await proposeRelease(stage.writer, { ...common, ...wish })
  await pressRelease(stage.leader, { releaseId })
  const { rows } = await sql<Planned>`
    select place.code as place, outlet.kind, outlet.code, wave, due_at as "dueAt" from delivery
    join outlet on outlet.id = delivery.outlet_id join place on place.id = delivery.place_id
    where release_id = ${releaseId}::uuid order by outlet.code`.execute(stage.ctx.db)
  return rows
}

test(
  'waves part the places evenly, keep the outlets of a place together and come at their minutes',
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 600 }),
        async (waveCount, waveMinutes) => {
          const rows = await planned({ waveCount, waveMinutes })
          expect(rows.map(({ code }) => code)).toEqual(OUTLETS.map(({ code }) => code).sort())
          const first = START.getTime() + 60_000
          for (const { wave, dueAt } of rows) expect(dueAt.getTime()).toBe(first + (wave - 1) * waveMinutes * 60_000)
          const waveOf = new Map(rows.map(({ place, wave }) => [place, wave]))
          expect(rows.every(({ place, wave }) => waveOf.get(place) === wave)).toBe(true)
          const sizes = [...Map.groupBy(waveOf.values(), (wave) => wave).values()].map((places) => places.length)
          expect(sizes).toHaveLength(waveCount)
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 12 },
    ),
)

test('outlets are chosen by kind and by what is said there', async () => {
  const schools = await planned({ kinds: ['school'] })
  expect(schools.map(({ code }) => code)).toEqual(
    OUTLETS.filter(({ kind }) => kind === 'school')
      .map(({ code }) => code)
      .sort(),
  )
  const hmong = await planned({ languages: ['hmn'], kinds: ['school', 'station'] })
  expect(hmong.map(({ code }) => code)).toEqual(
    OUTLETS.filter(({ languages }) => languages === 'hmn')
      .map(({ code }) => code)
      .sort(),
  )
})
