import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, dayAt, newId, type Id } from '../core/kernel/index.ts'
import {
  choosePlay,
  closeSilentPlays,
  dropOffDay,
  endPlays,
  heardBroadcasts,
  heardPlays,
  heardRows,
  keepOffDay,
  playById,
  previewOffDay,
  skipPlay,
  sumOfHeard,
  tallyOfRelease,
  type HeardScope,
  type HeardWhat,
} from '../core/programme/index.ts'
import { stillClock } from '../testing/index.ts'
import { openProgrammeStage, type ProgrammeStage } from './programme.build.ts'

let stage: ProgrammeStage
/** As many times some hours go by; so many histories happen side by side, since time is the same for all. */
const STRETCHES = 3
const STRETCH_HOURS = 30
const ABREAST = 20
const HISTORIES = Number(process.env['LOA_HISTORIES'] ?? 60)
const START = '2026-11-02T01:00:00Z'
const clock = stillClock(START)

beforeAll(async () => {
  stage = await openProgrammeStage(clock)
})
afterAll(() => stage.database.close())

/** One thing that happens: to which play, at which device, and what. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant('end' as const),
    play: fc.nat(9),
    device: fc.nat(3),
    state: fc.constantFrom('played', 'partial', 'skipped', 'preempted', 'failed'),
    twice: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('skip' as const), play: fc.nat(9) }),
  fc.record({ kind: fc.constant('choose' as const), play: fc.nat(9) }),
)
const history = fc.record({
  plays: fc.array(fc.record({ ordinary: fc.boolean(), at: fc.integer({ min: 1, max: 60 }), here: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  /** What happens in each stretch of hours, before the next goes by. */
  steps: fc.array(step, { minLength: STRETCHES, maxLength: STRETCHES }),
})
/** A day off that is set in the midst of a stretch for some day ahead, and is dropped again or not. */
const dayOff = fc.record({
  stretch: fc.nat(STRETCHES - 1),
  ahead: fc.nat(2),
  stops: fc.constantFrom('ordinary', 'all'),
  isDropped: fc.boolean(),
})

