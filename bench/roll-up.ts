/**
 * A million facts over a country of 34 provinces, 3,321 communes, the 10,600 they were made of and 11,000 stations: what one
 * province and the whole country ask, on one indicator and on all, on the old map and as of a month ago; coverage; and pages
 * of lists. Each by itself, with a fact more each time, so that no answer is an old one; then all by twenty readers at once,
 * who look at an answer for a second before they ask again, while a fact comes in every five seconds: six times as often
 * as a million a year do. And how many answers a second there are when they ask again at once.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openLoa } from '../src/app/loa.ts'
import { activitiesWhere } from '../src/core/evidence/index.ts'
import { coverageOf, factsCounted, figures, holdFacts, questionOf, type Asked } from '../src/core/figure/index.ts'
import { stationsStanding } from '../src/core/station/index.ts'
import type { Db, Id } from '../src/core/kernel/index.ts'
import { holdDatabase, migrate } from '../src/platform/database/index.ts'
import { percentile } from './ledger-stage.ts'
import { addFact, fillCountry } from './roll-up/fill-country.ts'

const FACTS = Number(process.env['FACTS'] ?? 1_000_000)
const RUNS = 20
const READERS = 20
const QUESTIONS_A_READER = 30
const LOOK_MS = 1_000
const FACT_EVERY_MS = 5_000
const ALONE_LIMIT_MS = 200
const TOGETHER_LIMIT_MS = 300

const folder = await mkdtemp(join(tmpdir(), 'loa-bench-'))
const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
await migrate(database.url, join(import.meta.dirname, '../migrations'))
const loa = await openLoa({ databaseUrl: database.url, folder })
const ctx = loa.contextOf({ kind: 'nobody' })
await fillCountry(ctx.db, FACTS)
const began = performance.now()
const before = process.memoryUsage()
const letGo = process.env['HELD'] === '0' ? () => undefined : await holdFacts(ctx.db)
const { rss, arrayBuffers } = process.memoryUsage()
const took = ((performance.now() - began) / 1_000).toFixed(1)
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0)
console.log(
  `read into memory in ${took} s: columns ${megabytes(arrayBuffers - before.arrayBuffers)} MB, process ${megabytes(rss)} MB`,
)

const country = await idOf(ctx.db, 'P-0')
const province = await idOf(ctx.db, 'P-1')
const year = { from: '2025-12-15', to: '2026-12-14', mapDay: '2026-12-14' }
const one = { indicators: ['attendances'] }
const asks = (asked: Partial<Asked>) => () => figures(ctx.db, questionOf({ ...year, ...asked }))
const covers = (place: string | null) => () =>
  coverageOf(ctx.db, { ...year, campaign: null, by: 'channel', place, wanted: ['talk'] })
const ANY_STATION = { day: '2026-12-14', since: new Date('2026-12-14T00:00:00Z') }
const WORK: Readonly<Record<string, () => Promise<unknown>>> = {
  'a province by commune, one indicator': asks({ ...one, place: province }),
  'a province by commune, every indicator': asks({ place: province }),
  'a province by month, every indicator': asks({ place: province, by: 'month' }),
  'the country on the old map, one indicator': asks({ ...one, place: country, mapDay: '2025-01-01' }),
  'the country by province, one indicator': asks({ ...one, place: country }),
  'the country by province, every indicator': asks({ place: country }),
  'the country by month, every indicator': asks({ place: country, by: 'month' }),
  'the country by body, every indicator': asks({ by: 'organisation' }),
  'the country by grade, every indicator': asks({ by: 'grade' }),
  'as of last month, the country, every indicator': asks({ place: country, asOf: '2026-11-14T00:00:00Z' }),
  'coverage of a province': covers(province),
  'coverage of the country': covers(null),
  'a page of activities': () => activitiesWhere(ctx.db, {}, null, 51),
  'a page of activities from the middle': () =>
    activitiesWhere(ctx.db, {}, { receivedAt: new Date('2026-06-01T00:00:00Z'), id: country }, 51),
  'a page of the facts of a province': () =>
    factsCounted(ctx.db, questionOf({ ...year, ...one, place: province }), null, 51),
  'a page of the facts of the country': () => factsCounted(ctx.db, questionOf({ ...year, ...one }), null, 51),
  'the stations of a province': () => stationsStanding(ctx.db, { ...ANY_STATION, within: province as Id<'place'> }),
  'the stations of the country': () => stationsStanding(ctx.db, ANY_STATION),
}

let over = false
for (const [name, ask] of Object.entries(WORK)) {
  await ask()
  const times = []
  for (let run = 0; run < RUNS; run++) {
    await addFact(ctx.db)
    times.push(await timed(ask))
  }
  report(name, times, ALONE_LIMIT_MS)
}
console.log(`${READERS} readers at once, each a second at an answer:`)
const reading = await readTogether(LOOK_MS)
for (const [name, times] of reading.byName) report(name, times, TOGETHER_LIMIT_MS)
report('all', [...reading.byName.values()].flat(), TOGETHER_LIMIT_MS)
const asking = await readTogether(0)
console.log(`asked again at once: ${asking.aSecond.toFixed(0)} answers a second`)
letGo()
await loa.close()
await database.stop()
await rm(folder, { recursive: true, force: true })
if (over) process.exitCode = 1

/** Each reader asks everything, in an order of their own. */
async function readTogether(lookMs: number): Promise<{ byName: Map<string, number[]>; aSecond: number }> {
  const names = Object.keys(WORK)
  const byName = new Map(names.map((name) => [name, [] as number[]]))
  const start = performance.now()
  const readers = Array.from({ length: READERS }, async (_, reader) => {
    await wait(Math.random() * lookMs)
    for (let n = 0; n < QUESTIONS_A_READER; n++) {
      const name = names[(reader * 7 + n * 5) % names.length] ?? ''
      byName.get(name)?.push(await timed(WORK[name]!))
      await wait(lookMs)
    }
  })
  const coming = setInterval(() => void addFact(ctx.db), FACT_EVERY_MS)
  await Promise.all(readers)
  clearInterval(coming)
  return { byName, aSecond: (READERS * QUESTIONS_A_READER * 1_000) / (performance.now() - start) }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function report(name: string, times: number[], limit: number): void {
  const [half, most] = [percentile(times, 0.5), percentile(times, 0.95)]
  console.log(
    `  ${name}: p50 ${half.toFixed(0)} ms, p95 ${most.toFixed(0)} ms${most > limit ? ` (over ${limit})` : ''}`,
  )
  if (most > limit) over = true
}

async function idOf(inside: Db, code: string): Promise<string> {
  return (await inside.selectFrom('place').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
}
