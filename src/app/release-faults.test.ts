import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../core/kernel/index.ts'
import { arithmeticOf, countsOf, deliveriesOf, sendWith, workLedger, type Sending } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { machines, openReleaseStage, type ReleaseStage } from './release.build.ts'

const OUTLETS = 60
/** Deaths of workers in one run of the tests; `LOA_DEATHS` asks for more. */
const DEATHS = Number(process.env['LOA_DEATHS'] ?? 400)
const START = Date.parse('2026-11-24T02:00:00Z')

let stage: ReleaseStage
const clock = stillClock(new Date(START).toISOString())

/** Calls that a machine at the other end has counted for each row. */
let calls: Map<string, number>
let repeatable = true
let random: () => number
let deaths = 0

class Death extends Error {}

beforeAll(async () => {
  stage = await openReleaseStage(clock, machines(OUTLETS))
  sendWith({
    channel: 'portal',
    withdraws: true,
    get repeatable() {
      return repeatable
    },
    batch: 7,
    async send(_ctx, sendings: readonly Sending[]) {
      const outcomes = []
      for (const { deliveryId } of sendings) {
        mayDie()
        calls.set(deliveryId, (calls.get(deliveryId) ?? 0) + 1)
        mayDie()
        outcomes.push({ kind: 'delivered' as const })
      }
      return outcomes
    },
  })
})
afterAll(() => stage.database.close())

function mayDie(): void {
  if (deaths >= DEATHS || random() > 0.06) return
  deaths += 1
  throw new Death('the worker is gone')
}

/** The same database, whose every statement may be the last of a worker: before it is sent, or after it was done. */
function mortal(db: Db): Db {
  return db.withPlugin({
    transformQuery: ({ node }) => {
      mayDie()
      return node
    },
    transformResult: async ({ result }) => {
      mayDie()
      return result
    },
  })
}

/** A worker that dies here and there; what it held returns with its lease, when the clock has gone on. */
async function liveAndDie(): Promise<number> {
  try {
    return await workLedger({ ...stage.ctx, db: mortal(stage.ctx.db) })
  } catch (thrown) {
    if (thrown instanceof Death) return 1
    throw thrown
  }
}

test.each([
  ['may be done twice', true, 1],
  ['may not', false, 2],
])(
  'workers die between any two statements and calls, three at a time; what %s ends as it must',
  { timeout: 120_000 },
  async (_what, twice, seed) => {
    let state = seed * 7_919
    random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    repeatable = twice
    calls = new Map()
    deaths = DEATHS
    clock.set(new Date(START).toISOString())
    const releaseId = await stage.released({ channels: ['portal'], startsAt: new Date(START), words: 'Đăng' })
    deaths = 0
    let now = START + 61_000
    const standing = async () => arithmeticOf(await countsOf(stage.ctx.db, releaseId))
    for (let round = 0; round < 3_000 && !(await standing()).finished; round += 1) {
      clock.set(new Date(now).toISOString())
      const moved = await Promise.all([liveAndDie(), liveAndDie(), liveAndDie()])
      // The sum holds at every moment, whoever is dead.
      expect((await standing()).planned).toBe(OUTLETS)
      if (moved.every((count) => count === 0)) now += 61_000
    }
    const counts = await countsOf(stage.ctx.db, releaseId)
    const rows = await deliveriesOf(
      stage.ctx.db,
      releaseId,
      { state: null, channel: null, by: 'outlet' },
      null,
      OUTLETS + 1,
    )
    expect(deaths).toBeGreaterThan(20)
    expect(await standing()).toMatchObject({ planned: OUTLETS, closed: OUTLETS, finished: true })
    if (twice) {
      // Nothing lost: every row was really called at least once.
      expect(counts.delivered).toBe(OUTLETS)
      expect(rows.every(({ id }) => (calls.get(id) ?? 0) >= 1)).toBe(true)
    } else {
      // Nothing doubled, and nothing called that the ledger takes for untouched.
      expect(counts.delivered + counts.unknown).toBe(OUTLETS)
      expect(Math.max(...calls.values())).toBe(1)
      expect(rows.filter(({ state: stands }) => stands === 'delivered').every(({ id }) => calls.get(id) === 1)).toBe(
        true,
      )
    }
  },
)
