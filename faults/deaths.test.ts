import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../src/core/audit/index.ts'
import { deathsBy } from './deaths/fates.ts'
import { PLOTS } from './deaths/plots.ts'
import { playStory } from './deaths/story.ts'
import { openWorld, type World } from './deaths/world.ts'
import { miscounted, mislaid } from './ledger-rows.ts'
import { randomFrom } from './random.ts'
import { isGood, verdictLine } from './verdict.ts'

const SEED = 1
/** Few rounds a story: `npm run faults` plays longer ones, and many of them. */
const ROUNDS = 20
let world: World
beforeAll(async () => {
  world = await openWorld(randomFrom(SEED))
})
afterAll(() => world.stage.database.close())

test.each(PLOTS)(
  'a release that $name loses and doubles nothing, though its workers die anywhere',
  { timeout: 120_000 },
  async (plot) => {
    const deaths = deathsBy(world.random, Infinity)
    const verdict = await playStory(world, plot, deaths, ROUNDS)
    expect(verdict.wrong, verdictLine(verdict)).toEqual([])
    expect(isGood(verdict), verdictLine(verdict)).toBe(true)
    expect(deaths.count()).toBeGreaterThan(10)
    expect(await miscounted(world.stage.ctx.db)).toBe(0)
    expect(await mislaid(world.stage.ctx.db)).toBe(0)
  },
)

test('the record of all that was done is whole', async () => {
  expect(await verifyAudit(world.stage.ctx.db)).toMatchObject({ whole: true })
})