test(
  `${HISTORIES} histories: every play comes to one end at every device, they add up to what was planned, and open into the figures`,
  { timeout: 180_000 },
  async () => {
    const { a, b } = stage.stations
    const kept = await stage.aired('priority', { endsAt: new Date('2026-11-02T12:00:00Z') })
    const rows = await stage.ctx.db
      .selectFrom('delivery')
      .select(['id', 'outletId'])
      .where('releaseId', '=', kept)
      .execute()
    const rowAt = (station: string) => rows.find(({ outletId }) => outletId === station)!.id as Id<'delivery'>
    const broadcast = await stage.ctx.db
      .selectFrom('broadcast')
      .select('id')
      .where('releaseId', '=', kept)
      .executeTakeFirstOrThrow()
    const broadcastId = broadcast.id as Id<'broadcast'>
    const devices = { [a]: stage.devicesOf(a), [b]: stage.devicesOf(b) }
    let begun = new Date(START).getTime()

    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { minLength: ABREAST, maxLength: ABREAST }),
        dayOff,
        async (histories, off) => {
          // Each lot of histories lies after the one before, so that no two share a moment.
          begun += 400 * 3_600_000
          clock.set(new Date(begun).toISOString())
          const lots = histories.map(({ plays: wanted }, lot) =>
            wanted.map(({ ordinary, at, here }, one) => {
              const n = lot * 10 + one
              const plannedAt = new Date(begun + at * 3_600_000 + n * 1_000)
              return {
                id: newId<'play'>(),
                stationId: here ? a : b,
                broadcastId,
                releaseId: kept,
                deliveryId: rowAt(here ? a : b),
                slotId: null,
                day: dayAt(plannedAt),
                ord: n,
                plannedAt,
                class: ordinary ? 'ordinary' : 'priority',
                state: ordinary ? 'offered' : 'chosen',
              }
            }),
          )
          const plays = lots.flat()
          await stage.ctx.db.insertInto('play').values(plays).execute()
          await closeSilentPlays(stage.ctx)
          const first = new Map<string, string>()
          let seq = 0
          let taken = 0
          for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
            for (const [lot, { steps }] of histories.entries()) {
              if (stretch === off.stretch && lot === ABREAST / 2) taken += await setDayOff()
              await happen(steps[stretch]!, lots[lot]!)
            }
            clock.set(new Date(clock.now().getTime() + STRETCH_HOURS * 3_600_000).toISOString())
            await closeSilentPlays(stage.ctx)
          }

          async function setDayOff(): Promise<number> {
            const fromDay = addDays(dayAt(clock.now()), off.ahead)
            const days = { fromDay, toDay: fromDay, name: 'Thi', kind: 'exam' as const, organisationId: null }
            const { ordinary, priority } = await previewOffDay(stage.leader, { ...days, stops: off.stops })
            const seen = ordinary + priority
            const { offDayId } = await keepOffDay(stage.leader, { ...days, stops: off.stops, seen })
            if (off.isDropped) await dropOffDay(stage.leader, { offDayId })
            return seen
          }

          async function happen(one: typeof step extends fc.Arbitrary<infer Step> ? Step : never, own: typeof plays) {
            const play = own[one.play % own.length]!
            if (one.kind === 'skip') await skipPlay(stage.commune, { playId: play.id, reason: 'Bận' }).catch(refused)
            else if (one.kind === 'choose') await choosePlay(stage.commune, { playId: play.id }).catch(refused)
            else {
              const all = [...stage.devicesOf(a), ...stage.devicesOf(b)]
              const device = all[one.device % all.length]!
              const mine = devices[play.stationId]!.includes(device)
              seq += 1
              const said = {
                playId: play.id,
                state: one.state,
                ...{ startedAt: clock.now(), seconds: 30, reason: '', seq },
              }
              const changed = await endPlays(
                stage.ctx,
                device,
                one.twice ? [said, { ...said, state: 'failed', seq: seq + 1_000 }] : [said],
              )
              const key = `${play.id} ${device}`
              if (!mine) expect(changed).toBe(0)
              else if (changed > 0 && !first.has(key)) first.set(key, one.state)
            }
          }
          clock.set(new Date(begun + 200 * 3_600_000).toISOString())
          await closeSilentPlays(stage.ctx)
          const ends = await stage.ctx.db
            .selectFrom('playEnd')
            .selectAll()
            .where(
              'playId',
              'in',
              plays.map(({ id }) => id),
            )
            .execute()
          let gone = 0
          for (const play of plays) {
            const own = ends.filter(({ playId }) => playId === play.id)
            expect(own.map(({ deviceId }) => deviceId).sort()).toEqual([...devices[play.stationId]!].sort())
            expect(own.every(({ state, closedAt }) => state !== 'expected' && closedAt !== null)).toBe(true)
            for (const end of own) {
              const said = first.get(`${play.id} ${end.deviceId}`)
              if (said !== undefined) expect(end.state).toBe(said)
            }
            const kept = await playById(stage.ctx.db, play.id)
            expect(['skipped', 'chosen', 'cancelled']).toContain(kept?.state)
            if (kept?.state !== 'cancelled') continue
            gone += 1
            expect(kept).toMatchObject({ reason: 'Thi', offDayId: expect.any(String) as unknown })
            for (const end of own) if (!first.has(`${play.id} ${end.deviceId}`)) expect(end.state).toBe('cancelled')
          }
          expect(gone, 'what was shown to go is what went').toBe(taken)
          expect(ends).toHaveLength(plays.reduce((total, { stationId }) => total + devices[stationId]!.length, 0))
        },
      ),
      { numRuns: HISTORIES / ABREAST, endOnFailure: true },
    )

    const tally = await tallyOfRelease(stage.ctx.db, kept)
    const total = Object.values(tally.ends).reduce((sum, n) => sum + n, 0)
    const planned = await stage.ctx.db
      .selectFrom('playEnd')
      .innerJoin('play', 'play.id', 'playEnd.playId')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('play.releaseId', '=', kept)
      .executeTakeFirstOrThrow()
    expect([total, tally.ahead]).toEqual([Number(planned.n), 0])

    const counted = await stage.ctx.db
      .selectFrom('ledgerCount')
      .select(['indicator', 'sourceId', 'grade'])
      .select((eb) => eb.fn.sum<string>('value').as('value'))
      .where('releaseId', '=', kept)
      .groupBy(['indicator', 'sourceId', 'grade'])
      .execute()
    const whole = await stage.ctx.db
      .selectFrom('playEnd')
      .innerJoin('play', 'play.id', 'playEnd.playId')
      .select('playId')
      .distinct()
      .where('play.releaseId', '=', kept)
      .where('playEnd.state', '=', 'played')
      .execute()
    const plays = counted.filter(({ indicator, value }) => indicator === 'plays' && value !== '0')
    expect(plays.map(({ sourceId }) => sourceId).sort()).toEqual(whole.map(({ playId }) => playId).sort())
    expect(plays.every(({ value, grade }) => value === '1' && grade === 'machine')).toBe(true)
    for (const { id: deliveryId } of rows) {
      const mine = await stage.ctx.db.selectFrom('play').select('id').where('deliveryId', '=', deliveryId).execute()
      const ids = new Set(mine.map(({ id }) => id))
      const minutes = counted
        .filter(({ indicator, sourceId }) => indicator === 'minutes' && ids.has(sourceId))
        .reduce((sum, { value }) => sum + Number(value), 0)
      const heard = await stage.ctx.db
        .selectFrom('playEnd')
        .innerJoin('play', 'play.id', 'playEnd.playId')
        .select((eb) => ['playId', eb.fn.max('seconds').as('seconds')])
        .where('play.deliveryId', '=', deliveryId)
        .where('playEnd.state', 'in', ['played', 'partial'])
        .groupBy('playId')
        .execute()
      const seconds = heard.reduce((sum, one) => sum + Number(one.seconds), 0)
      expect(minutes).toBe(Math.round(seconds / 60))
      const kept = stage.ctx.db
        .selectFrom('rowHeard')
        .select(['seconds', 'minutes'])
        .where('deliveryId', '=', deliveryId)
      const sums = (await kept.executeTakeFirst()) ?? { seconds: 0, minutes: 0 }
      expect([Number(sums.seconds), Number(sums.minutes)], 'what is kept of the row adds up').toEqual([
        seconds,
        minutes,
      ])
    }

    const facts = (indicator: string) =>
      counted.filter((fact) => fact.indicator === indicator).reduce((sum, { value }) => sum + Number(value), 0)
    const standing = await addsUp({ releaseId: kept })
    expect([standing.plays, standing.minutes], 'the page agrees with the figures').toEqual([
      facts('plays'),
      facts('minutes'),
    ])
    const months = { from: '2026-11-01', to: '2027-12-31' }
    const stations = await Promise.all(
      Object.values(stage.stations).map((stationId) => addsUp({ ...months, stationId })),
    )
    expect(sumOfHeard(stations), 'so do the pages of the stations together').toEqual(standing)
  },
)

/** The sums of a page: over broadcasts, over rows page by page, and over the plays that each number opens into. */
async function addsUp(scope: HeardScope) {
  const { db } = stage.ctx
  const rows: Awaited<ReturnType<typeof heardRows>> = []
  for (
    let page = await heardRows(db, scope, null, 1);
    page.length > 0;
    page = await heardRows(db, scope, page[0]!, 1)
  ) {
    rows.push(...page)
  }
  const total = sumOfHeard(await heardBroadcasts(db, scope))
  expect(sumOfHeard(rows)).toEqual(total)
  for (const { stationId, broadcastId, ...row } of rows) {
    const opened = (what: HeardWhat) => heardPlays(db, scope, { what, stationId, broadcastId }, null, 10_000)
    const [planned, heard, counted] = [await opened('planned'), await opened('heard'), await opened('counted')]
    const sum = (plays: typeof heard, of: (play: (typeof heard)[number]) => number) =>
      Math.round(plays.reduce((all, play) => all + of(play), 0) * 100) / 100
    expect({
      ...{ planned: planned.length, plannedSeconds: sum(planned, ({ seconds }) => seconds) },
      ...{ heard: heard.length, heardSeconds: sum(heard, ({ heardSeconds }) => heardSeconds) },
      ...{ plays: sum(counted, ({ plays }) => plays), minutes: sum(counted, ({ minutes }) => minutes) },
    }).toEqual(sumOfHeard([row]))
    const longest = ({ ends }: (typeof heard)[number]) =>
      Math.max(...ends.filter(({ state }) => state === 'played' || state === 'partial').map(({ seconds }) => seconds))
    expect(heard.every((play) => play.heardSeconds === longest(play))).toBe(true)
  }
  return total
}

function refused(thrown: unknown): void {
  expect(thrown).toMatchObject({ code: expect.stringContaining('programme.') as unknown })
}
